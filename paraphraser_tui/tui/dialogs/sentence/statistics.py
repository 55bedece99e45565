"""Figures about the document."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from ..base import Dialog, PlainText


class StatisticsDialog(Dialog[None]):
    """Shows a report, a fact a line."""

    AUTO_FOCUS = "#report"
    DEFAULT_CSS = """
    StatisticsDialog #report { height: auto; max-height: 60vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "cancel", "Close")]

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("Statistics")
        self._lines = lines

    def body(self) -> ComposeResult:
        """See `Dialog`."""
        with VerticalScroll(id="report"):
            for line in self._lines:
                yield PlainText(line)
        yield self.buttons("cancel")
