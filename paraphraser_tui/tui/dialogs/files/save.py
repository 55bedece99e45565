"""Choose where a document is saved."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DirectoryTree

from ..base import PlainText, Problem, SafeInput, plain_line
from .target import TargetDialog
from .tree import FolderTree


class SaveAsDialog(TargetDialog[Path]):
    """Dismissed with a path that is free, or that the user wants to replace."""

    DEFAULT_CSS = """
    SaveAsDialog FolderTree { min-height: 5; margin-bottom: 1; }
    """
    DEFAULT_CLASSES = "large"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("u,backspace", "above", "Up")]
    AUTO_FOCUS = "SafeInput"

    def __init__(self, start: Path, name: str) -> None:
        super().__init__("Save as", start)
        # What is shown is what the file will be called, so pictures stay pictures.
        self._suggestion = plain_line(name).plain

    def body(self) -> ComposeResult:
        """The name, the folders and the buttons."""
        yield SafeInput(self._suggestion, placeholder="name of the file", compact=True)
        yield PlainText(id="folder", classes="quiet")
        yield FolderTree(self.folder)
        yield Problem()
        yield self.buttons("save", "above", "cancel")

    def on_directory_tree_directory_selected(self, event: DirectoryTree.DirectorySelected) -> None:
        """The file goes into this folder."""
        self.enter(event.path)

    def on_directory_tree_file_selected(self, event: DirectoryTree.FileSelected) -> None:
        """This file is meant."""
        self.take(event.path)

    def action_above(self) -> None:
        """Show the folder above."""
        tree = self.query_one(FolderTree)
        tree.path = tree.path.parent
        self.enter(tree.path)

    def settled(self, path: Path) -> None:
        """The answer."""
        self.dismiss(path)
