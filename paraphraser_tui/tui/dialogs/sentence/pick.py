"""What dialogs share in which one sentence of many is picked."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from ..base import Dialog, PlainText, SafeInput
from .lazy_list import LazyList


class Lines(LazyList):
    """A list with one line for each item."""

    def __init__(self, line: Callable[[int, int], Content]) -> None:
        super().__init__()
        self._line = line

    def lines(self, number: int, width: int) -> Sequence[Content]:
        """See `LazyList`."""
        return [self._line(number, width)]


class PickDialog(Dialog[int]):
    """Typed text narrows a list of sentences down; the answer is the number of one.

    The arrow keys move in the list while the text has the focus. `near`: where to start.
    """

    AUTO_FOCUS = "#query"
    DEFAULT_CSS = """
    PickDialog #query { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Go there"),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
    ]

    def __init__(self, heading: str, hint: str, near: int) -> None:
        super().__init__(heading)
        self.add_class("large")
        self._hint = hint
        self._near = near

    @abstractmethod
    def matching(self, query: str) -> Sequence[int]:
        """The numbers of the sentences to list, in ascending order."""

    @abstractmethod
    def line(self, number: int, width: int) -> Content:
        """A sentence as the list shows it."""

    def body(self) -> ComposeResult:
        """See `Dialog`."""
        yield SafeInput(placeholder=self._hint, id="query", compact=True)
        yield Lines(self.line)
        yield PlainText(id="count", classes="quiet")
        yield self.buttons("choose", "cancel")

    @property
    def typed(self) -> str:
        """What is looked for."""
        return self.query_one("#query", SafeInput).value

    @property
    def found(self) -> LazyList:
        """The list."""
        return self.query_one(LazyList)

    def on_mount(self) -> None:
        """List everything, from the present sentence on."""
        self.refill()

    @on(Input.Changed, "#query")
    def refill(self) -> None:
        """List what matches now."""
        self.found.show(self.matching(self.typed), self._near)

    @on(Input.Submitted, "#query")
    def action_choose(self) -> None:
        """Answer with the marked sentence."""
        self.found.action_choose()

    @on(LazyList.Chosen)
    def _chosen(self, event: LazyList.Chosen) -> None:
        self.dismiss(event.number)

    @on(LazyList.Marked)
    def _count(self) -> None:
        found = self.found
        place = f"{found.marked + 1} of {len(found.items)}" if found.marked is not None else None
        self.query_one("#count", PlainText).say(place or "nothing found")

    def action_move(self, rows: int) -> None:
        """Mark another sentence."""
        self.found.action_move(rows)

    def action_page(self, direction: int) -> None:
        """Mark a sentence a page away."""
        self.found.action_page(direction)
