"""The files of a corpus: which there are, what is in them, and one piece of them after another."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

import pyarrow as pa

from ..errors import InputError, OptionError, OutputError
from . import jsonl, parquet

Piece = jsonl.Piece | parquet.Piece


class Kind(StrEnum):
    """The formats a corpus is read and written in."""

    JSONL = "jsonl"
    PARQUET = "parquet"


_FORMATS = {Kind.JSONL: jsonl, Kind.PARQUET: parquet}
_SUFFIXES = {suffix: kind for kind, format_ in _FORMATS.items() for suffix in format_.SUFFIXES}


@dataclass(frozen=True)
class Input:
    """A file as it was when a run began; `path` is absolute, `modified` in nanoseconds."""

    path: str
    size: int
    modified: int
    sha256: str
    rows: int


def find(names: Sequence[str], output: Path) -> list[Path]:
    """The files with these names, and those in the directories among them, in order.

    Raises InputError if there is none, OptionError if the output would become input.
    """
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name).absolute()
        if path.is_dir():
            if output.resolve().is_relative_to(path.resolve()):
                raise OptionError(f"the output {output} lies in the input {name}; put it elsewhere")
            inside = sorted(p for p in path.rglob("*") if _kind(p) and p.is_file())
            if not inside:
                raise InputError(f"{name} holds no files {_known()}")
            found |= dict.fromkeys(inside)
        elif not _kind(path):
            raise InputError(f"{name}: a corpus is a file {_known()}")
        else:
            found[path] = None
    return list(found)


def kind(paths: Sequence[Path]) -> Kind:
    """The format of all files. Raises OptionError if they have several."""
    kinds = {_kind(path) for path in paths}
    if len(kinds) > 1:
        raise OptionError(f"the input has several formats; choose one with --format {_choice()}")
    return kinds.pop()


def inspect(path: Path, column: str, known: Input | None) -> Input:
    """A file with its number of rows and its digest.

    What is `known` counts if the file has neither another size nor another date. Raises InputError
    if it cannot be read or has no such column.
    """
    try:
        stat = path.stat()
        if known and (known.size, known.modified) == (stat.st_size, stat.st_mtime_ns):
            return known
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {reason}") from None
    rows = _FORMATS[_kind(path)].check(path, column)
    return Input(str(path), stat.st_size, stat.st_mtime_ns, digest, rows)


def pieces(path: Path, rows: int) -> Iterator[Piece]:
    """All rows of a file in order, so many at a time. Raises InputError."""
    return _FORMATS[_kind(path)].pieces(path, rows)


def values(path: Path, piece: Piece, column: str) -> list[object]:
    """A column of a piece of this file."""
    return _FORMATS[_kind(path)].values(piece, column)


def write(target: Path, form: Kind, path: Path, piece: Piece, answers: pa.Table) -> None:
    """Write a piece of this file with its answers; the target appears only when it is whole.

    Raises OutputError, and InputError if the format cannot hold what is in the piece.
    """
    try:
        if form is Kind.PARQUET and _kind(path) is Kind.JSONL:
            piece = jsonl.to_table(piece)
        elif form is Kind.JSONL and _kind(path) is Kind.PARQUET:
            piece = parquet.to_lines(piece)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    with appearing(target) as stream:
        _FORMATS[form].write(stream, piece, answers)


@contextmanager
def appearing(target: Path) -> Iterator[IO[bytes]]:
    """A file that is there only when it is whole, and then on the disk. Raises OutputError."""
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _kind(path: Path) -> Kind | None:
    name = path.name.lower()
    if name.startswith("."):
        return None
    return next((kind for suffix, kind in _SUFFIXES.items() if name.endswith(suffix)), None)


def _known() -> str:
    return f"whose name ends in {', '.join(_SUFFIXES)}"


def _choice() -> str:
    return " or ".join(Kind)
