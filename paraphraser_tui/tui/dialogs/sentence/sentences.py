"""All sentences with what became of them, to jump to one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Tab, Tabs

from ....document.review import Status
from ..base import plain_line
from .pick import PickDialog


@dataclass(frozen=True)
class SentenceRow:
    """A sentence of the document as it stands now; numbers count from 0."""

    number: int
    text: str
    status: Status
    warnings: tuple[str, ...] = ()


class Show(StrEnum):
    """Which sentences are listed: all, those in a state, or those with warnings."""

    ALL = "all"
    OPEN = "open"
    ACCEPTED = "accepted"
    EDITED = "edited"
    KEPT = "kept"
    WARNINGS = "warnings"

    def has(self, row: SentenceRow) -> bool:
        """Whether a sentence is among them."""
        if self is Show.WARNINGS:
            return bool(row.warnings)
        return self is Show.ALL or self.value == row.status.value


STATUS_WIDTH = max(map(len, Status))


class SentencesDialog(PickDialog):
    """The jump list, narrowed down by state and by typed text or a typed number."""

    DEFAULT_CSS = """
    SentencesDialog Tabs { height: 2; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "other(1)", "Next state", show=False),
        Binding("ctrl+p", "other(-1)", "Previous state", show=False, priority=True),
    ]

    def __init__(self, rows: Sequence[SentenceRow], current: int = 0) -> None:
        super().__init__("Sentences", "text or number", current)
        self._rows = {row.number: row for row in rows}
        self._show = Show.ALL

    def body(self) -> ComposeResult:
        """See `Dialog`."""
        counts = Counter(show for row in self._rows.values() for show in Show if show.has(row))
        yield Tabs(*(Tab(f"{show} {counts[show]}", id=show.value) for show in Show))
        yield from super().body()

    def matching(self, query: str) -> Sequence[int]:
        """See `PickDialog`."""
        wanted = query.strip().casefold()
        return [
            row.number
            for row in self._rows.values()
            if self._show.has(row)
            and (wanted in row.text.casefold() or wanted == str(row.number + 1))
        ]

    def line(self, number: int, width: int) -> Content:
        """The number, the state, a mark for warnings, the text."""
        row = self._rows[number]
        head = f"{number + 1:>{len(str(len(self._rows)))}}  {row.status:<{STATUS_WIDTH}} "
        mark = Content.styled("! " if row.warnings else "  ", "bold")
        return Content.styled(head, "$foreground-muted") + mark + plain_line(row.text)

    @on(Tabs.TabActivated)
    def _filter(self, event: Tabs.TabActivated) -> None:
        self._show = Show(event.tab.id)
        self.refill()

    def action_other(self, step: int) -> None:
        """Show the sentences in another state."""
        tabs = self.query_one(Tabs)
        if step > 0:
            tabs.action_next_tab()
        else:
            tabs.action_previous_tab()
