"""Sentences with their variants as JSON, JSON Lines and tab-separated values, all in UTF-8."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from ...engine.result import Result
from ...text.decode import Encoding
from .base import Answered, Renderer

COLUMNS = "sentence variant source text meaning change fluency note".split()
_BLANKS = str.maketrans("\t\r\n", "   ")


class JsonLinesRenderer(Renderer):
    """One object per sentence and line."""

    def group(self, parts: Sequence[Answered]) -> bytes:
        return "".join(_json(r) + "\n" for _, r in parts if r).encode()


class JsonRenderer(Renderer):
    """The same objects as one JSON array."""

    def __init__(self) -> None:
        self._separator = "[\n"

    def group(self, parts: Sequence[Answered]) -> bytes:
        out = []
        for _, result in parts:
            if result:
                out.append(self._separator + _json(result))
                self._separator = ",\n"
        return "".join(out).encode()

    def end(self) -> bytes:
        return b"[]\n" if self._separator == "[\n" else b"\n]\n"


class TsvRenderer(Renderer):
    """A row per variant under a row of names; a kept sentence has one row, variant 0."""

    def __init__(self) -> None:
        self._number = 0

    def start(self, name: str, encoding: Encoding) -> bytes:
        return b"" if self._number else _row(COLUMNS)

    def group(self, parts: Sequence[Answered]) -> bytes:
        return b"".join(self._rows(result) for _, result in parts if result)

    def _rows(self, result: Result) -> bytes:
        self._number += 1
        if not result.variants:
            return _row([self._number, 0, result.source, result.source, 1, 0, "", result.reason])
        out = b""
        for rank, v in enumerate(result.variants, 1):
            note = "; ".join(v.warnings)
            figures = (v.meaning, v.change, v.fluency)
            out += _row([self._number, rank, result.source, v.text, *figures, note])
        return out


def _row(cells: Sequence[object]) -> bytes:
    return ("\t".join(str(cell).translate(_BLANKS) for cell in cells) + "\n").encode()


def _json(result: Result) -> str:
    data = {
        "source": result.source,
        "variants": [asdict(v) for v in result.variants],
        "kept": result.reason,
    }
    return json.dumps(data, ensure_ascii=False)
