"""A table of rows to choose from, whose cells show text as it is."""

from collections.abc import Iterable

from rich.text import Text
from textual.widgets import DataTable

from ..base import plain_line


class Table(DataTable[Text]):
    """A DataTable with a marked row; too wide a row is cut off."""

    DEFAULT_CSS = """
    Table { height: 1fr; min-height: 4; overflow-x: hidden; }
    Table:ansi > .datatable--header { background: ansi_default; text-style: bold underline; }
    """

    def __init__(self, *columns: str) -> None:
        super().__init__(cursor_type="row")
        self.add_columns(*columns)


def cells(texts: Iterable[str]) -> list[Text]:
    """Texts from anywhere as cells of a table."""
    return [Text(plain_line(text).plain) for text in texts]
