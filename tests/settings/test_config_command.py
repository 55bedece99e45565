"""`paraphrase config`: what it prints."""

import json
import re
import tomllib
from dataclasses import fields

import pytest

from paraphraser_tui.cli.commands import config
from paraphraser_tui.engine.options import Options
from paraphraser_tui.errors import OptionError
from paraphraser_tui.settings.files import CONFIG_VARIABLE, Place, read
from paraphraser_tui.settings.keys import BY_NAME, KEYS
from paraphraser_tui.settings.origin import Source


@pytest.fixture
def printed(world, capsysbinary):
    """Run the command: printed(*arguments) -> its output."""

    def run(*arguments):
        assert config.run(list(arguments)) == 0
        seen = capsysbinary.readouterr()
        assert seen.err == b""
        return seen.out.decode("utf-8", "surrogateescape")

    return run


def test_each_setting_on_a_line_of_its_own(printed, world, monkeypatch):
    world.of_project("num = 3\nfreeze = ['Acme', 'B']\nseed = 4")
    monkeypatch.setenv("PARAPHRASER_DIVERSITY", "high")
    settings, _, files = printed().partition("\n\n")
    rows = [re.split(r" {2,}", line) for line in settings.splitlines()]
    assert [name for name, *_ in rows] == [key.name for key in KEYS]
    shown = {name: (value, origin) for name, value, origin in rows}
    path = str(world.project_file)
    assert shown["num"] == ("3", path)
    assert shown["freeze"] == ('"Acme", "B"', path)
    assert shown["seed"] == ("4", f"{path}; unused without sample")
    assert shown["diversity"] == ("80", "environment PARAPHRASER_DIVERSITY")
    assert shown["lexical"] == ("as diversity", "default")
    assert shown["sample"] == ("false", "default")
    assert files.splitlines() == [
        "Settings files:",
        f"not found  {world.user_file}",
        f"not found  {world.directory}/.paraphraser.toml",
        f"not found  {world.directory.parent}/.paraphraser.toml",
        f"found      {path}",
    ]


def test_it_is_aligned_even_beside_a_long_value(printed, world):
    world.user(f"freeze = ['{'long ' * 30}']")
    lines = printed().partition("\n\n")[0].splitlines()
    places = {line.index("default") for line in lines if line.endswith(" default")}
    assert len(places) == 1 and places.pop() < 70


def test_nothing_from_a_file_reaches_the_screen_raw(printed, world):
    world.user('freeze = ["\\u001b[31m", "a\\nb"]')
    text = printed()
    assert "\x1b" not in text and "␛[31m" in text and "a␊b" in text


def test_for_programs(printed, world):
    world.user("num = 3\nseed = 4")
    found = json.loads(printed("--json"))
    assert list(found["settings"]) == [key.name for key in KEYS]
    assert found["settings"]["num"] == {"value": 3, "origin": str(world.user_file)}
    assert found["settings"]["seed"]["unused"] == "unused without sample"
    assert found["settings"]["lexical"] == {"value": None, "origin": "default"}
    assert found["settings"]["freeze"]["value"] == []
    assert found["files"][0] == {"path": str(world.user_file), "of": "user file", "found": True}
    assert [file["found"] for file in found["files"][1:]] == [False] * 4


def test_the_path_of_the_users_file(printed, world, monkeypatch):
    world.user("this is broken")  # which is why its path is asked for
    assert printed("--path") == f"{world.user_file}\n"
    monkeypatch.setenv(CONFIG_VARIABLE, "other.toml")
    assert printed("--path") == f"{world.directory / 'other.toml'}\n"
    monkeypatch.setenv(CONFIG_VARIABLE, "")
    with pytest.raises(OptionError, match="PARAPHRASER_CONFIG is empty"):
        config.run(["--path"])


def test_a_path_that_is_no_text_comes_out_as_it_is(printed, monkeypatch):
    monkeypatch.setenv(CONFIG_VARIABLE, "/caf\udce9")
    assert printed("--path") == "/caf\udce9\n"


def test_a_broken_file_is_told(world):
    world.user("num = ")
    with pytest.raises(OptionError, match="is not valid TOML"):
        config.run([])


@pytest.mark.parametrize("line", ["--json --path", "--nonsense", "word"])
def test_refused(line):
    with pytest.raises(OptionError):
        config.run(line.split())


class TestExample:
    def test_as_it_is_it_changes_nothing(self, printed, world):
        text = printed("--example")
        assert tomllib.loads(text) == {}
        world.user(text)
        assert world.resolve().options == Options()

    def test_its_lines_hold_every_setting_at_its_default(self, printed, world):
        text = re.sub(r"^#(?! )", "", printed("--example"), flags=re.MULTILINE)
        table = tomllib.loads(text)
        assert [*table] == [*BY_NAME, "presets"]
        path = world.user(text)
        contents = read(Place(path, Source.USER, True))
        values = {field: value.value for field, value in contents.layer.items()}
        assert values["model"] == "house"
        for field in fields(Options):
            if field.default is not None:
                assert values[field.name] == field.default
                assert type(values[field.name]) is type(field.default)
        assert contents.presets
        assert world.resolve().options.diversity == Options().diversity

    def test_every_setting_is_explained(self, printed):
        text = printed("--example")
        assert all(f"\n# {key.name}: " in text for key in KEYS)
        assert max(map(len, text.splitlines())) <= 100
