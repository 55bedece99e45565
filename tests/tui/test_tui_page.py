"""What docs/ui.md and the README say of the terminal UI is true."""

import re
import shlex
from pathlib import Path

import pytest

from paraphraser_tui.tui.arguments import parse
from paraphraser_tui.tui.dialogs.program.keys import KeyGroup
from paraphraser_tui.tui.screens.keys import TOPICS
from paraphraser_tui.tui.themes import THEMES
from paraphraser_tui.tui.widgets.marks import SIGNS, Look

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "ui.md"
TEXT = PAGE.read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CALL = re.compile(r"paraphraser-tui(?: [^|<>#`\n]*)?")
REMOTE = re.compile(r"url\((?!#)|href|@import|@font-face|<image|<script")
MOST_BYTES = 150_000
NAMES = {
    "plus": "+", "equals_sign": "=", "minus": "-", "slash": "/", "question_mark": "?",
    "left": "←", "right": "→", "up": "↑", "down": "↓",
}  # fmt: skip


def named(binding) -> str:
    """A key as a person reads it."""
    *held, key = binding.key.split("+")
    if len(key) == 1 and not held:
        return f"`Shift+{key}`" if key.isupper() else f"`{key}`"
    return f"`{'+'.join([*map(str.title, held), NAMES.get(key, key.title())])}`"


def table(topic: str) -> str:
    rows = KeyGroup.of(topic, TOPICS[topic], named).rows
    lines = [f"| {keys.replace('  ', ' ')} | {about} |\n" for keys, about in rows]
    return f"### {topic}\n\n| key | |\n| --- | --- |\n{''.join(lines)}\n"


@pytest.mark.parametrize("topic", TOPICS)
def test_all_keys_are_listed(topic):
    assert table(topic) in TEXT


def test_signs_and_themes_are_explained():
    told = re.findall(r"^\| `(\S)` \|", TEXT.partition("## Keys")[0], re.MULTILINE)
    assert set(told) == set(SIGNS.values()) - {SIGNS[Look.OPEN]}
    assert all(f"`{theme}`" in TEXT for theme in THEMES)


@pytest.mark.parametrize("page", [TEXT, README], ids=["ui.md", "README.md"])
def test_commands_are_understood(page):
    lines = [line for line in page.splitlines() if "paraphraser-tui" in line]
    commands = [line for line in lines if re.match(r"    |paraphraser-tui|git ", line)]
    assert len(commands) >= 3
    for line in commands:
        _, *arguments = shlex.split(CALL.search(line).group())
        assert parse(arguments)


def test_links_and_pictures_are_there():
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (PAGE.parent / target).exists(), target


def test_pictures_are_small_and_load_nothing():
    pictures = sorted((PAGE.parent / "images").iterdir())
    assert {file.suffix for file in pictures} == {".svg", ".png"}
    for file in pictures:
        assert file.stat().st_size < MOST_BYTES, file
        if file.suffix == ".svg":
            assert not REMOTE.search(file.read_text(encoding="utf-8")), file
