"""Another program has written the file that is about to be saved."""

from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ..base import Dialog, PlainText, plain_line


class ChangedChoice(StrEnum):
    """Where the review goes."""

    OVERWRITE = "overwrite"
    SAVE_AS = "save-as"


class ChangedDialog(Dialog[ChangedChoice]):
    """Asks which of the two versions stays under the name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save_as", "Save under another name"),
        Binding("o", "overwrite", "Overwrite"),
        Binding("b", "cancel", "Back"),
    ]
    AUTO_FOCUS = "#save_as"

    def __init__(self, path: Path) -> None:
        super().__init__("The file has changed")
        self._path = path

    def body(self) -> ComposeResult:
        """What happened, and the choices."""
        yield PlainText(
            f"{plain_line(self._path)} was changed by another program since it was opened here. "
            "Overwriting it loses that change."
        )
        yield self.buttons("save_as", "overwrite", "cancel")

    def action_save_as(self) -> None:
        """Leave the file alone."""
        self.dismiss(ChangedChoice.SAVE_AS)

    def action_overwrite(self) -> None:
        """Replace the other program's version."""
        self.dismiss(ChangedChoice.OVERWRITE)
