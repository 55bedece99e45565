"""Unified diffs of a rewritten document, as `patch` reads them.

A replaced sentence has as many lines as it had, so the old and the new text match line by
line: nothing has to be searched, and only the lines around a change are held in memory.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import InputError
from ..text.decode import Encoding
from ..text.sanitize import one_line

CONTEXT = 3  # unchanged lines around a change
_NO_END = "\\ No newline at end of file\n"


@dataclass
class _Hunk:
    start: int  # number of its first line, from 1
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    quiet: int = 0  # unchanged lines at its end

    def add(self, old: str, new: str) -> None:
        self.quiet = self.quiet + 1 if old == new else 0
        self.old.append(old)
        self.new.append(new)

    def lines(self) -> Iterator[str]:
        """The hunk as a diff shows it, without the context that is too much."""
        count = len(self.old) - max(0, self.quiet - CONTEXT)
        yield f"@@ -{self.start},{count} +{self.start},{count} @@\n"
        removed: list[str] = []
        added: list[str] = []
        for old, new in zip(self.old[:count], self.new[:count], strict=True):
            if old != new:
                removed.append(_line("-", old))
                added.append(_line("+", new))
                continue
            yield from (*removed, *added, _line(" ", old))
            removed, added = [], []
        yield from (*removed, *added)


class UnifiedDiff:
    """Takes a document stretch by stretch and gives its diff hunk by hunk."""

    def __init__(self, old_name: str, new_name: str) -> None:
        # A name with a blank ends at a tab.
        self._header = [f"--- {old_name}\t\n", f"+++ {new_name}\t\n"]
        self._old, self._new = "", ""  # of the line that has not ended yet
        self._before: deque[str] = deque(maxlen=CONTEXT)
        self._hunk: _Hunk | None = None
        self._number = 0  # of lines that have ended

    def feed(self, old: str, new: str) -> Iterator[str]:
        """Lines of the diff that are certain once this stretch is known.

        Both stretches have the same number of line feeds.
        """
        old_lines = (self._old + old).split("\n")
        new_lines = (self._new + new).split("\n")
        self._old, self._new = old_lines.pop(), new_lines.pop()
        for before, after in zip(old_lines, new_lines, strict=True):
            yield from self._line(before + "\n", after + "\n")

    def finish(self) -> Iterator[str]:
        """The rest."""
        if self._old or self._new:
            yield from self._line(self._old, self._new)
        yield from self._close()

    def _line(self, old: str, new: str) -> Iterator[str]:
        self._number += 1
        if self._hunk is None and old != new:
            self._hunk = _Hunk(self._number - len(self._before))
            for line in self._before:
                self._hunk.add(line, line)
        if self._hunk is None:
            self._before.append(old)
            return
        self._hunk.add(old, new)
        if self._hunk.quiet > 2 * CONTEXT:
            yield from self._close()

    def _close(self) -> Iterator[str]:
        if self._hunk is not None:
            yield from self._header
            self._header = []
            yield from self._hunk.lines()
            self._before.extend(self._hunk.old[-CONTEXT:])
            self._hunk = None


class FileDiff(UnifiedDiff):
    """The diff of a file, which `patch` can apply to it: its byte order mark is in it."""

    def __init__(self, name: str, encoding: Encoding) -> None:
        """Raises InputError for an encoding whose line ends `patch` does not know."""
        if "\n".encode(encoding.name) != b"\n":
            raise InputError(f"{name} is {encoding.name}, which patch cannot read; drop the diff")
        super().__init__(one_line(name), one_line(name))
        self._mark = encoding.mark.decode(encoding.name) if encoding.mark else ""

    def feed(self, old: str, new: str) -> Iterator[str]:
        """See `UnifiedDiff.feed`."""
        mark, self._mark = self._mark, ""
        return super().feed(mark + old, mark + new)


def _line(mark: str, text: str) -> str:
    return f"{mark}{text}" if text.endswith("\n") else f"{mark}{text}\n{_NO_END}"
