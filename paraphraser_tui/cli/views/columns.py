"""Sentences on the left, what became of them on the right."""

import shutil
from collections.abc import Sequence

from ...document.columns import DEFAULT_WIDTH, columns
from .base import Answered, Renderer


class ColumnsRenderer(Renderer):
    """Two columns as wide as the terminal; `=` marks a sentence that stayed as it was."""

    def __init__(self) -> None:
        self._width = shutil.get_terminal_size((DEFAULT_WIDTH, 0)).columns

    def group(self, parts: Sequence[Answered]) -> bytes:
        rows = [(result.source, [v.text for v in result.variants]) for _, result in parts if result]
        return columns(rows, self._width).encode()
