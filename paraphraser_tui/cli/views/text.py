"""The document itself, or its sentences with several variants each."""

from collections.abc import Sequence

from ...document.formats import File
from ...text.decode import Encoding
from .base import Answered, Renderer, rewritten


class TextRenderer(Renderer):
    """The text with its best variants, byte for byte the same outside sentences."""

    def __init__(self) -> None:
        self._encoding: Encoding | None = None

    def start(self, name: str, encoding: Encoding) -> bytes:
        # Several texts go out as one, in the encoding of the first.
        if self._encoding is not None:
            return b""
        self._encoding = encoding
        return encoding.mark

    def group(self, parts: Sequence[Answered]) -> bytes:
        encoding = self._encoding
        return b"".join(encoding.encode(rewritten(p, r, encoding)) for p, r in parts)


class FileRenderer(Renderer):
    """A file that is no text, such as a Word document, with its best variants."""

    safe = True  # never written to a terminal

    def __init__(self, file: File) -> None:
        self._file = file
        self._number = 0
        self._answers: dict[int, str] = {}

    def group(self, parts: Sequence[Answered]) -> bytes:
        for _, result in parts:
            if result:
                if result.variants:
                    self._answers[self._number] = result.best
                self._number += 1
        return b""

    def finish(self) -> bytes:
        return self._file.write(self._answers)


class NumberedRenderer(Renderer):
    """Each sentence's number, its variants below, a blank line."""

    def __init__(self) -> None:
        self._number = 0

    def group(self, parts: Sequence[Answered]) -> bytes:
        out = []
        for _, result in parts:
            if result:
                self._number += 1
                lines = [v.text for v in result.variants] or [result.source]
                out.append("\n".join([f"{self._number}.", *lines, "", ""]))
        return "".join(out).encode()
