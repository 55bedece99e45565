"""What a screen shows, as text that can be stored and compared: characters and their looks.

UPDATE_SNAPSHOTS=1 writes what is stored anew; look at what git says has changed.
"""

import os
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from itertools import chain, groupby
from pathlib import Path
from string import ascii_letters

import pytest
from rich.style import Style
from textual.strip import Strip

UPDATING = bool(os.environ.get("UPDATE_SNAPSHOTS"))
MARKS = ("bold", "dim", "italic", "underline", "reverse", "strike")


def agree(file: Path, shown: str) -> None:
    """Fail with what is different if something else is stored in the file."""
    if UPDATING:
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    stored = file.read_text(encoding="utf-8") if file.exists() else ""
    if shown != stored:
        both = stored.splitlines(), shown.splitlines()
        pytest.fail("\n".join(unified_diff(*both, file.name, "now", lineterm="")), pytrace=False)


def strips(app) -> list[Strip]:
    """All that the screen shows, with what is below a dialog."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return [Strip.join(parts) for parts in update.strips]


def characters(rows: Sequence[Strip]) -> list[str]:
    """The text, with an end to every row."""
    return [f"{row.text}|" for row in rows]


def looks(rows: Sequence[Strip]) -> list[str]:
    """In every row a letter for each style and for how many characters; then the letters."""
    found = [[*looked(row)] for row in rows]
    letters = dict(zip(dict.fromkeys(chain.from_iterable(found)), ascii_letters, strict=False))
    runs = [
        " ".join(f"{letters[look]}{len([*same])}" for look, same in groupby(row)) for row in found
    ]
    return [*runs, "", *(f"{letter} = {look}" for look, letter in letters.items())]


def told(rows: Sequence[Strip]) -> str:
    """Both."""
    return "\n".join([*characters(rows), "", *looks(rows), ""])


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
