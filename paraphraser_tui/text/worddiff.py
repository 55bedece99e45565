"""What changed between two versions of a sentence, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word, a number or one other character, each with the blanks before it; or blanks at the end.
# Accents that stand apart from their letter belong to the word.
_TOKEN = re.compile(r"\s*(?:[\w\u0300-\u036f]+(?:['’\-][\w\u0300-\u036f]+|[.,]\d+)*|\S)|\s+")


class Kind(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """A stretch of one kind; never empty."""

    text: str
    kind: Kind


def word_diff(old: str, new: str) -> tuple[Run, ...]:
    """The runs that lead from `old` to `new`; neighbours differ in kind.

    All but the removed ones make up `new`, all but the added ones `old`. What replaces
    something stands behind it.

    >>> [f"{run.kind}:{run.text}" for run in word_diff("It was fun.", "It is fun.")]
    ['same:It', 'removed: was', 'added: is', 'same: fun.']
    """
    runs: list[Run] = []
    for text, kind in _pieces(_TOKEN.findall(old), _TOKEN.findall(new)):
        if runs and runs[-1].kind is kind:
            text = runs.pop().text + text
        if text:
            runs.append(Run(text, kind))
    return tuple(runs)


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, Kind]]:
    # Blanks do not count as something in common: only words hold a diff together.
    matcher = SequenceMatcher(None, [t.strip() for t in old], [t.strip() for t in new])
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            for before, after in zip(old[start:end], new[new_start:new_end], strict=True):
                yield from _same_word(before, after)
        else:
            yield "".join(old[start:end]), Kind.REMOVED
            yield "".join(new[new_start:new_end]), Kind.ADDED


def _same_word(old: str, new: str) -> Iterator[tuple[str, Kind]]:
    """A word that stayed, with the blanks before it, which may have changed."""
    if old != new:
        word = new.strip()
        yield old.removesuffix(word), Kind.REMOVED
        yield new.removesuffix(word), Kind.ADDED
        new = word
    yield new, Kind.SAME
