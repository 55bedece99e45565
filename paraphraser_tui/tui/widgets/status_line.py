"""One row about the document and the engine, and how far a run over the document has come."""

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from ...text.sanitize import one_line
from .marks import SIGNS, Look
from .meter import bar

_BETWEEN = " · "
_ELLIPSIS = "…"
_SHORTEST_NAME = 12
_BAR_WIDTH = 10
_UNSAVED = "*"


@dataclass(frozen=True)
class Facts:
    """What the row tells.

    place: the number of the current sentence, from 1; 0 for none.
    warned: sentences whose variants need a look.
    """

    name: str = ""
    dirty: bool = False
    place: int = 0
    sentences: int = 0
    decided: int = 0
    warned: int = 0
    engine: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a run over the whole document has come."""

    done: int
    total: int


class StatusLine(Widget):
    """The row; where it is too narrow, the least important facts are left out first."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 1;
        color: $footer-foreground;
        background: $panel;
    }
    """

    facts: reactive[Facts] = reactive(Facts())
    """What is told."""
    progress: reactive[Progress | None] = reactive[Progress | None](None)
    """The run over the document, shown instead of the engine; None without one."""

    def render(self) -> Content:
        """The name and counts on the left, engine or progress on the right."""
        width = self.size.width
        right = self._right()
        right = set_cell_size(right, min(cell_len(right), width))
        room = width - cell_len(right) - len(_BETWEEN)
        name, *counts = self._left()
        while counts and room < _SHORTEST_NAME + cell_len(_BETWEEN.join(["", *counts])):
            counts.pop()
        tail = _BETWEEN.join(["", *counts])
        name = _shortened(name, room - cell_len(tail))
        gap = width - cell_len(name) - cell_len(tail) - cell_len(right)
        return Content.assemble((name, "bold"), tail, " " * max(gap, 0), right)

    def _left(self) -> list[str]:
        """The name, and then the facts by how much they matter."""
        facts = self.facts
        parts = [one_line(facts.name) + (_UNSAVED if facts.dirty else "")]
        if facts.place:
            parts.append(f"{facts.place}/{facts.sentences}")
        elif facts.sentences:
            parts.append(f"{facts.sentences} sentences")
        if facts.decided:
            parts.append(f"{facts.decided} done")
        if facts.warned:
            parts.append(f"{SIGNS[Look.WARNED]} {facts.warned} to check")
        return parts

    def _right(self) -> str:
        progress = self.progress
        if progress is None:
            return one_line(self.facts.engine)
        share = progress.done / progress.total if progress.total else 1.0
        return f"▕{bar(share, _BAR_WIDTH)}▏{progress.done}/{progress.total}"


def _shortened(name: str, width: int) -> str:
    """The end of a name that is too long: there its type stands, and the star of changes."""
    if cell_len(name) <= width:
        return name
    kept = name
    while kept and cell_len(kept) > width - len(_ELLIPSIS):
        kept = kept[1:]
    return set_cell_size(_ELLIPSIS + kept, max(width, 0))
