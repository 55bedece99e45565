"""Append-only record of finished work, so that a killed stage loses only what was in flight.

One JSON object per line, each with an `id`. A torn last line is cut off when the
journal is opened again; a line that is damaged in the middle counts as not written.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from paraphraser_tui.errors import OutputError

from .records import atomic_writer, to_line

ID = "id"


class Journal:
    """Rows by id in a file; the last row of an id counts. Only one process at a time may open it.

    Memory holds an offset per id, not the rows. Raises OutputError when the file cannot be
    written or another process has it open.
    """

    def __init__(self, path: Path):
        from filelock import FileLock

        self._path = Path(path)
        self._lock = FileLock(self._path.with_name(f".{self._path.name}.lock"))
        self._offsets: dict[str, int] = {}
        self._stream: IO[bytes] | None = None

    def __enter__(self) -> Self:
        from filelock import Timeout

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            self._stream = self._open()
        except Timeout:
            raise OutputError(f"{self._path}: another process is writing to it") from None
        except OSError as error:
            self._lock.release()
            raise OutputError(f"{self._path}: {error.strerror or error}") from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()
        self._stream = None
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()

    def __contains__(self, key: str) -> bool:
        return key in self._offsets

    def __len__(self) -> int:
        return len(self._offsets)

    def get(self, key: str) -> dict[str, Any] | None:
        """The row of an id, or None."""
        offset = self._offsets.get(key)
        if offset is None:
            return None
        self._stream.seek(offset)
        return json.loads(self._stream.readline())

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows that count, in the order in which their ids first came."""
        return (self.get(key) for key in list(self._offsets))

    def append(self, *rows: Mapping[str, Any]) -> None:
        """Write rows, each with its `id`; they are on the disk when this returns."""
        lines = [to_line(row) for row in rows]
        try:
            offset = self._stream.seek(0, os.SEEK_END)
            self._stream.write(b"".join(lines))
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise OutputError(f"{self._path}: {error.strerror or error}") from None
        for row, line in zip(rows, lines, strict=True):
            self._offsets[row[ID]] = offset
            offset += len(line)

    def compact(self, order: Iterable[str]) -> None:
        """Rewrite the file with these ids first, in this order: equal work then gives equal bytes.

        Rows that were replaced are dropped; rows of other ids follow.
        """
        kept = [key for key in dict.fromkeys([*order, *self._offsets]) if key in self._offsets]
        with atomic_writer(self._path) as stream:
            for key in kept:
                stream.write(to_line(self.get(key)))
        self._stream.close()
        self._offsets.clear()
        self._stream = self._open()

    def _open(self) -> IO[bytes]:
        # Not mode "a": a torn tail has to be cut off first.
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        stream = os.fdopen(descriptor, "r+b")
        end = 0
        while (line := stream.readline()).endswith(b"\n"):
            key = _id_of(line)
            if key is not None:
                self._offsets[key] = end
            end += len(line)
        stream.truncate(end)
        return stream


def _id_of(line: bytes) -> str | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    key = row.get(ID) if isinstance(row, dict) else None
    return key if isinstance(key, str) else None
