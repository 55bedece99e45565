"""Words: unknown ones, ones in two parts, and ones in another form."""

import re
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from ..names import TOKEN, IsWord
from ..words import fold, stem
from .kinds import Drift, Finding
from .reading import REMEMBERED, folded_words, word_parts

# What may stand before a known word; "un" and "dis" are looked at by the negation guard too.
PREFIXES = ("un", "non", "over", "pre", "mis", "dis", "counter")
MIN_REST = 5  # letters behind a prefix
_ORDINAL = re.compile(r"(?i)\b\d*?(1[123]|\d)(st|nd|rd|th)\b")
# "prescription- experimental", but not "short- and long-term".
_DANGLING = re.compile(r"(?i)[^\W\d_]- (?!(?:and|or|to|but|versus)\b)[^\W\d_]+")
# Before the sound of a vowel and of a consonant; letters that may be either are left out.
_ARTICLE = re.compile(
    r"\b(?:[Aa] (?!one|once|eu|ewe)[aeio][a-z]+|[Aa]n (?!herb)[bcdfgjklmnpqrstvwyz][a-z]+)\b"
)
_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


def unknown_word_drift(source: str, target: str, is_word: IsWord | None) -> list[Finding]:
    """Words that the source does not have and no vocabulary knows: a model's own coinages."""
    if is_word is None:
        return []
    return [
        Finding(Drift.WORD, w)
        for w in sorted(word_parts(target) - word_parts(source))
        if "'" not in w and not is_word(w) and not is_word(w.capitalize())
        if not _is_prefixed(w, is_word)
    ]


def ordinal_drift(source: str, target: str) -> list[Finding]:
    """An ordinal with a wrong ending, as in "22th"."""
    return [
        Finding(Drift.WORD, match.group())
        for match in _ORDINAL.finditer(target)
        if match[2].lower() != _ENDINGS.get(match[1], "th") and match.group() not in source
    ]


def spelling_drift(source: str, target: str) -> list[Finding]:
    """A hyphen that leads nowhere, and "a" or "an" before the wrong sound."""
    return [
        Finding(Drift.WORD, match.group())
        for pattern in (_DANGLING, _ARTICLE)
        for match in pattern.finditer(target)
        if match.group() not in source
    ]


def _is_prefixed(word: str, is_word: IsWord) -> bool:
    return any(
        word.startswith(prefix)
        and len(word) >= len(prefix) + MIN_REST
        and is_word(word.removeprefix(prefix))
        for prefix in PREFIXES
    )


def split_word_drift(source: str, target: str) -> list[Finding]:
    """A word of the source in two parts: "un documented", "cross- examination"."""
    given, shown = frozenset(_joined(source)), _joined(target)
    return [
        Finding(Drift.WORD, f"{a} {b}")
        for a, b in pairwise(shown)
        if a + b in given and a + b not in shown and not (a + b).isdigit()
        if not (a in given and b in given)
    ]


def inflection_drift(source: str, target: str) -> list[Finding]:
    """A word in another form between unchanged neighbours: tense and number are facts too."""
    a, b = folded_words(source), folded_words(target)
    # The costly comparison is for texts that hold two forms of one word.
    if not _stems(set(a) - set(b)) & _stems(set(b) - set(a)):
        return []
    changes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [
        Finding(Drift.INFLECTION, f"{a[i]} became {b[j]}")
        for kind, i, i_end, j, j_end in changes
        if kind == "replace" and (i_end - i, j_end - j) == (1, 1) and stem(a[i]) == stem(b[j])
    ]


def _stems(found: set[str]) -> set[str]:
    return {stem(word) for word in found}


@lru_cache(REMEMBERED)
def _joined(text: str) -> tuple[str, ...]:
    return tuple(fold(t).replace("-", "") for t in TOKEN.findall(text))
