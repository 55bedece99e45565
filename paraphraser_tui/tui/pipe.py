"""The UI in the middle of a pipe: text from standard input, keys from the terminal itself."""

import os
import sys
from typing import TextIO

from ..errors import InputError, OutputError

TERMINAL = "/dev/tty"
DRIVER_VARIABLE = "TEXTUAL_DRIVER"  # set by textual-serve


def is_served() -> bool:
    """Whether a browser is the terminal; standard input and output belong to it then."""
    return bool(os.environ.get(DRIVER_VARIABLE))


def comes_in() -> bool:
    """Whether a text comes through standard input."""
    return not is_served() and _is_no_terminal(sys.stdin)


def goes_on() -> bool:
    """Whether somebody waits for the result on standard output."""
    return not is_served() and _is_no_terminal(sys.stdout)


def is_shown() -> bool:
    """Whether there is a screen to draw on, which is standard error."""
    return is_served() or not (sys.stderr is None or _is_no_terminal(sys.stderr))


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


def write_output(data: bytes) -> None:
    """The result, to standard output. Raises OutputError."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads any more
    except OSError as error:
        raise OutputError(f"standard output cannot be written: {error.strerror}") from None


def _is_no_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and not stream.isatty()
