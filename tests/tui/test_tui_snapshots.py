"""The main screens, cell by cell: their text and their styles, as stored in snapshots/.

UPDATE_SNAPSHOTS=1 writes them anew; look at what git says has changed.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from itertools import chain, groupby
from pathlib import Path
from string import ascii_letters

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import Input

STORED = Path(__file__).parent / "snapshots"
UPDATING = bool(os.environ.get("UPDATE_SNAPSHOTS"))
SMALL, MIDDLE, LARGE = (80, 24), (120, 34), (200, 60)
MARKS = ("bold", "dim", "italic", "underline", "reverse", "strike")

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
    Snapshot("help", "f1", SMALL, "night"),
    Snapshot("words", "w right right", SMALL, "paper"),
    Snapshot("compare", "1 1 c", SMALL, "ansi"),
    Snapshot("compare", "1 1 c", MIDDLE, "night"),
    Snapshot("sentences", f"{DECIDED} s", SMALL, "night"),
    Snapshot("introduction", "", SMALL, "paper"),
)


@pytest.mark.parametrize("snapshot", SNAPSHOTS, ids=lambda snapshot: snapshot.name)
async def test_a_screen_looks_as_before(snapshot, started, letter):
    review = None if snapshot.screen == "introduction" else letter
    async with started(review, snapshot.size) as ui:
        ui.app.animation_level = "none"
        ui.app.theme = snapshot.theme
        await ui.settle()
        await ui.press(*snapshot.keys.split())
        for field in ui.app.screen.query(Input):
            field.cursor_blink = False
        ui.app.clear_notifications()
        await ui.settle()
        shown = told(strips(ui.app))
    file = STORED / f"{snapshot.name}.txt"
    if UPDATING:
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    stored = file.read_text(encoding="utf-8") if file.exists() else ""
    if shown != stored:
        changes = unified_diff(
            stored.splitlines(), shown.splitlines(), file.name, "now", lineterm=""
        )
        pytest.fail("\n".join(changes), pytrace=False)


def test_nothing_else_is_stored():
    assert {file.stem for file in STORED.iterdir()} == {snapshot.name for snapshot in SNAPSHOTS}


def test_a_style_that_changes_is_told():
    rows = [Strip([Segment("ab", Style.parse("red")), Segment(" ", Style.parse("green"))])]
    assert told(rows) == "ab |\n\na3\n\na = red\n"
    rows.append(Strip([Segment("a", Style.parse("bold red")), Segment("b", Style.parse("on red"))]))
    assert told(rows) == ("ab |\nab|\n\na3\nb1 c1\n\na = red\nb = red bold\nc = default on red\n")


def strips(app) -> list[Strip]:
    """All that the screen shows, with what is below a dialog."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return [Strip.join(parts) for parts in update.strips]


def told(rows: list[Strip]) -> str:
    """The text; in every row a letter for each style and for how many characters; the letters."""
    looks = [[*looked(row)] for row in rows]
    letters = dict(zip(dict.fromkeys(chain.from_iterable(looks)), ascii_letters, strict=False))
    runs = [
        " ".join(f"{letters[look]}{len([*same])}" for look, same in groupby(row)) for row in looks
    ]
    legend = [f"{letter} = {look}" for look, letter in letters.items()]
    return "\n".join([*(f"{row.text}|" for row in rows), "", *runs, "", *legend, ""])


def looked(row: Strip) -> Iterator[str]:
    """The look of every character; blanks of one colour are alike whatever their text's is."""
    before = Style()
    for segment in row:
        style = segment.style or Style()
        for character in segment.text:
            if character != " " or drawn(style) != drawn(before):
                before = style
            yield look(before)


def drawn(style: Style) -> tuple[object, ...]:
    """What can be seen of a blank."""
    return style.bgcolor, *(getattr(style, name) for name in ("underline", "reverse", "strike"))


def look(style: Style) -> str:
    """In words."""
    words = [style.color.name if style.color else "default"]
    words += ["on", style.bgcolor.name] if style.bgcolor else []
    return " ".join([*words, *(name for name in MARKS if getattr(style, name))])
