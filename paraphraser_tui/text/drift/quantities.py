"""The numbers of a text with their units, read as values.

"3", "three"; "1,000", "a thousand"; "$5 million", "5 million dollars"; "3rd", "third".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from .clock import clock_times
from .measures import UNITS
from .number_reader import TOKEN, Reader
from .numerals import NUMBER_WORDS, Quantity
from .reading import REMEMBERED, straight, word_parts

# A quick look; most sentences have no number.
_DIGIT_OR_ONE = re.compile(r"(?i)\d|\bone\b|ties\b")


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a text in lower case, and the units among them."""

    words: frozenset[str]
    units: frozenset[str]


@lru_cache(REMEMBERED)
def quantities(text: str) -> tuple[Quantity, ...]:
    """All numbers of a text in reading order; times of day are left out."""
    if NUMBER_WORDS.isdisjoint(word_parts(text)) and not _DIGIT_OR_ONE.search(text):
        return ()
    return tuple(Reader(clock_times(straight(text))[1].lower()).read())


@lru_cache(REMEMBERED)
def unit_words(text: str) -> Words:
    """The words of a text, and the units it speaks of, beside a number or not."""
    found = [m for m in TOKEN.finditer(straight(text).lower()) if not m["digits"]]
    words = frozenset(m.group() for m in found)
    units = {UNITS[w] for w in words if w in UNITS} | {q.unit for q in quantities(text)}
    return Words(words, frozenset(units - {""}))
