"""JSON Lines, perhaps compressed. A row is a line; what it holds is written again as it stands."""

import gzip
import json
import lzma
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from ..errors import InputError
from .tables import ADDED, KEPT, PARAPHRASES

SUFFIXES = tuple(
    f"{name}{packed}" for name in (".jsonl", ".ndjson") for packed in ("", ".gz", ".xz", ".zst")
)

Piece = Sequence[bytes]
_MARK = b"\xef\xbb\xbf"
_BROKEN = (OSError, EOFError, lzma.LZMAError, zlib.error, pa.ArrowException)


def check(path: Path, column: str) -> int:
    """The number of rows. Raises InputError for a line that is no row, or without the column."""
    number, names = 0, {}
    for number, line in enumerate(_rows(path), 1):
        try:
            row = _row(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise InputError(f"{path}, row {number}: this is no JSON object in UTF-8")
        if taken := next((name for name in ADDED if name in row), None):
            raise InputError(f"{path}, row {number} has a column {taken!r} already; rename it")
        names |= dict.fromkeys(row)
    if number and column not in names:
        known = ", ".join(names) or "none"
        raise InputError(f"{path} has no column {column!r}; its columns: {known}; see --column")
    return number


def pieces(path: Path, rows: int) -> Iterator[Piece]:
    """All rows in order, so many at a time. Raises InputError."""
    lines = _rows(path)
    return iter(lambda: list(islice(lines, rows)), [])


def values(piece: Piece, column: str) -> list[Any]:
    """A column; None where a row does not have it."""
    return [_row(line).get(column) for line in piece]


def to_table(piece: Piece) -> pa.Table:
    """The rows as a table of all their columns.

    Raises InputError if the values of a column are of several kinds.
    """
    rows = [_row(line) for line in piece]
    names = dict.fromkeys(name for row in rows for name in row)
    arrays = {}
    for name in names:
        try:
            arrays[name] = pa.array([row.get(name) for row in rows])
        except (pa.ArrowException, UnicodeError, OverflowError):
            raise InputError(
                f"the values of {name!r} are of several kinds, which Parquet cannot hold; "
                "use --format jsonl"
            ) from None
    return pa.table(arrays)


def write(stream: IO[bytes], piece: Piece, answers: pa.Table) -> None:
    """The rows with what was added to them, a line each."""
    added = answers.select([PARAPHRASES, KEPT]).to_pylist()
    for line, more in zip(piece, added, strict=True):
        head = line[:-1].rstrip()
        comma = b"" if head == b"{" else b", "
        stream.write(head + comma + json.dumps(more, ensure_ascii=False)[1:].encode() + b"\n")


def _row(line: bytes) -> Any:
    return json.loads(line.decode())  # from bytes alone it would guess an encoding


def _rows(path: Path) -> Iterator[bytes]:
    """The lines that are not blank, without what surrounds them."""
    with _reading(path) as lines:
        for number, line in enumerate(lines):
            if row := (line if number else line.removeprefix(_MARK)).strip():
                yield row


@contextmanager
def _reading(path: Path) -> Iterator[Iterable[bytes]]:
    try:
        with _opened(path) as stream:
            yield stream
    except _BROKEN as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {reason}") from None


def _opened(path: Path) -> IO[bytes]:
    match path.suffix.lower():
        case ".gz":
            return gzip.open(path)
        case ".xz":
            return lzma.open(path)
        case ".zst":
            import io

            return io.BufferedReader(pa.input_stream(str(path), compression="zstd"))
    return path.open("rb")
