"""Where settings files are looked for, and what is refused in them."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.errors import OptionError
from paraphraser_tui.settings.files import (
    CONFIG_VARIABLE,
    MAX_BYTES,
    PROJECT_FILE,
    Place,
    places,
    read,
    working_directory,
)
from paraphraser_tui.settings.keys import BY_FIELD, BY_NAME
from paraphraser_tui.settings.origin import Source


def looked(directory, environment=None):
    return [p.path for p in places(environment or {}, directory) if p.source is Source.PROJECT]


def test_the_search_goes_up_to_the_home_directory_and_includes_it(world):
    folders = [world.directory, world.directory.parent, world.project, world.home]
    assert looked(world.directory) == [folder / PROJECT_FILE for folder in folders]
    assert looked(world.home) == [world.home / PROJECT_FILE]


def test_outside_the_home_directory_it_goes_up_to_the_root(world, tmp_path):
    found = looked(tmp_path)
    assert found[0].parent == tmp_path and found[-1].parent == Path(tmp_path.anchor)


def test_a_home_behind_a_link_ends_the_search_too(world, tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(world.home)
    monkeypatch.setenv("HOME", str(tmp_path / "link"))
    assert looked(world.directory)[-1] == world.home / PROJECT_FILE


def test_the_first_project_file_ends_the_search(world):
    world.of_project("")
    (world.home / PROJECT_FILE).write_text("nonsense")
    assert looked(world.directory)[-1] == world.project_file
    world.resolve()


def test_a_folder_of_that_name_is_no_file(world):
    (world.directory / PROJECT_FILE).mkdir()
    assert not any(place.found for place in places({}, world.directory))


def test_without_a_working_directory_there_is_no_project(world):
    world.of_project("num = 2")
    assert [p.source for p in places({}, None)] == [Source.USER]


def test_a_deleted_working_directory_is_none(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert working_directory() is None


def test_the_environment_names_another_file_or_none(world):
    world.user("num = 2")
    other = world.directory / "other.toml"
    other.write_text("num = 3")
    assert world.resolve().options.num == 2
    assert world.resolve({CONFIG_VARIABLE: str(other)}).options.num == 3
    assert world.resolve({CONFIG_VARIABLE: "other.toml"}).options.num == 3
    assert world.resolve({CONFIG_VARIABLE: ""}).options.num == 1


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_named_file_must_be_there(world, name):
    with pytest.raises(OptionError, match=r"PARAPHRASER_CONFIG names .*, which is no file"):
        world.resolve({CONFIG_VARIABLE: name})


REFUSED = [
    ("divresity = 3", "FILE: there is no setting 'divresity'; did you mean 'diversity'?"),
    ("beam_size = 3", "FILE: there is no setting 'beam_size'; did you mean 'beam-size'?"),
    ("sampling = true", "FILE: there is no setting 'sampling'; did you mean 'sample'?"),
    ("q = 1", "FILE: there is no setting 'q'; `paraphrase config --example` lists all"),
    ("diversity = 'x'", "diversity in FILE must be a whole number from 0 to 100, or low, medium, "
     "high, not 'x'"),
    ("diversity = 101", "FILE: diversity must be between 0 and 100, not 101"),
    ("seed = -1", "FILE: seed must be between 0 and 4294967294, not -1"),
    ("threads = 257", "FILE: threads must be between 1 and 256, not 257"),
    ("patience = inf", "FILE: patience must be above 0, not inf"),
    ("min-meaning = nan", "FILE: min-meaning must be between 0 and 1, not nan"),
    ("freeze = ['']", "FILE: a frozen term must not be empty"),
    ("num = 1\nnum=2\n", "FILE is not valid TOML: Cannot overwrite a value (at line 2, column 6)"),
    ("num = 1\n\nnum =", "FILE is not valid TOML: Invalid value (at the end, line 3)"),
    (b"# caf\xe9\n", "FILE is not valid TOML: not UTF-8 (at line 1)"),
    (b"num = 1\n\n# \xff", "FILE is not valid TOML: not UTF-8 (at line 3)"),
    ("#" * (MAX_BYTES + 1), "FILE is too large for a settings file"),
    ("presets = 3", "presets in FILE must be tables, as in [presets.NAME]"),
    ("[presets]\nmine = 3", "FILE: the preset 'mine' must be a table, [presets.mine]"),
    ("[presets.bold]\nnum = 2", "FILE: the preset 'bold' is built in; give yours another name"),
    ("[presets.' ']", "FILE: a preset needs a name"),
    ("[presets.m]\npreset = 'bold'", "FILE: preset may not stand inside the preset 'm'"),
    ("[presets.m]\nmodel = 'house'", "FILE: model may not stand inside the preset 'm'"),
    ("[presets.m]\nnmu = 2", "preset m (FILE): there is no setting 'nmu'; did you mean 'num'?"),
    ("[presets.m]\nnum = 'x'", "num in preset m (FILE) must be a whole number, not 'x'"),
    ("[presets.m]\nnum = 21", "preset m (FILE): num must be between 1 and 20, not 21"),
    ("[preset.m]\nnum = 2", "preset in FILE must be the name of a preset; a table [presets.NAME] "
     "makes one, not a table"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[m[:60] for _, m in REFUSED])
def test_refused_with_file_and_key(world, text, message):
    path = world.of_project(text)
    with pytest.raises(OptionError) as caught:
        world.resolve()
    assert str(caught.value) == message.replace("FILE", str(path))


def test_what_is_wrong_is_told_even_where_it_does_not_count(world):
    world.user("diversity = 500")
    with pytest.raises(OptionError, match="diversity must be between"):
        world.resolve(diversity=5)


def test_deep_nesting_is_refused_as_any_other_nonsense(world):
    world.of_project("num = " + "[" * 100_000)
    with pytest.raises(OptionError, match="is not valid TOML"):
        world.resolve()


def test_a_file_that_cannot_be_read(world, monkeypatch):
    world.of_project("num = 2")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OptionError, match="cannot be read: Permission denied"):
        world.resolve()


def test_a_mark_in_front_and_foreign_line_ends_do_no_harm(world):
    world.of_project(b"\xef\xbb\xbfnum = 2\r\nfreeze = ['caf\xc3\xa9']\r\n")
    assert world.resolve().options.freeze == ("café",)


@given(data=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_do_worse_than_one_line(data, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    try:
        read(Place(path, Source.PROJECT, True))
    except OptionError as error:
        assert str(path) in str(error)


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
raws = st.recursive(plain, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(), v))


@given(table=st.dictionaries(st.sampled_from([*BY_NAME, "presets"]), raws, max_size=4))
def test_no_value_does_worse_than_an_error(table, tmp_path_factory):
    place = Place(tmp_path_factory.getbasetemp() / "f", Source.PROJECT, True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("paraphraser_tui.settings.files._parsed", lambda path: dict(table))
        try:
            contents = read(place)
        except OptionError:
            return
    assert {BY_FIELD[f].name for f in contents.layer} == table.keys() - {"presets"}


CHEAP = """
import os, sys
from pathlib import Path
from paraphraser_tui.settings.resolve import resolve
before = set(sys.modules)
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(args[0]))
resolve({"num": 2}, {"PARAPHRASER_CONFIG": ""}, Path.cwd())
assert not opened, opened
assert set(sys.modules) == before, set(sys.modules) - before
resolve({"num": 2}, {}, Path.cwd())
assert {"tomllib", "difflib"}.isdisjoint(sys.modules), "slow"
"""


def test_without_files_nothing_is_opened_or_imported(world):
    done = subprocess.run(
        [sys.executable, "-c", CHEAP], cwd=world.directory, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
