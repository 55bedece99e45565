"""Sentences on the left, what became of them on the right."""

import io
import shutil
from collections.abc import Sequence

from ...text.sanitize import for_display
from .base import Answered, Renderer

DEFAULT_WIDTH = 120  # of a pipe


class ColumnsRenderer(Renderer):
    """Two columns as wide as the terminal; `=` marks a sentence that stayed as it was."""

    def __init__(self) -> None:
        self._width = shutil.get_terminal_size((DEFAULT_WIDTH, 0)).columns

    def group(self, parts: Sequence[Answered]) -> bytes:
        from rich.console import Console  # knows how wide a character is
        from rich.table import Table
        from rich.text import Text

        table = Table.grid(padding=(0, 1), expand=True)
        for _ in range(2):
            table.add_column(ratio=1)
        rows = [result for _, result in parts if result]
        for result in rows:
            for rank, text in enumerate([v.text for v in result.variants] or ["="]):
                left = "" if rank else result.source
                table.add_row(Text(for_display(left)), Text(for_display(text)))
            table.add_row()
        if not rows:
            return b""
        out = io.StringIO()
        Console(file=out, width=self._width, color_system=None).print(table)
        return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines()).encode()
