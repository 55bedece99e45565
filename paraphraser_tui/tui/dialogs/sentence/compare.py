"""The document before and after, sentence by sentence."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ..base import Dialog, PlainText
from .lazy_list import LazyList
from .pair_list import PairList

CHANGED = "{} changed sentences of {}"
ALL = "all {1} sentences, {0} of them changed"
NOTHING = "Nothing has been changed yet."


class CompareScreen(Dialog[int]):
    """Pairs of an original and what stands there now; the answer is the number of one to go to."""

    AUTO_FOCUS = "PairList"
    DEFAULT_CSS = """
    CompareScreen > #frame {
        width: 100%; max-width: 100%; height: 100%; max-height: 100%; padding: 0 1;
    }
    CompareScreen Buttons { margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Go there"),
        Binding("a", "all", "All or changed"),
        Binding("escape", "cancel", "Close"),
    ]

    def __init__(self, pairs: Sequence[tuple[str, str]], start: int = 0) -> None:
        super().__init__("Before and after")
        self._pairs = pairs
        self._start = start
        self._changed = [number for number, (old, new) in enumerate(pairs) if old != new]
        self._all = False

    def body(self) -> ComposeResult:
        """See `Dialog`."""
        yield PlainText(id="count", classes="quiet")
        yield PairList(self._pairs)
        yield self.buttons("choose", "all", "cancel")

    def on_mount(self) -> None:
        """Show what has changed, from the present sentence on."""
        self._show(self._start)

    def action_all(self) -> None:
        """Show all sentences, or again only what has changed."""
        self._all = not self._all
        near = self.query_one(PairList).number
        self._show(self._start if near is None else near)

    def action_choose(self) -> None:
        """Answer with the marked sentence."""
        self.query_one(PairList).action_choose()

    @on(LazyList.Chosen)
    def _chosen(self, event: LazyList.Chosen) -> None:
        self.dismiss(event.number)

    def _show(self, near: int) -> None:
        changed, everything = len(self._changed), len(self._pairs)
        items = range(everything) if self._all else self._changed
        self.query_one(PairList).show(items, near)
        count = (ALL if self._all else CHANGED).format(changed, everything)
        self.query_one("#count", PlainText).say(count if items else NOTHING)
