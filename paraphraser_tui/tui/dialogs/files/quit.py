"""What becomes of unsaved decisions when the user leaves."""

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ..base import Dialog, PlainText, plain_line


class QuitChoice(StrEnum):
    """How to leave."""

    SAVE = "save"
    DISCARD = "discard"


class QuitDialog(Dialog[QuitChoice]):
    """Asks before decisions are lost; None means to stay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "Save"),
        Binding("d", "discard", "Discard"),
        Binding("b", "cancel", "Back"),
    ]
    AUTO_FOCUS = "#save"

    def __init__(self, name: str, unsaved: int) -> None:
        super().__init__("Leave?")
        self._document, self._unsaved = name, unsaved

    def body(self) -> ComposeResult:
        """What would be lost, and the choices."""
        one = self._unsaved == 1
        sentences = "1 sentence that is" if one else f"{self._unsaved} sentences that are"
        yield PlainText(f"{plain_line(self._document)} has {sentences} not saved yet.")
        yield self.buttons("save", "discard", "cancel")

    def action_save(self) -> None:
        """Save, then leave."""
        self.dismiss(QuitChoice.SAVE)

    def action_discard(self) -> None:
        """Leave without saving."""
        self.dismiss(QuitChoice.DISCARD)
