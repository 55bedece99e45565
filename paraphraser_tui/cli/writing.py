"""One binary stream for the result, so that a file and a pipe get the same bytes."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from ..errors import OutputError
from ..saving import replacing, unwritable


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
            raise unwritable(self._name, error) from None


@contextmanager
def writer(output: str | None, backup: str = "") -> Iterator[Writer]:
    """A writer to standard output, or to a file that appears only when it is complete.

    With a suffix as `backup` the file that it replaces is kept under its name with that.
    """
    if output is None:
        yield _standard_output()
        return
    with replacing(output, backup) as stream:
        yield Writer(stream, output)


def silence() -> None:
    """After the reader has gone: keep the interpreter from complaining when it flushes at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _standard_output() -> Writer:
    if sys.stdout is None or sys.stdout.closed:
        raise OutputError("standard output is closed")
    return Writer(sys.stdout.buffer, "standard output")
