"""Changes as a unified diff: `paraphrase --diff a.md | patch` makes them."""

import os
from collections.abc import Iterable, Sequence

from ...document.diff import FileDiff
from ...text.decode import Encoding
from ...text.sanitize import for_display
from .base import Answered, Renderer, original, rewritten

# What a terminal shows them in: green, red, and what belongs to neither text in cyan.
_COLOURS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}
_END = "\x1b[0m"


class DiffRenderer(Renderer):
    """A diff of every text that changes, in the text's own encoding."""

    def __init__(self, coloured: bool) -> None:
        self.safe = coloured and not os.environ.get("NO_COLOR")

    def start(self, name: str, encoding: Encoding) -> bytes:
        self._encoding = encoding
        self._diff = FileDiff(name, encoding)
        return b""

    def group(self, parts: Sequence[Answered]) -> bytes:
        out = []
        for part, result in parts:
            old, new = original(part), rewritten(part, result, self._encoding)
            out += self._diff.feed(old, new)
        return self._shown(out)

    def finish(self) -> bytes:
        return self._shown(self._diff.finish())

    def _shown(self, lines: Iterable[str]) -> bytes:
        return b"".join(self._encoding.encode(self._colour(line)) for line in lines)

    def _colour(self, line: str) -> str:
        if not self.safe:
            return line
        line = for_display(line)
        start = _COLOURS.get(line[0])
        return line if start is None else start + line.removesuffix("\n") + _END + "\n"
