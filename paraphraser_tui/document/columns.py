"""Sentences on the left, what became of them on the right."""

import io
from collections.abc import Iterable, Sequence

from ..text.sanitize import for_display

DEFAULT_WIDTH = 120  # where there is no terminal
SAME = "="  # stands for a sentence that stayed as it was


def columns(rows: Iterable[tuple[str, Sequence[str]]], width: int) -> str:
    """Each sentence with its new forms, two columns in this width; fit for a terminal."""
    from rich.console import Console  # knows how wide a character is
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1), expand=True)
    for _ in range(2):
        table.add_column(ratio=1)
    for source, texts in rows:
        for rank, text in enumerate(texts or [SAME]):
            left = "" if rank else source
            table.add_row(Text(for_display(left)), Text(for_display(text)))
        table.add_row()
    if not table.rows:
        return ""
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(table)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())
