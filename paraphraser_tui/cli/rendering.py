"""Results as text, JSON or JSON Lines."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Protocol

from ..engine.result import Result
from ..errors import InputError
from ..text.decode import Encoding
from ..text.segment import Piece
from ..text.wrap import rewrap
from .arguments import Format

Answered = tuple[Piece, Result | None]  # gaps have no result


class Renderer(Protocol):
    """Turns answered pieces into bytes, group by group."""

    def start(self, encoding: Encoding) -> bytes:
        """What stands before the first piece of a text."""

    def group(self, pieces: Sequence[Answered]) -> bytes:
        """Some pieces, in order."""

    def end(self) -> bytes:
        """What stands after the last piece of the last text."""


class TextRenderer:
    """The text itself with its best variants, byte for byte the same outside sentences."""

    def start(self, encoding: Encoding) -> bytes:
        self._encoding = encoding
        return encoding.mark

    def group(self, pieces: Sequence[Answered]) -> bytes:
        return b"".join(self._encoded(piece, result) for piece, result in pieces)

    def end(self) -> bytes:
        return b""

    def _encoded(self, piece: Piece, result: Result | None) -> bytes:
        try:
            return self._encoding.encode(shown(piece, result))
        except InputError:
            return self._encoding.encode(piece.text)  # the variant has a character too many


class NumberedRenderer:
    """Each sentence's number, its variants below, a blank line."""

    def __init__(self) -> None:
        self._number = 0

    def start(self, encoding: Encoding) -> bytes:
        return b""

    def group(self, pieces: Sequence[Answered]) -> bytes:
        out = []
        for _, result in pieces:
            if result:
                self._number += 1
                lines = [v.text for v in result.variants] or [result.source]
                out.append("\n".join([f"{self._number}.", *lines, "", ""]))
        return "".join(out).encode()

    def end(self) -> bytes:
        return b""


class JsonLinesRenderer:
    """One object per sentence and line."""

    def start(self, encoding: Encoding) -> bytes:
        return b""

    def group(self, pieces: Sequence[Answered]) -> bytes:
        return "".join(_json(r) + "\n" for _, r in pieces if r).encode()

    def end(self) -> bytes:
        return b""


class JsonRenderer:
    """The same objects as one JSON array."""

    def __init__(self) -> None:
        self._separator = "[\n"

    def start(self, encoding: Encoding) -> bytes:
        return b""

    def group(self, pieces: Sequence[Answered]) -> bytes:
        out = []
        for _, result in pieces:
            if result:
                out.append(self._separator + _json(result))
                self._separator = ",\n"
        return "".join(out).encode()

    def end(self) -> bytes:
        return b"[]\n" if self._separator == "[\n" else b"\n]\n"


def renderer(kind: Format, num: int) -> Renderer:
    """The renderer for a format; text with several variants is a numbered list."""
    if kind is Format.JSON:
        return JsonRenderer()
    if kind is Format.JSONL:
        return JsonLinesRenderer()
    return TextRenderer() if num == 1 else NumberedRenderer()


def shown(piece: Piece, result: Result | None) -> str:
    """A piece as it stands in the rewritten text, with the line breaks it had."""
    if result is None or not result.variants:
        return piece.text
    return rewrap(result.best, piece.text) or piece.text


def _json(result: Result) -> str:
    data = {
        "source": result.source,
        "variants": [asdict(v) for v in result.variants],
        "kept": result.reason,
    }
    return json.dumps(data, ensure_ascii=False)
