"""One binary stream for the result, so that a file and a pipe get the same bytes."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ..errors import OutputError

DEFAULT_MODE = 0o666


class Closed(Exception):
    """The reader of our output has gone; there is nothing left to do."""


class Writer:
    """Writes bytes and turns what may go wrong into this project's errors."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self.is_terminal = stream.isatty()

    def write(self, data: bytes) -> None:
        """Write and flush: a reader sees each piece when it is done.

        Raises Closed if nobody reads any more, OutputError if the device is full or gone.
        """
        try:
            self._stream.write(data)
            self._stream.flush()
        except BrokenPipeError:
            raise Closed from None
        except OSError as error:
            raise _unwritable(self._name, error) from None


@contextmanager
def writer(output: str | None, backup: str = "") -> Iterator[Writer]:
    """A writer to standard output, or to a file that appears only when it is complete.

    With a suffix as `backup` the file that it replaces is kept under its name with that.
    """
    if output is None:
        yield _standard_output()
        return
    # A link is followed, so that it still is one afterwards.
    target = Path(os.path.realpath(output))
    if target.exists() and not target.is_file():
        try:
            # /dev/null, a named pipe: nothing to replace.
            with target.open("wb") as stream:
                yield Writer(stream, output)
        except BrokenPipeError:
            return  # the pipe's reader left, and what was still to be flushed has nowhere to go
        except OSError as error:
            raise _unwritable(output, error) from None
        return
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    except OSError as error:
        raise _unwritable(output, error) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            yield Writer(stream, output)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(target))
        if backup and target.exists():
            _keep(target, target.with_name(target.name + backup))
        Path(temporary).replace(target)
    except OSError as error:
        raise _unwritable(output, error) from None
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()


def silence() -> None:
    """After the reader has gone: keep the interpreter from complaining when it flushes at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _standard_output() -> Writer:
    if sys.stdout is None or sys.stdout.closed:
        raise OutputError("standard output is closed")
    return Writer(sys.stdout.buffer, "standard output")


def _keep(target: Path, copy: Path) -> None:
    """A copy of the old file, complete whenever it is there."""
    handle, temporary = tempfile.mkstemp(prefix=f".{copy.name}-", dir=copy.parent)
    os.close(handle)
    try:
        shutil.copy2(target, temporary)
        Path(temporary).replace(copy)
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those of a new file."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return DEFAULT_MODE & ~mask


def _unwritable(name: str, error: OSError) -> OutputError:
    return OutputError(f"{name} cannot be written: {error.strerror or error}")
