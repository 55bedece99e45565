"""A yes or no before something that cannot be taken back."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ..base import Dialog, PlainText


class ConfirmDialog(Dialog[bool]):
    """Asks; True only for a deliberate yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes"),
        Binding("n", "cancel", "No"),
    ]
    AUTO_FOCUS = "#cancel"

    def __init__(self, heading: str, question: str) -> None:
        super().__init__(heading)
        self._question = question

    def body(self) -> ComposeResult:
        """The question and its answers."""
        yield PlainText(self._question)
        yield self.buttons("yes", "cancel")

    def action_yes(self) -> None:
        """Go ahead."""
        self.dismiss(True)
