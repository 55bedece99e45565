"""How one variant of a sentence looks in the list."""

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from ...engine.result import Paraphrase
from ...text.sanitize import one_line
from .diff_text import diff_text
from .marks import BAR, SIGNS, Look
from .meter import meter

_METER = 4  # cells of a bar; a line of figures fits 40 columns
_BETWEEN = "  "


def body(source: str, variant: Paraphrase, show_removed: bool) -> Content:
    """The variant with what changed, its figures, and what to look at before accepting it."""
    figures = Content.assemble(
        meter("meaning", variant.meaning, _METER),
        _BETWEEN,
        meter("change", variant.change, _METER),
    )
    text = diff_text(source, variant.text, show_removed)
    if not text.spans:  # words were only left out, which nobody would see
        text = diff_text(source, variant.text, show_removed=True)
    lines = [text, figures]
    if variant.warnings:
        warnings = one_line("; ".join(variant.warnings))
        lines.append(Content.styled(f"{SIGNS[Look.WARNED]} {warnings}", "$text-warning"))
    return Content("\n").join(lines)


class Numbered(Visual):
    """A text beside its number, with room for a bar before it."""

    def __init__(self, number: int | str, digits: int, text: Content) -> None:
        self._first = f"{' ' * len(BAR)}{number:>{digits}} "
        self._others = " " * len(self._first)
        self._text = text

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The text in rows, the number before the first one."""
        rows = self._text.render_strips(self._room(width), height, style, options)
        gutters = [self._first] + [self._others] * (len(rows) - 1)
        return [
            Strip.join([Content(gutter).render_strips(len(gutter), 1, style, options)[0], row])
            for gutter, row in zip(gutters, rows, strict=True)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The width at which nothing is wrapped."""
        return len(self._first) + self._text.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The rows at this width."""
        return self._text.get_height(rules, self._room(width))

    def _room(self, width: int) -> int:
        return max(1, width - len(self._first))
