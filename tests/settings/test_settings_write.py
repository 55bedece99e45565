"""One value in a settings file changes, and nothing else."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.engine.dials import Length
from paraphraser_tui.errors import ModelError, OptionError, OutputError
from paraphraser_tui.settings.example import example
from paraphraser_tui.settings.keys import KEYS
from paraphraser_tui.settings.write import changed, write

FILE = """\
# My settings
num = 3   # not more

freeze = [
  "Acme",  # ours
]
#threads = 4

[presets.gentle]
#num = 2
diversity = 15
"""


def save(world, values, environment=None):
    write(world.user_file, values, environment or {}, world.directory)
    return world.user_file.read_text(encoding="utf-8")


def test_a_value_is_replaced_and_all_else_stays(world):
    world.user(FILE)
    assert save(world, {"num": 5}) == FILE.replace("num = 3 ", "num = 5 ")
    assert world.resolve().options.num == 5


def test_a_new_key_stands_before_the_tables(world):
    world.user(FILE)
    assert "order = 70\n\n[presets.gentle]" in save(world, {"order": 70})


def test_a_new_key_takes_the_place_of_its_comment(world):
    world.user(FILE)
    assert save(world, {"threads": 2}) == FILE.replace("#threads = 4", "threads = 2")


def test_a_comment_inside_a_preset_is_none_of_ours():
    text = FILE.replace("num = 3   # not more\n", "")
    assert tomllib.loads(changed(text, {"num": 1}))["num"] == 1
    assert "#num = 2\n" in changed(text, {"num": 1})


def test_none_takes_a_value_out(world):
    world.user(FILE)
    assert save(world, {"num": None, "seed": None}) == FILE.replace("num = 3   # not more\n", "")


def test_a_file_is_made_where_there_was_none(world):
    text = save(world, {"length": Length.SHORTER, "freeze": ("force majeure", 'a "b"')})
    assert tomllib.loads(text) == {"length": "shorter", "freeze": ["force majeure", 'a "b"']}


def test_the_example_is_filled_in_place(world):
    world.user(example())
    lines = save(world, {"diversity": 20, "min_meaning": 0.9}).splitlines()
    before = example().splitlines()
    assert [line for line, old in zip(lines, before, strict=True) if line != old] == [
        "diversity = 20",
        "min-meaning = 0.9",
    ]


def test_line_ends_and_the_mark_in_front_stay(world):
    world.user(b"\xef\xbb\xbf# a\r\nnum = 1 # b\r\n#seed = 1\r\norder = 1\r\n")
    save(world, {"num": 2, "order": 3})
    assert world.user_file.read_bytes() == (
        b"\xef\xbb\xbf# a\r\nnum = 2 # b\r\n#seed = 1\r\norder = 3\r\n"
    )


def test_the_place_in_the_end_is_the_same_file(world, tmp_path):
    real = tmp_path / "dotfiles.toml"
    real.write_text("num = 1\n", encoding="utf-8")
    real.chmod(0o640)
    world.user_file.parent.mkdir(parents=True)
    world.user_file.symlink_to(real)
    save(world, {"num": 2})
    assert world.user_file.is_symlink() and real.read_text(encoding="utf-8") == "num = 2\n"
    assert real.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in real.parent.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("before", "values", "message"),
    [
        ("beam-size = 8\n", {"sampling": True}, "exclude each other"),
        ("", {"num": 21}, "num must be between"),
        ("", {"preset": "nobody's"}, "there is no preset"),
        ("num = [", {"seed": 1}, "not valid TOML"),
        ("numb = 1", {"seed": 1}, "there is no setting 'numb'"),
    ],
)
def test_what_the_program_could_not_start_with_is_not_written(world, before, values, message):
    path = world.user(before)
    with pytest.raises(OptionError, match=message) as caught:
        save(world, values)
    assert path.read_text(encoding="utf-8") == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    assert ".settings" not in str(caught.value)


def test_a_model_that_is_not_there_is_not_written(world):
    with pytest.raises(ModelError, match=r"settings\.toml: there is no model 'nobody'"):
        save(world, {"model": "nobody"})
    assert not world.user_file.exists()


def test_the_project_file_is_never_touched(world):
    project = world.of_project("num = 7\n")
    save(world, {"num": 2})
    assert project.read_text(encoding="utf-8") == "num = 7\n"
    assert world.resolve().options.num == 7


def test_a_place_that_is_closed(world):
    world.home.joinpath(".config").write_text("a file, no folder", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        save(world, {"num": 2})


NAMES = st.sampled_from([key.name for key in KEYS])
VALUES = st.none() | st.integers(0, 9) | st.booleans() | st.lists(st.text(max_size=5), max_size=3)
PRINTED = st.characters(exclude_categories=["C", "Zl", "Zp"])
COMMENTS = st.text(PRINTED, max_size=12).map("# {}".format)
COMMENTED = NAMES.map("#{} = 1".format)


@given(
    st.lists(COMMENTS | COMMENTED, max_size=6),
    st.dictionaries(NAMES, st.integers(0, 9), max_size=4),
    st.dictionaries(NAMES, VALUES, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_read_back_is_what_was_written(comments, before, values, newline):
    lines = [*comments, *(f"{name} = {value}" for name, value in before.items())]
    text = newline.join([*lines, "[presets.x]", "num = 1", ""])
    after = changed(text, values)
    expected = before | values | {"presets": {"x": {"num": 1}}}
    assert tomllib.loads(after) == {k: v for k, v in expected.items() if v is not None}
    kept = [c for c in comments if not any(c.startswith(f"#{name} =") for name in values)]
    assert [line for line in after.splitlines() if line in kept] == kept
