"""The two records that travel between stages, as JSON lines (plain, .xz or .gz by the name)."""

import gzip
import hashlib
import json
import lzma
import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import MISSING, asdict, dataclass, fields, is_dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from paraphraser_tui.errors import InputError, OutputError

# 128 bits: no collision to be expected below 2**64 rows.
ID_HEX_DIGITS = 32
# A fifth larger than by default, in a fifth of the time, which was a fifth of the filters'.
XZ_PRESET = 1
UNSTATED = "unstated"


def content_id(*texts: str) -> str:
    """A hash of texts that is the same on every machine and in every run."""
    joined = json.dumps(texts, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:ID_HEX_DIGITS]


Alternatives = tuple[int, int, dict[str, float]]


@dataclass(frozen=True)
class Source:
    """One text to be paraphrased, with the corpus it is from and that corpus' licence."""

    text: str
    set: str
    licence: str = UNSTATED

    @property
    def id(self) -> str:
        return content_id(self.text)


@dataclass(frozen=True)
class Pair:
    """A source and a paraphrase of it.

    set: the corpus; teacher: the model that wrote `tgt`, or None for people.
    licence: class or name as stated by the origin.
    controls: the control codes in source order, once measured (`distill.controls`).
    features: further measurements by name, such as a similarity.
    more: further targets; an epoch of training takes one of them all.
    top: what the teacher might have written in place of parts of `tgt`: where a part begins and
    ends, and alternatives to it, itself included, with their log-probabilities.
    """

    src: str
    tgt: str
    set: str
    teacher: str | None = None
    licence: str = UNSTATED
    controls: tuple[str, ...] | None = None
    features: dict[str, float] | None = None
    more: tuple[str, ...] | None = None
    top: tuple[Alternatives, ...] | None = None

    @property
    def id(self) -> str:
        return content_id(self.src, self.tgt)


Record = TypeVar("Record", Source, Pair)


def read_jsonl(path: Path, cls: type[Record]) -> Iterator[Record]:
    """The rows of a file as records; keys that the record does not have are passed over.

    Raises InputError naming the file, and the line where one is at fault.
    """
    for number, row in read_rows(path):
        try:
            yield from_row(row, cls)
        except ValueError as error:
            raise InputError(f"{path}, line {number}: {error}") from None


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON objects of a file with their line numbers, from 1; blank lines are skipped."""
    path = Path(path)
    number = 0
    try:
        with _reader(path) as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise ValueError("not a JSON object")
                    yield number, row
    except (OSError, EOFError, lzma.LZMAError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read: {reason}") from None
    except ValueError as error:  # broken JSON or UTF-8 too
        raise InputError(f"{path}, line {number}: {error}") from None


def write_jsonl(path: Path, rows: Iterable[Any]) -> int:
    """Write records (or mappings) atomically; returns how many. Fields that are None are left out.

    The same rows always give the same bytes. Raises OutputError.
    """
    count = 0
    with atomic_writer(path) as stream:
        for row in rows:
            stream.write(to_line(row))
            count += 1
    return count


def to_line(row: Any) -> bytes:
    """One record or mapping as a line of UTF-8 JSON."""
    table = asdict(row) if is_dataclass(row) else row
    kept = {key: value for key, value in table.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False).encode() + b"\n"


def from_row(row: dict[str, Any], cls: type[Record]) -> Record:
    """A record from a JSON object; ValueError says which field is missing or of a wrong type."""
    values = {}
    for field in fields(cls):
        value = row.get(field.name)
        if value is None:
            if field.default is MISSING:
                raise ValueError(f"no field {field.name!r}")
            continue
        if field.name in _CHECKS:
            value = _CHECKS[field.name](field.name, value)
        elif not isinstance(value, str):
            raise ValueError(f"{field.name!r} is not a text")
        elif not _encodable(value):
            raise ValueError(f"{field.name!r} holds half a surrogate pair")
        values[field.name] = value
    return cls(**values)


@contextmanager
def atomic_writer(path: Path) -> Iterator[IO[bytes]]:
    """A binary stream to `path` (compressed by its name) that appears under it only when whole."""
    path = Path(path)
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as raw:
            with _compressor(raw, path.name) as stream:
                yield stream
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _reader(path: Path) -> Any:
    if path.suffix == ".xz":
        return lzma.open(path, "rb")
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _compressor(raw: IO[bytes], name: str) -> AbstractContextManager[Any]:
    if name.endswith(".xz"):
        return lzma.open(raw, "wb", preset=XZ_PRESET)
    if name.endswith(".gz"):
        # No name and no time in the header, so that equal rows give equal bytes.
        return gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0)
    return nullcontext(raw)


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _texts(name: str, value: Any) -> tuple[str, ...]:
    if not (isinstance(value, list | tuple) and all(isinstance(text, str) for text in value)):
        raise ValueError(f"{name!r} is not a list of texts")
    if not all(map(_encodable, value)):
        raise ValueError(f"{name!r} holds half a surrogate pair")
    return tuple(value)


def _numbers(name: str, value: Any) -> dict[str, float]:
    if not (isinstance(value, dict) and all(isinstance(n, int | float) for n in value.values())):
        raise ValueError(f"{name!r} is not a table of numbers")
    return value


def _alternatives(name: str, value: Any) -> tuple[Alternatives, ...]:
    try:
        found = [(start, end, _numbers(name, words)) for start, end, words in value]
    except (TypeError, ValueError):
        raise ValueError(f"{name!r} is not a list of [begin, end, alternatives]") from None
    if not all(type(start) is type(end) is int for start, end, _ in found):
        raise ValueError(f"{name!r}: a part begins and ends at a character")
    return tuple(found)


_CHECKS = {
    "controls": _texts,
    "features": _numbers,
    "more": _texts,
    "top": _alternatives,
}
