"""Find a sentence as you type."""

import re
from collections.abc import Sequence

from textual.content import Content

from ..base import plain_line
from .pick import PickDialog

# Columns before a hit that are shown when it would stand beyond the right edge.
LEAD = 20


class FindDialog(PickDialog):
    """Lists the sentences that contain a text, in any case; the next from `start` on is marked."""

    def __init__(self, texts: Sequence[str], start: int) -> None:
        super().__init__("Find", "text to find", start)
        self._texts = texts
        self._pattern = re.compile("")

    def matching(self, query: str) -> Sequence[int]:
        """See `PickDialog`."""
        self._pattern = re.compile(re.escape(query), re.IGNORECASE)
        if not query:
            return range(len(self._texts))
        search = self._pattern.search
        return [number for number, text in enumerate(self._texts) if search(text)]

    def line(self, number: int, width: int) -> Content:
        """The number and the text, its hits underlined and the first one in view."""
        head = f"{number + 1:>{len(str(len(self._texts)))}}  "
        text = self._texts[number]
        shown = plain_line(text)  # character for character
        hits = [hit.span() for hit in self._pattern.finditer(text) if hit.group()]
        for start, end in hits:
            shown = shown.stylize("bold underline", start, end)
        if hits and len(head) + hits[0][1] > width:
            shown = "…" + shown[max(1, hits[0][0] - LEAD) :]
        return Content.styled(head, "$foreground-muted") + shown
