"""Choose a document to open: from recent ones, from the folders, or by its path."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Button, DirectoryTree, OptionList
from textual.widgets.option_list import Option

from ..base import Dialog, PlainText, Problem, SafeInput, plain_line
from .places import Place, look, nearest_folder, typed
from .tree import FolderTree


class OpenDialog(Dialog[Path]):
    """Dismissed with the path of an existing file."""

    DEFAULT_CSS = """
    OpenDialog #places { height: 1fr; min-height: 5; }
    OpenDialog #recent {
        width: 40%; height: 1fr; max-height: 100%; background: $surface;
        border: round $border-blurred; text-wrap: nowrap; text-overflow: ellipsis;
    }
    OpenDialog #recent:focus { border: round $border; }
    """
    DEFAULT_CLASSES = "large"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open", "Open"),
        Binding("u,backspace", "above", "Up"),
        Binding("h,full_stop", "hidden", "Hidden files"),
    ]
    AUTO_FOCUS = "FolderTree"

    def __init__(self, start: Path, recent: Sequence[Path] = ()) -> None:
        super().__init__("Open a document")
        self._folder = nearest_folder(start)
        self._recent = recent
        self._used: Widget | None = None

    def body(self) -> ComposeResult:
        """The places to choose from, the typed path and the buttons."""
        yield PlainText(id="folder", classes="quiet")
        with Horizontal(id="places"):
            yield FolderTree(self._folder)
            if self._recent:
                recent = OptionList(*map(_recent_option, self._recent), id="recent", markup=False)
                recent.border_title = "Recent"
                yield recent
        yield SafeInput(placeholder="or type a path", id="path", compact=True)
        yield Problem()
        yield self.buttons("open", "above", "hidden", "cancel")

    def on_mount(self) -> None:
        """Say where we are."""
        self._show(self._folder)

    def on_directory_tree_file_selected(self, event: DirectoryTree.FileSelected) -> None:
        """A file was chosen in the tree."""
        self._take(event.path)

    def on_directory_tree_directory_selected(self, event: DirectoryTree.DirectorySelected) -> None:
        """A folder was unfolded or folded."""
        readable = os.access(event.path, os.R_OK | os.X_OK)
        self.complain("" if readable else "that folder cannot be read")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A recent file was chosen."""
        self._take(self._recent[event.option_index])

    def on_input_submitted(self, event: SafeInput.Submitted) -> None:
        """A path was typed."""
        if event.value:
            self._take(typed(event.value, self._folder))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember where the user chooses, which a button is not."""
        if not isinstance(event.widget, Button):
            self._used = event.widget

    async def action_open(self) -> None:
        """Do what Enter does in the tree, the recent files or the typed path."""
        match self._used:
            case FolderTree() as tree:
                tree.action_select_cursor()
            case OptionList() as recent:
                recent.action_select()
            case SafeInput() as field:
                await field.action_submit()

    def action_above(self) -> None:
        """Show the folder above."""
        self._show(self._folder.parent)

    def action_hidden(self) -> None:
        """Show hidden files, or hide them again."""
        tree = self.query_one(FolderTree)
        tree.show_hidden(not tree.hidden)

    def _take(self, path: Path) -> None:
        match look(path):
            case Place.FILE:
                self.dismiss(path)
            case Place.FOLDER:
                self._show(path)
            case place:
                self.complain(f"{path}: {place}")

    def _show(self, folder: Path) -> None:
        if folder != self._folder:
            self._folder = folder
            self.query_one(FolderTree).path = folder
            self.query_one(SafeInput).clear()
        self.query_one("#folder", PlainText).say(plain_line(folder).plain)
        self.complain("")


def _recent_option(path: Path) -> Option:
    return Option(
        Content.assemble(
            plain_line(path.name), " ", plain_line(path.parent).stylize("$foreground-muted")
        )
    )
