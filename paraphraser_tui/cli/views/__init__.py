"""The shapes that results are written in, one module each; `view` makes the one asked for."""

from ...errors import OptionError
from ..request import View
from .base import Answered, Renderer
from .records import JsonLinesRenderer, JsonRenderer, TsvRenderer
from .text import FileRenderer, NumberedRenderer, TextRenderer

__all__ = ["Answered", "FileRenderer", "Renderer", "renderer"]


def renderer(view: View, num: int, terminal: bool) -> Renderer:
    """The renderer of a view; text with several variants is a numbered list."""
    if view is View.TEXT:
        return TextRenderer() if num == 1 else NumberedRenderer()
    if view is View.DIFF:
        from .diff import DiffRenderer

        if num > 1:
            raise OptionError("a diff shows one variant; drop --num")
        return DiffRenderer(coloured=terminal)
    if view is View.SIDE_BY_SIDE:
        from .columns import ColumnsRenderer

        return ColumnsRenderer()
    return {View.JSON: JsonRenderer, View.JSONL: JsonLinesRenderer, View.TSV: TsvRenderer}[view]()
