"""Two wordings of a sentence in parts, of which each can be taken from the one or the other."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from ..text.worddiff import Kind, Run, word_diff

# A stretch that both have holds two parts asunder if it has so many words, or one as long as that:
# "of" or a comma in common is chance, and pieces around it would not go together.
HOLDING_WORDS = 2
HOLDING_LENGTH = 3

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Part:
    """A stretch of the sentence in both wordings; either may be empty there."""

    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return self.first != self.second

    def __add__(self, other: Self) -> Self:
        return replace(self, first=self.first + other.first, second=self.second + other.second)


NOTHING = Part("", "")


def parts(first: str, second: str) -> tuple[Part, ...]:
    """The parts of which both wordings consist; of two neighbours only one differs.

    >>> [(part.first, part.second) for part in parts("A few of us ate.", "Some of us had eaten.")]
    [('A few', 'Some'), (' of us', ' of us'), (' ate', ' had eaten'), ('.', '.')]
    """
    return tuple(_joined(map(_part, word_diff(first, second))))


def _part(run: Run) -> Part:
    return Part(
        "" if run.kind is Kind.ADDED else run.text, "" if run.kind is Kind.REMOVED else run.text
    )


def _joined(found: Iterable[Part]) -> Iterator[Part]:
    """Differences that stand side by side, or with too little between them, as one."""
    waiting: list[Part] = []  # a difference, and perhaps what follows and does not hold
    for part in found:
        if part.differs:
            waiting = [sum(waiting, NOTHING) + part]
        elif len(waiting) == 1 and not _holds(part.first):
            waiting.append(part)
        else:
            yield from (*waiting, part)
            waiting = []
    yield from waiting


def _holds(common: str) -> bool:
    words = _WORD.findall(common)
    return len(words) >= HOLDING_WORDS or any(len(word) >= HOLDING_LENGTH for word in words)


@dataclass(frozen=True)
class Mix:
    """A choice among the parts; one that differs is marked.

    taken: the places of the parts that are taken from the second wording.
    marked: counts the parts that differ.
    """

    parts: tuple[Part, ...]
    taken: frozenset[int] = frozenset()
    marked: int = 0

    @classmethod
    def of(cls, first: str, second: str) -> Self:
        """All from the first wording, to begin with."""
        return cls(parts(first, second))

    @property
    def differing(self) -> tuple[int, ...]:
        """The places of the parts that differ."""
        return tuple(place for place, part in enumerate(self.parts) if part.differs)

    @property
    def place(self) -> int | None:
        """The place of the marked part; None if both wordings are the same."""
        return self.differing[self.marked] if self.differing else None

    @property
    def text(self) -> str:
        """The sentence as it is chosen."""
        return "".join(map(self.chosen, range(len(self.parts))))

    def chosen(self, place: int) -> str:
        """What a part says."""
        part = self.parts[place]
        return part.second if place in self.taken else part.first

    def move(self, by: int) -> Self:
        """Mark another part that differs, as far as there are any."""
        last = max(len(self.differing) - 1, 0)
        return replace(self, marked=min(max(self.marked + by, 0), last))

    def switch(self) -> Self:
        """Take the marked part from the other wording."""
        return self if self.place is None else replace(self, taken=self.taken ^ {self.place})

    def at(self, place: int) -> Self:
        """Mark the part at a place, if it differs."""
        where = self.differing
        return replace(self, marked=where.index(place)) if place in where else self
