"""Standard input, files or `--text` as a stream of bytes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from .request import Request

CHUNK = 1 << 16
STDIN = "-"


@dataclass(frozen=True)
class Source:
    """One text to read; `size` in bytes if it is known beforehand."""

    name: str
    size: int | None
    text: bytes | None = None

    @contextmanager
    def chunks(self) -> Iterator[Iterator[bytes]]:
        """Bytes as soon as they are there, in pieces of any length.

        Raises InputError if they cannot be read.
        """
        if self.text is not None:
            yield iter([self.text])
            return
        try:
            if self.name == STDIN:
                # read1 returns what a pipe holds now instead of waiting for more.
                yield _reading(self.name, sys.stdin.buffer.read1)
            else:
                with Path(self.name).open("rb") as stream:
                    yield _reading(self.name, stream.read1)
        except OSError as error:
            raise _unreadable(self.name, error) from None


def sources(request: Request) -> tuple[list[Source], list[InputError]]:
    """What to read, in order, and what is wrong with the files that cannot be.

    Raises that InputError, now rather than later, unless each file has an output of its own.
    """
    if request.text is not None:
        # An argument has no line end, but its answer on a terminal wants one.
        end = "" if request.text.endswith(("\n", "\r")) else "\n"
        data = (request.text + end).encode("utf-8", "surrogateescape")
        return [Source("--text", len(data), data)], []
    found, refused = [], []
    for name in request.files or (STDIN,):
        try:
            found.append(_source(name))
        except InputError as error:
            if not request.one_by_one:
                raise
            refused.append(error)
    return found, refused


def _source(name: str) -> Source:
    if name == STDIN:
        if sys.stdin is None or sys.stdin.closed:
            raise InputError("standard input is closed")
        return Source(name, None)
    path = Path(name)
    try:
        if path.is_dir():
            raise InputError(f"{name} is a directory")
        if not path.is_file():
            path.stat()  # it must be there, but opening a pipe would wait for its writer
            return Source(name, None)
        with path.open("rb"):
            return Source(name, path.stat().st_size)
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None


def _reading(name: str, read1) -> Iterator[bytes]:
    try:
        while chunk := read1(CHUNK):
            yield chunk
    except OSError as error:
        raise _unreadable(name, error) from None


def _unreadable(name: str, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or error
    return InputError(f"{name} cannot be read: {reason}")
