"""The review screen, cell by cell: its text and its styles, as stored in snapshots/."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from screen_text import agree, strips, told
from textual.strip import Strip
from textual.widgets import Input

STORED = Path(__file__).parent / "snapshots"
SMALL, MIDDLE, LARGE = (80, 24), (120, 34), (200, 60)

# An accepted sentence, a kept one, one with a warning, one without variants.
DECIDED = "down enter x"


@dataclass(frozen=True)
class Snapshot:
    """A screen, by the keys that lead to it."""

    screen: str
    keys: str
    size: tuple[int, int]
    theme: str

    @property
    def name(self) -> str:
        """Of its file and its test."""
        return f"{self.screen}-{self.size[0]}x{self.size[1]}-{self.theme}"


SNAPSHOTS = (
    Snapshot("review", DECIDED, SMALL, "night"),
    Snapshot("review", DECIDED, SMALL, "ansi"),
    Snapshot("review", DECIDED, MIDDLE, "paper"),
    Snapshot("review", DECIDED, MIDDLE, "contrast"),
    Snapshot("review", DECIDED, LARGE, "ansi"),
    Snapshot("warned", f"{DECIDED} n n v", MIDDLE, "night"),
    Snapshot("stays", f"{DECIDED} n", SMALL, "paper"),
    Snapshot("dials", f"{DECIDED} d", SMALL, "paper"),
    Snapshot("dials", f"{DECIDED} d", MIDDLE, "night"),
    Snapshot("dials", f"{DECIDED} d", LARGE, "ansi"),
)


@pytest.mark.parametrize("snapshot", SNAPSHOTS, ids=lambda snapshot: snapshot.name)
async def test_a_screen_looks_as_before(snapshot, started, letter):
    async with started(letter, snapshot.size) as ui:
        ui.app.animation_level = "none"
        ui.app.theme = snapshot.theme
        await ui.settle()
        await ui.press(*snapshot.keys.split())
        for field in ui.app.screen.query(Input):
            field.cursor_blink = False
        ui.app.clear_notifications()
        await ui.settle()
        shown = told(strips(ui.app))
    agree(STORED / f"{snapshot.name}.txt", shown)


def test_nothing_else_is_stored():
    assert {file.stem for file in STORED.iterdir()} == {snapshot.name for snapshot in SNAPSHOTS}


def test_a_style_that_changes_is_told():
    rows = [Strip([Segment("ab", Style.parse("red")), Segment(" ", Style.parse("green"))])]
    assert told(rows) == "ab |\n\na3\n\na = red\n"
    rows.append(Strip([Segment("a", Style.parse("bold red")), Segment("b", Style.parse("on red"))]))
    assert told(rows) == ("ab |\nab|\n\na3\nb1 c1\n\na = red\nb = red bold\nc = default on red\n")
