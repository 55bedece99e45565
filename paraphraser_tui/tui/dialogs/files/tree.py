"""The files and folders of a machine, shown safely."""

from collections.abc import Iterable
from pathlib import Path

from rich.text import Text, TextType
from textual.widgets import DirectoryTree

from ..base import plain_line


class FolderTree(DirectoryTree):
    """A DirectoryTree with plain signs, safe names and, if wanted, hidden files."""

    DEFAULT_CSS = """
    FolderTree { height: 1fr; background: $surface; border: round $border-blurred; padding: 0; }
    FolderTree:focus { border: round $border; }
    """

    # Not every terminal has the pictures that Textual shows.
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def __init__(self, path: Path) -> None:
        self.hidden = False
        super().__init__(path)
        self.guide_depth = 2

    def show_hidden(self, hidden: bool) -> None:
        """Show files whose names begin with a dot, or not."""
        self.hidden = hidden
        self.reload()

    def process_label(self, label: TextType) -> Text:
        """The name on one line."""
        return Text(plain_line(label).plain or "/")

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Those that are shown."""
        return (path for path in paths if self.hidden or not path.name.startswith("."))
