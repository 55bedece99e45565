"""Many pairs of sentences, side by side where there is room."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, zip_longest

from textual.content import Content

from ...widgets.wrapping import wrapped
from ..base import plain_line
from .lazy_list import LazyList
from .marked import sides

# From this width on the two texts stand side by side.
WIDE = 96
GAP = 2  # columns between the number and the texts, and between the texts
SIGN = 2  # columns for the sign before a text that stands below another
CACHED = 256  # pairs as they are drawn: more than a screen shows
AS_BEFORE = Content.styled("=", "$foreground-muted")
BLANK = Content(" ")


class PairList(LazyList):
    """Pairs of texts under their number, counted from 1, with the words marked that differ.

    Only pairs in view are compared; of the others it is known how high they are.
    """

    DEFAULT_CSS = """
    PairList {
        & > .lazy-list--marked, &:focus > .lazy-list--marked {
            color: $foreground; background: $panel; text-style: none;
        }
    }
    """

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._pairs = pairs
        self._digits = len(str(len(pairs)))
        self._drawn = lru_cache(CACHED)(self._draw)

    def tops(self, width: int) -> Sequence[int]:
        """See `LazyList`; there is an empty line behind each pair."""
        heights = (self._height(*self._pairs[number], width) + 1 for number in self.items)
        return list(accumulate(heights, initial=0))

    def lines(self, number: int, width: int) -> Sequence[Content]:
        """See `LazyList`."""
        return self._drawn(number, width)

    def _room(self, width: int) -> int:
        """Columns for a text."""
        room = width - self._digits - GAP
        return max(1, (room - GAP) // 2 if width >= WIDE else room - SIGN)

    def _height(self, old: str, new: str, width: int) -> int:
        room = self._room(width)
        before = _count(old, room)
        if old == new:
            return before
        after = _count(new, room)
        return max(before, after) if width >= WIDE else before + after

    def _draw(self, number: int, width: int) -> list[Content]:
        old, new = self._pairs[number]
        room = self._room(width)
        before, after = (_rows(side, room) for side in sides(old, new))
        if width >= WIDE:
            right = [AS_BEFORE] if old == new else after
            pairs = zip_longest(before, right, fillvalue=Content(""))
            texts = [_padded(one, room + GAP) + other for one, other in pairs]
        elif old == new:
            texts = _signed("= ", before)
        else:
            texts = _signed("- ", before) + _signed("+ ", after)
        heads = [f"{number + 1:>{self._digits}}", *[""] * len(texts)]
        indent = self._digits + GAP
        drawn = [
            Content.styled(f"{head:<{indent}}", "$foreground-muted") + text
            for head, text in zip(heads, texts, strict=False)
        ]
        return [*drawn, BLANK]


def _count(text: str, room: int) -> int:
    # Mapping characters takes most of the time, and hardly any text has some to map.
    return len(wrapped(text if text.isprintable() else plain_line(text).plain, room))


def _rows(text: Content, room: int) -> list[Content]:
    return [text[start:end] for start, end in wrapped(text.plain, room)]


def _padded(text: Content, width: int) -> Content:
    return text.pad_right(width - text.cell_length)


def _signed(sign: str, rows: Sequence[Content]) -> list[Content]:
    """The rows with a sign before the first one."""
    signs = [sign, *[" " * SIGN] * (len(rows) - 1)]
    return [
        Content.styled(s, "$foreground-muted") + row for s, row in zip(signs, rows, strict=True)
    ]
