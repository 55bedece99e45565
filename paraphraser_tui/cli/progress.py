"""What is said on stderr while and after the work is done."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING

from ..engine.result import Result
from ..text.prose import NotProse
from ..text.sanitize import one_line

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

# A bar for work of a second would only flicker.
PATIENCE = 2.0
BAR_WIDTH = 24


def complain(message: str) -> None:
    """One line about what went wrong, safe to show."""
    say(f"error: {message}")


def say(message: str) -> None:
    """One plain line on stderr; nothing if stderr is closed."""
    if sys.stderr is not None:
        with suppress(OSError):  # nobody reads it: that must not stop the work
            print(f"paraphrase: {one_line(message)}", file=sys.stderr, flush=True)


class Progress:
    """A bar for long work if stderr is a terminal that does not show the output too.

    total: bytes, if they are known. files: how many have a share each, if they have.
    """

    def __init__(self, total: int | None, shows_output: bool, files: int = 0) -> None:
        self._wanted = bool(sys.stderr and sys.stderr.isatty() and not shows_output)
        self._total = total
        self._files = files
        self._start = time.monotonic()
        self._lock = Lock()  # files may be worked on side by side
        self._bar = None
        self._done = self._sentences = self._begun = 0
        self._name = ""

    def add(self, done: int, sentences: int) -> None:
        """So many bytes more of the total are finished, and so many sentences."""
        with self._lock:
            self._done += done
            self._sentences += sentences
            self._show()

    @contextmanager
    def file(self, name: str, size: int | None) -> Iterator["FileProgress"]:
        """The share of a file that begins now; afterwards all of it counts as finished."""
        with self._lock:
            self._begun += 1
            self._name = PurePath(name).name
            self._show(now=True)
        share = FileProgress(self, size or 0)
        try:
            yield share
        finally:
            share.finish()

    def close(self) -> None:
        """Take the bar away, for good: files that were interrupted may still end."""
        with self._lock:
            self._wanted = False
            if self._bar is not None:
                self._bar.stop()

    def _show(self, now: bool = False) -> None:
        """Now, or when the bar is drawn next, which is a few times a second."""
        if not self._wanted or time.monotonic() - self._start < PATIENCE:
            return
        told = self._told()
        if self._bar is None:
            self._bar, self._task = _bar(told, self._total)
        self._bar.update(self._task, completed=self._done, description=told, refresh=now)

    def _told(self) -> str:
        if self._files > 1:
            return one_line(f"file {self._begun} of {self._files}: {self._name}")
        return f"{self._sentences} sentences"


class FileProgress:
    """What one file adds to a bar: its size, whatever is counted on the way."""

    def __init__(self, whole: Progress, size: int) -> None:
        self._whole = whole
        self._left = size

    def add(self, done: int, sentences: int) -> None:
        """See `Progress.add`; a Word document holds more text than bytes, or less."""
        done = min(done, self._left)
        self._left -= done
        self._whole.add(done, sentences)

    def finish(self) -> None:
        """Nothing more comes, also if the file failed."""
        self.add(self._left, 0)


def _bar(told: str, total: int | None) -> tuple["Bar", "TaskID"]:
    """A bar that runs, and its task."""
    # Imported only when somebody looks and has waited anyway.
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    bar = Bar(
        # A file's name is no markup, and a long one is cut off rather than the bar.
        TextColumn("{task.description}", markup=False, table_column=Column(ratio=1, no_wrap=True)),
        BarColumn(BAR_WIDTH),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        expand=True,
        transient=True,
        console=Console(stderr=True),
    )
    task = bar.add_task(told, total=total)
    bar.start()
    return bar, task


class Tally:
    """Counts sentences and those that stayed as they were; more for a report."""

    def __init__(self, verbose: bool, report: bool = False) -> None:
        self._verbose = verbose
        self._statistics = None
        if report:
            from ..document.statistics import Statistics

            self._statistics = Statistics()
        self.sentences = 0
        self.kept = 0

    def add(self, result: Result) -> None:
        """Count a result, and say why it was kept if that is wanted."""
        self.sentences += 1
        if self._statistics:
            self._statistics.add(result)
        if result.kept is None:
            return
        # A greeting is nobody's failure.
        self.kept += not isinstance(result.kept, NotProse)
        if self._verbose:
            say(f"sentence {self.sentences} kept: {result.reason}")

    def summary(self) -> None:
        """The report, or how many were kept if a person is looking."""
        if self._statistics:
            for line in self._statistics.lines():
                say(line)
        elif self.kept and not self._verbose and sys.stderr and sys.stderr.isatty():
            say(f"kept {self.kept} of {self.sentences} sentences; --verbose says why")
