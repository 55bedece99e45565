"""What is said on stderr while and after the work is done."""

import sys
import time
from contextlib import suppress

from ..engine.result import Result
from ..text.prose import NotProse
from ..text.sanitize import one_line

# A bar for work of a second would only flicker.
PATIENCE = 2.0


def complain(message: str) -> None:
    """One line about what went wrong, safe to show."""
    say(f"error: {message}")


def say(message: str) -> None:
    """One plain line on stderr; nothing if stderr is closed."""
    if sys.stderr is not None:
        with suppress(OSError):  # nobody reads it: that must not stop the work
            print(f"paraphrase: {one_line(message)}", file=sys.stderr, flush=True)


class Progress:
    """A bar for long work if stderr is a terminal that does not show the output too."""

    def __init__(self, total: int | None, shows_output: bool) -> None:
        self._wanted = bool(sys.stderr and sys.stderr.isatty() and not shows_output)
        self._total = total
        self._start = time.monotonic()
        self._bar = None
        self._done = self._sentences = 0

    def add(self, done: int, sentences: int) -> None:
        """So many bytes more of the total are finished, and so many sentences."""
        self._done += done
        self._sentences += sentences
        if not self._wanted or time.monotonic() - self._start < PATIENCE:
            return
        if self._bar is None:
            # Imported only when somebody looks and has waited anyway.
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(transient=True, console=Console(stderr=True))
            self._task = self._bar.add_task("paraphrasing", total=self._total)
            self._bar.start()
        told = f"{self._sentences} sentences"
        self._bar.update(self._task, completed=self._done, description=told)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


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
