"""What saving and exporting ask alike: a name for a file to write."""

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from ..base import Answer, Dialog, PlainText, SafeInput, plain_line
from .confirm import ConfirmDialog
from .places import Place, look, nearest_folder, typed


class TargetDialog(Dialog[Answer]):
    """Has a line `#folder`, a SafeInput and a Problem; asks before a file is replaced."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "save", "Save")]

    def __init__(self, heading: str, folder: Path) -> None:
        super().__init__(heading)
        self.folder = nearest_folder(folder)

    def settled(self, path: Path) -> None:
        """The user wants to write to this path."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Say where we are."""
        self.enter(self.folder)

    def on_input_submitted(self) -> None:
        """Enter after the name saves."""
        self.action_save()

    def enter(self, folder: Path) -> None:
        """From now on names are in this folder."""
        self.folder = folder
        self.query_one("#folder", PlainText).say(f"in {plain_line(folder)}")

    def action_save(self) -> None:
        """Take the name that is typed."""
        name = self.query_one(SafeInput).value
        if name.strip():
            self.take(typed(name, self.folder))
        else:
            self.complain("the file needs a name")

    def take(self, path: Path) -> None:
        """Settle for a path if it can be written, perhaps after a question."""
        match look(path):
            case Place.NOTHING if look(path.parent) is Place.FOLDER:
                self.settled(path)
            case Place.NOTHING:
                self.complain(f"{path.parent}: there is no such folder")
            case Place.FILE:
                self._ask(path)
            case Place.FOLDER:
                self.complain(f"{path}: that is a folder")
            case place:
                self.complain(f"{path}: {place}")

    def _ask(self, path: Path) -> None:
        def answer(sure: bool | None) -> None:
            if sure:
                self.settled(path)

        question = f"{plain_line(path)} exists already. Replace it?"
        self.app.push_screen(ConfirmDialog("Replace the file?", question), answer)
