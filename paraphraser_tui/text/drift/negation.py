"""Negation: as many denials as before, counted by what they amount to.

A denial may change its words: "not able", "unable"; "no longer", "stopped"; "not happy",
"unhappy"; "not uncommon", "common".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..words import NEGATIONS, fold, stem, words
from .kinds import Drift, Finding
from .reading import REMEMBERED, folded_words, straight

# Each denies as "not" does; some as people type them.
_DENIALS = NEGATIONS | frozenset(
    """
    unable inability lack lacks lacked lacking impossible impossibility no-one
    dont didnt doesnt isnt wasnt cant
    """.split()
)
# May stand for a denial and may also stand for themselves, by their stems.
_MAY_DENY = frozenset(
    map(
        stem,
        """
        fail failure refuse decline avoid prevent prohibit forbid ban deny denial reject
        miss missing exclude oppose stop cease halt quit former formerly unless absent absence
        free shortage scarcity insufficient inadequate rare rarely seldom infrequent few otherwise
        unsuccessful devoid ineffective incapable incorrect wrong false unaware ignorant omit
        exempt zero skip
        """.split(),
    )
)
# "Not only", "no doubt", "can't help but": nothing is denied.
_IDLE = re.compile(
    r"(?i)\b(?:not (?:only|just|merely|simply|solely|to mention|least)|or not"
    r"|no (?:matter|doubt|wonder|surprise|less|more than|fewer than|later than|sooner)"
    r"|without (?:a |any )?doubt|without question|nothing (?:but|short of|to do with)"
    r"|none other than|(?:can(?:'t|not)|could(?:n't| not)) help|never ?mind|why not"
    r"|not (?:more|less|fewer) than|if not|isn't it)\b|\bno\.(?= ?\d)"
)
# "Not uncommon": a denial denied.
_DOUBLE = re.compile(
    r"(?i)(?:\b(?:not|never|cannot|nothing)|n't)"
    r"(?: (?:at all|all that|entirely|completely|altogether|totally|very|so|too|an?|be|been|in))*"
    r" (un(?!der|it|iq|iv|iform|ion|til|to|less|cle)[a-z]{4,}|impossible|improbable|infrequent\w*"
    r"|insignificant|inconsiderable|dissimilar|disagree\w*|without|lacking|lack)\b"
)
# "Neither ... nor" and "no ... and no" deny once.
_AGAIN = re.compile(r"(?i)\bnor\b|(?:\band|\bor|,) no\b|\bor without\b")
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non-", "non", "mis")
_SUFFIXES = ("less", "-free")
MIN_STEM = 3
_SAME = frozenset({"invaluable", "inflammable", "inhabit", "illuminate", "inform"})


@dataclass(frozen=True)
class _Denials:
    count: int  # sure ones
    may: frozenset[str]  # stems that may stand for one
    doubled: tuple[str, ...]  # "uncommon" of "not uncommon", which comes to nothing
    words: frozenset[str]


def negation_drift(source: str, target: str) -> list[Finding]:
    """More or fewer denials than in the source."""
    a, b = _denials(source), _denials(target)
    low_a, high_a = _bounds(a, b)
    low_b, high_b = _bounds(b, a)
    if low_a <= high_b and low_b <= high_a:
        return []
    return [Finding(Drift.NEGATION, "is missing" if low_a > high_b else "is new")]


def _bounds(one: _Denials, other: _Denials) -> tuple[int, int]:
    """The fewest and the most denials that a text may be said to hold beside another."""
    others = other.words - one.words
    count = one.count + sum(_is_opposite(w, others) for w in one.words - other.words)
    # "Not uncommon" beside "uncommon" denies; beside "common" or "not rare" it may not.
    count += (plain := sum(w in other.words for w in one.doubled))
    # What both texts have changes nothing; of the rest one word may stand for one denial.
    return count, count + bool(one.may - other.may) + len(one.doubled) - plain


def _is_opposite(word: str, others: frozenset[str]) -> bool:
    """Whether the other text has the word without its negative prefix or ending."""
    if word in _SAME or _denies(word):
        return False
    bases = [word.removeprefix(p) for p in _PREFIXES if word.startswith(p)]
    bases += [word.removesuffix(s) for s in _SUFFIXES if word.endswith(s)]
    return any(len(base) >= MIN_STEM and base in others for base in bases)


@lru_cache(REMEMBERED)
def _denials(text: str) -> _Denials:
    found, doubled = folded_words(text), ()
    count = sum(map(_denies, found))
    if count:
        plain = straight(text)
        doubled = tuple(word.lower() for word in _DOUBLE.findall(plain))
        plain = _IDLE.sub(" ", _DOUBLE.sub(" ", plain))
        found = folded_words(plain)
        count = sum(map(_denies, found)) - _again(plain)
    may = frozenset(s for s in map(stem, found) if s in _MAY_DENY)
    return _Denials(max(0, count), may, doubled, frozenset(found))


def _again(text: str) -> int:
    """How many denials only carry on another."""
    places = [m.start() for m in _AGAIN.finditer(text)]
    return sum(any(_denies(fold(w)) for w in words(text[:place])) for place in places)


def _denies(word: str) -> bool:
    return word in _DENIALS or word.endswith("n't")
