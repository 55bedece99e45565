"""Direct quotations: their words stay, and so do the marks."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from .kinds import Drift, Finding, lost_and_new
from .reading import REMEMBERED, straight

_DOUBLE = re.compile(r'"([^"]*)"')
# A mark before a word and one behind, no apostrophe: 'tis and '90s open nothing.
_SINGLE = re.compile(
    r"(?<![\w'])'(?!(?:tis|twas|em|til|cause|bout|n|s)\b|\d\ds?\b)(?=\w)([^'\"]*(?:\w'\w[^'\"]*)*)"
    r"(?<=[\w.,!?])'(?!\w)"
)
_INCHES = re.compile(r'(?<=\d)"')
_WORD = re.compile(r"\w+(?:'\w+)*")


@dataclass(frozen=True)
class _Quotes:
    marks: int  # double ones
    said: Counter[str]


def quote_drift(source: str, target: str) -> list[Finding]:
    """Quotations lost, new or altered, and marks that do not pair."""
    a, b = _quotes(source), _quotes(target)
    if a == b:
        return []
    # Part of a longer quotation: its words cannot be told from the rest.
    if a.marks % 2:
        return [Finding(Drift.QUOTE, "marks changed")] if a.marks != b.marks else []
    if b.marks % 2:
        return [Finding(Drift.QUOTE, "is not closed")]
    found = lost_and_new(Drift.QUOTE, _shown(a.said - b.said), _shown(b.said - a.said))
    if not found and a.marks != b.marks:
        found = [Finding(Drift.QUOTE, "marks changed")]
    return found


def _shown(said: Counter[str]) -> list[str]:
    return [f'"{words}"' for words in said]


@lru_cache(REMEMBERED)
def _quotes(text: str) -> _Quotes:
    """Double marks, and the words of each quotation in lower case without outer punctuation."""
    text = straight(text)
    if '"' not in text and "'" not in text:
        return _Quotes(0, Counter())
    marks = text.count('"')
    if marks % 2 and (shorter := _INCHES.sub("", text)).count('"') % 2 == 0:
        text, marks = shorter, shorter.count('"')
    found = [] if marks % 2 else _DOUBLE.findall(text)
    found += _SINGLE.findall(_DOUBLE.sub(" ", text))
    return _Quotes(marks, Counter(_words(quotation) for quotation in found))


def _words(quotation: str) -> str:
    return " ".join(_WORD.findall(quotation.lower()))
