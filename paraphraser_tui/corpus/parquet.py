"""Parquet. A row keeps its columns with their types."""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import InputError
from .tables import ADDED, cut

SUFFIXES = (".parquet", ".pq")
READ_ROWS = 1024

Piece = pa.Table


def check(path: Path, column: str) -> int:
    """The number of rows. Raises InputError if it is no Parquet or has no such column of texts."""
    with _reading(path), pq.ParquetFile(path) as file:
        schema, rows = file.schema_arrow, file.metadata.num_rows
    if column not in schema.names:
        known = ", ".join(schema.names) or "none"
        raise InputError(f"{path} has no column {column!r}; its columns: {known}; see --column")
    if not _is_text(schema.field(column).type):
        kind = schema.field(column).type
        raise InputError(f"the column {column!r} of {path} holds no texts but {kind}")
    if taken := next((name for name in ADDED if name in schema.names), None):
        raise InputError(f"{path} has a column {taken!r} already; rename it")
    return rows


def pieces(path: Path, rows: int) -> Iterator[Piece]:
    """All rows in order, so many at a time. Raises InputError."""
    with _reading(path), pq.ParquetFile(path) as file:
        batches = file.iter_batches(READ_ROWS)
        tables = (pa.Table.from_batches([batch], file.schema_arrow) for batch in batches)
        yield from cut(tables, repeat(rows))


def values(piece: Piece, column: str) -> list[Any]:
    """A column; bytes instead of a text that is broken."""
    texts = piece.column(column)
    try:
        return texts.to_pylist()
    except UnicodeDecodeError:
        return [_value(text) for text in texts]


def to_lines(piece: Piece) -> list[bytes]:
    """The rows as JSON: dates and decimals as texts, bytes in base 64.

    Raises InputError for a text that is broken, for JSON cannot hold it.
    """
    try:
        rows = piece.to_pylist()
    except UnicodeDecodeError:
        raise InputError("a text of it is not UTF-8; use --format parquet") from None
    return [json.dumps(row, ensure_ascii=False, default=_plain).encode() for row in rows]


def write(stream: IO[bytes], piece: Piece, answers: pa.Table) -> None:
    """The rows with what was added to them."""
    for name in ADDED:
        piece = piece.append_column(answers.schema.field(name), answers.column(name))
    pq.write_table(piece, stream)


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or kind == pa.string_view()


def _value(text: pa.Scalar) -> Any:
    try:
        return text.as_py()
    except UnicodeDecodeError:
        return b""


def _plain(value: object) -> str:
    return b64encode(value).decode() if isinstance(value, bytes) else str(value)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        raise InputError(f"{path} cannot be read: {reason}") from None
