"""The UI in the middle of a pipe: text from standard input, keys from the terminal itself."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from ..errors import InputError, OutputError

TERMINAL = "/dev/tty"
DRIVER_VARIABLE = "TEXTUAL_DRIVER"  # set by textual-serve


def is_served() -> bool:
    """Whether a browser is the terminal; standard input and output belong to it then."""
    return bool(os.environ.get(DRIVER_VARIABLE))


def mend_streams() -> None:
    """Put empty streams where there are none: files would get their numbers otherwise."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = os.fdopen(os.open(os.devnull, os.O_RDWR), mode)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


def comes_in() -> bool:
    """Whether a text comes through standard input."""
    return not is_served() and _is_no_terminal(sys.stdin)


def goes_on() -> bool:
    """Whether somebody waits for the result on standard output."""
    return not is_served() and _is_no_terminal(sys.stdout)


def is_shown() -> bool:
    """Whether there is a screen to draw on, which is standard error."""
    return is_served() or not _is_no_terminal(sys.stderr)


def read_input() -> bytes:
    """All of standard input; from then on it is the terminal.

    Raises InputError if it cannot be read or there is no terminal for the keys.
    """
    try:
        data = sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(f"standard input cannot be read: {error.strerror or error}") from None
    keys_from_terminal()
    return data


def keys_from_terminal() -> None:
    """Make the terminal the standard input. Raises InputError if there is none."""
    try:
        terminal = os.open(TERMINAL, os.O_RDWR)
    except OSError:
        raise InputError("there is no terminal for the keys; use paraphrase in a script") from None
    os.dup2(terminal, sys.stdin.fileno())
    os.close(terminal)


class Outlet:
    """Standard output, kept for the result while the terminal stands in its place."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def write(self, data: bytes) -> None:
        """All of it; nothing if nobody reads any more. Raises OutputError."""
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self._handle, left) :]
        except BrokenPipeError:
            pass
        except OSError as error:
            raise OutputError(f"standard output cannot be written: {error.strerror}") from None


@contextmanager
def outlet() -> Iterator[Outlet | None]:
    """Where the result goes on, if it does.

    Meanwhile standard output is the terminal: there the UI's library asks for its size.
    """
    if not goes_on():
        yield None
        return
    place = sys.stdout.fileno()
    kept = os.dup(place)
    os.dup2(sys.stderr.fileno(), place)
    try:
        yield Outlet(kept)
    finally:
        os.close(kept)


def _is_no_terminal(stream: TextIO) -> bool:
    return not stream.closed and not stream.isatty()
