"""Repetition that the source does not have: the way small models stumble."""

import re
from collections import Counter
from functools import lru_cache
from string import ascii_lowercase

from .kinds import Drift, Finding
from .numerals import SCALES
from .reading import REMEMBERED, content, folded_words

# Runs of so many words said twice running ("in the end in the end") ...
LOOPS = range(2, 5)
# ... and runs of so many words said twice anywhere.
ECHO = 4

# From $5m, 5 million and 5 p.m.
_NO_WORDS = frozenset({*SCALES, *ascii_lowercase})
_DOUBLED = re.compile(r"(?i)\b([^\W\d_]+) \1\b")


def repetition_drift(source: str, target: str) -> list[Finding]:
    """A content word said more often than in the source, or words said twice running."""
    a, b = _stem_counts(source), _stem_counts(target)
    found = [
        Finding(Drift.REPETITION, f"of {w}")
        for w, n in b.items()
        if n > max(1, a[w]) and w not in _NO_WORDS
    ]
    if _DOUBLED.search(target) and not _DOUBLED.search(source):
        found.append(Finding(Drift.REPETITION, "of a word twice running"))
    runs = _repeated(target)
    if runs:
        before = _repeated(source)
        found += (Finding(Drift.REPETITION, f"of {' '.join(run)}") for run in runs - before)
    return found


@lru_cache(REMEMBERED)
def _stem_counts(text: str) -> Counter[str]:
    return Counter(content(text))


@lru_cache(REMEMBERED)
def _repeated(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of words that come twice running, and long ones that come twice."""
    found = folded_words(text)
    if len(set(found)) == len(found):
        return frozenset()
    loops = [
        run
        for n in LOOPS
        for i, run in enumerate(_runs(found, n))
        if found[i + n : i + 2 * n] == run
    ]
    return frozenset(loops + [g for g, n in Counter(_runs(found, ECHO)).items() if n > 1])


def _runs(found: tuple[str, ...], n: int) -> list[tuple[str, ...]]:
    return [found[i : i + n] for i in range(len(found) - n + 1)]
