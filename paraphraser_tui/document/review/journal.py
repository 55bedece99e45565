"""A file that every step of a review is in before the next one is taken."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

from ... import paths
from ...locking import lock
from ...saving import sync
from .records import Entry, Head, line

SUFFIX = ".jsonl"
_FOLDER_MODE = 0o700  # documents are private
_BINARY = getattr(os, "O_BINARY", 0)  # Windows has it


def folder() -> Path:
    """Where journals are kept unless it is told otherwise; it may not exist."""
    return paths.state_dir() / "reviews"


class Journal:
    """The steps of one review, a line each; the file appears with the first step.

    error: why the latest steps are not in the file, in words; they are tried again with the
        next one.
    """

    def __init__(self, place: Path | None, head: Callable[[], Head] | None) -> None:
        """A journal in this folder, whose first line is made when it is needed."""
        self.error: str | None = None
        self._place = place
        self._head = head
        self._path: Path | None = None
        self._handle: int | None = None
        self._end = 0  # of what is known to be in the file
        self._pending = b""
        self._closed = False

    @classmethod
    def reopened(cls, path: Path) -> tuple[Self, bytes]:
        """A journal that another process has left, and what is in it.

        Raises OSError if it is gone or in use.
        """
        handle = os.open(path, os.O_RDWR | _BINARY)
        try:
            lock(handle)
            path.stat()  # who had it may have removed it meanwhile
            with os.fdopen(handle, "rb", closefd=False) as stream:
                content = stream.read()
        except OSError:
            os.close(handle)
            raise
        journal = cls(path.parent, None)
        journal._path, journal._handle, journal._end = path, handle, len(content)
        return journal, content

    def cut(self, size: int) -> None:
        """Forget what comes after so many bytes. Raises OSError if it cannot be written."""
        os.ftruncate(self._handle, size)
        self._end = size

    def append(self, entry: Entry) -> None:
        """Add a step; it survives whatever happens next, or `error` says why not."""
        if self._closed:
            return
        self._pending += line(entry)
        try:
            if self._handle is None:
                self._create()
            self._write()
            self.error = None
        except OSError as error:
            self.error = f"the journal cannot be written: {error.strerror or error}"

    def leave(self) -> None:
        """Stop, and let the file be found again."""
        self._closed = True
        if self._handle is not None:
            os.close(self._handle)  # which unlocks it
            self._handle = None

    def close(self) -> None:
        """Stop, and remove the file: there is nothing to recover."""
        self.leave()
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink()

    def _create(self) -> None:
        place = folder() if self._place is None else self._place
        place.mkdir(_FOLDER_MODE, parents=True, exist_ok=True)
        # Only its owner can read it.
        self._handle, name = tempfile.mkstemp(SUFFIX, dir=place)
        self._path = Path(name)
        with suppress(OSError):  # some network file systems know no locks
            # An empty file is nobody's yet, so nobody else holds this.
            lock(self._handle)
        if self._head is not None:
            self._pending = line(self._head()) + self._pending
        sync(place)

    def _write(self) -> None:
        # What a failure has left half is written over.
        os.lseek(self._handle, self._end, os.SEEK_SET)
        rest = memoryview(self._pending)
        while rest:
            rest = rest[os.write(self._handle, rest) :]
        os.fsync(self._handle)
        self._end += len(self._pending)
        self._pending = b""
