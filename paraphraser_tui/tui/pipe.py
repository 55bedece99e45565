"""The UI in the middle of a pipe: text from standard input, keys from the terminal itself."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

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
            stream = Path(os.devnull).open(mode)
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


@contextmanager
def outlet() -> Iterator[BinaryIO | None]:
    """Standard output, for the result, if it goes on; the terminal stands in its place meanwhile.

    There the UI's library asks for the size of the screen. Raises OutputError for what cannot be
    written.
    """
    if not goes_on():
        yield None
        return
    place = sys.stdout.fileno()
    kept = os.dup(place)
    os.dup2(sys.stderr.fileno(), place)
    try:
        with os.fdopen(kept, "wb") as stream:
            yield stream
    except BrokenPipeError:
        pass  # nobody reads any more
    except OSError as error:
        raise OutputError(f"standard output cannot be written: {error.strerror}") from None


def _is_no_terminal(stream: TextIO) -> bool:
    return not stream.closed and not stream.isatty()
