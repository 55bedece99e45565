"""A terminal of its own for a command: a pty, a screen to read, and all bytes that came."""

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import pyte

ROWS, COLUMNS = 34, 120
GENEROUS = 90  # seconds until a test gives up; nothing here takes that long
POLL = 0.05
LOOK = 0.01
QUIET = 0.2  # seconds without output after which a screen counts as drawn
ALTERNATE_SCREEN = 1049 << 5  # as pyte files a private mode
STANDARD_ERROR = 2

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f7": "\x1b[18~",
    "f12": "\x1b[24~",
    "ctrl+e": "\x05",
    "ctrl+o": "\x0f",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+s": "\x13",
}


class Terminal:
    """Runs a command with a pty as its terminal; streams that are not given are the pty too.

    written: every byte that came. handle: our end of the pty. What is pressed goes there, not to
    a `stdin` that is given.
    """

    def __init__(self, command: Sequence[str], rows: int = ROWS, columns: int = COLUMNS, **popen):
        self.screen = pyte.Screen(columns, rows)
        self.written = b""
        self._stream = pyte.ByteStream(self.screen)
        self.handle, theirs = os.openpty()
        self._set_size(rows, columns)
        streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
        self.process = subprocess.Popen(
            command,
            start_new_session=True,
            preexec_fn=_take_terminal,
            **(streams | {"env": os.environ | {"TERM": "xterm-256color"}} | popen),
        )
        os.close(theirs)

    def press(self, *keys: str) -> None:
        """Press keys, by name or as they are typed, each when the screen has come to rest."""
        for key in keys:
            self.settle()
            self.type(KEYS.get(key, key))

    def type(self, text: str) -> None:
        """Send characters at once."""
        os.write(self.handle, text.encode())

    def wait_for(self, text: str) -> None:
        """Until the screen shows it; fails with the screen if it never does."""
        self.wait_until(lambda: text in self.text(), f"{text!r} on the screen")

    def wait_until(self, holds: Callable[[], bool], what: str) -> None:
        """Until something is so; fails with the screen if it never is."""
        end = time.monotonic() + GENEROUS
        while not holds():
            if not self._read(POLL) and self.process.poll() is not None and not holds():
                raise AssertionError(f"ended before: {what}\n{self.text()}")
            assert time.monotonic() < end, f"waited for {what}\n{self.text()}"

    def look(self, end: float) -> bool:
        """Take in what comes; at this time kill it, take in the rest, and return False."""
        if time.monotonic() < end:
            self._read(LOOK)
            return True
        self.kill()
        self.settle()
        return False

    def settle(self) -> None:
        """Until nothing more is drawn."""
        while self._read(QUIET):
            pass

    def resize(self, rows: int, columns: int) -> None:
        """Make the window larger or smaller."""
        self.screen.resize(rows, columns)
        self._set_size(rows, columns)

    def ended(self) -> int:
        """Wait for the end; returns the exit code."""
        end = time.monotonic() + GENEROUS
        while self.process.poll() is None:
            self._read(POLL)
            assert time.monotonic() < end, f"does not end\n{self.text()}"
        self.settle()
        return self.process.returncode

    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def is_restored(self) -> bool:
        """Whether the terminal is as a shell wants it."""
        return ALTERNATE_SCREEN not in self.screen.mode and not self.screen.cursor.hidden

    def kill(self) -> None:
        """End it the hard way."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        """Leave nothing behind."""
        self.kill()
        os.close(self.handle)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def _set_size(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, seconds: float) -> bool:
        """Take in what comes within so many seconds; whether something came."""
        if not select.select([self.handle], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.handle, 65536)
        except OSError:  # how Linux says that the other side has gone
            time.sleep(POLL)
            return False
        self.written += data
        self._stream.feed(data)
        return bool(data)


def _take_terminal() -> None:
    """In the child: the pty becomes the terminal that /dev/tty means."""
    for handle in range(STANDARD_ERROR + 1):
        if os.isatty(handle):
            fcntl.ioctl(handle, termios.TIOCSCTTY, 0)
            return
