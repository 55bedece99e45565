"""Modality: how sure, how binding.

Every modal word belongs to a strength, or to two where it is ambiguous ("could" is
possible or was able). A strength must find its like in the other text: "must" may become
"has to", "can" "is able to", and "may" must not become "must" nor nothing at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ..words import stem
from .kinds import Drift, Finding, lost_and_new
from .reading import REMEMBERED, cased_words, folded_words


class Strength(StrEnum):
    """What a modal word says of what it stands with."""

    OBLIGATION = "obligation"
    ADVICE = "advice"
    POSSIBILITY = "possibility"
    LIKELIHOOD = "likelihood"
    ABILITY = "ability"  # and permission, which English says with the same words
    PREDICTION = "prediction"


_O, _A, _M, _L, _C, _W = Strength

# Words that must find their like. "Can" is not among them: what "can be seen" "is seen".
_MODALS: dict[str, frozenset[Strength]] = {
    "must": frozenset({_O}),
    "shall": frozenset({_O, _W}),
    "should": frozenset({_A}),
    "may": frozenset({_M, _C}),
    "might": frozenset({_M}),
    "could": frozenset({_M, _C}),
    "will": frozenset({_W}),
    "mandatory": frozenset({_O}),
    "compulsory": frozenset({_O}),
    "obligatory": frozenset({_O}),
    "perhaps": frozenset({_M, _L}),
    "maybe": frozenset({_M, _L}),
    "possibly": frozenset({_M, _L}),
    "probably": frozenset({_L}),
    "likely": frozenset({_L}),
}
# The same of two words; the second may be any of several.
_PAIRS: dict[str, tuple[frozenset[str], frozenset[Strength]]] = {
    **dict.fromkeys(("have", "has", "had", "having"), (frozenset({"to"}), frozenset({_O}))),
    **dict.fromkeys(("need", "needs", "required", "obliged"), (frozenset({"to"}), frozenset({_O}))),
    "ought": (frozenset({"to"}), frozenset({_A})),
}
# Words, by their stems, that may stand for a strength but need no like themselves.
_LIKES: dict[Strength, str] = {
    _O: """
        require requirement need necessary necessity necessitate essential crucial vital imperative
        mandate mandatory oblige obligation obligatory force compel demand shall indispensable got
        call ought insist critical responsible responsibility gotta order duty bind bound
        """,
    _A: """
        recommend recommendation advise advisable advice suggest suggestion supposed better best
        encourage worth expect important ideal ideally ought wise need urge deserve propose
        essential crucial necessary vital
        """,
    _M: """
        may might could possible possibly possibility potential potentially perhaps maybe
        chance risk probably likely apparently seem appear suggest can conceivable uncertain
        sometimes occasionally opportunity prone tend susceptible possibility would if allow
        """,
    _L: """
        likely likelihood probably probable presumably expect tend tendency prone chance seem
        appear apparently suspect doubtless assume must should think guess unlikely bet odds would
        may might could
        """,
    _C: """
        can can't cannot able ability capable capability capacity allow enable permit permission
        let possible possibly possibility opportunity power unable incapable impossible inability
        manage way help helpful potential potentially may might could option available easy easily
        ease means feasible freedom free fail
        """,
    _W: """
        would shall going expect plan schedule intend set upcoming soon future tomorrow next
        about promise aim due forthcoming eventually bound destine predict forecast anticipate
        gonna unlikely ready prepare want
        """,
}
_LIKE_STEMS: dict[str, frozenset[Strength]] = {}
for _strength, _words in _LIKES.items():
    for _stem in map(stem, _words.split()):
        _LIKE_STEMS[_stem] = _LIKE_STEMS.get(_stem, frozenset()) | {_strength}

# What is forbidden is neither allowed nor to be done: "must not" may become "cannot".
_FORBIDDEN = frozenset({_O, _C})
# Behind these stand nouns: "the will", "a can", "with all his might".
_BEFORE_NOUN = frozenset(
    """
    the a an his its our their your my free own political iron good strong tin beer soda trash
    garbage watering spray paint of with
    """.split()
)
_MAY_BE_NOUN = frozenset("will can may might must need".split())
_BASES = {"ca": "can", "wo": "will", "sha": "shall"}
_NAME_START = frozenset("is was has were be brings marks saw".split())


@dataclass(frozen=True)
class _Modality:
    modals: dict[str, frozenset[Strength]]
    likes: dict[str, frozenset[Strength]]  # other words that may stand for a strength
    conditional: bool


def modality_drift(source: str, target: str) -> list[Finding]:
    """Modal words whose strength is not in the other text: a hedge lost, a duty invented."""
    a, b = _modality(source), _modality(target)
    lost, new = _unmatched(a, b), _unmatched(b, a)
    if lost and new:
        return [Finding(Drift.MODALITY, f"{lost[0]} became {new[0]}")]
    return lost_and_new(Drift.MODALITY, lost, new)


def _unmatched(one: _Modality, other: _Modality) -> list[str]:
    missing = {w: s for w, s in one.modals.items() if w not in other.modals}
    if not missing:
        return []
    # What both texts have replaces nothing.
    new = (strengths for word, strengths in other.likes.items() if word not in one.likes)
    at_hand = frozenset().union(*other.modals.values(), *new)
    if other.conditional:
        at_hand |= _MODALS["will"]  # "If it rains, we stay" and "we will stay" say the same
    return [word for word, strengths in missing.items() if strengths.isdisjoint(at_hand)]


@lru_cache(REMEMBERED)
def _modality(text: str) -> _Modality:
    likes = {s: _LIKE_STEMS[s] for s in map(stem, cased_words(text)) if s in _LIKE_STEMS}
    if _TO_BE_DONE.search(text):
        likes["to be"] = _MODALS["shall"]
    if any(word.endswith("'d") for word in cased_words(text)):
        likes["'d"] = _LIKE_STEMS[stem("would")]
    return _Modality(dict(_modals(text)), likes, not _CONDITIONS.isdisjoint(folded_words(text)))


def _modals(text: str) -> Iterator[tuple[str, frozenset[Strength]]]:
    found = cased_words(text)
    lower = [word.lower() for word in found]
    for i, word in enumerate(lower):
        following = lower[i + 1] if i + 1 < len(lower) else ""
        base, denied = _base(word, following)
        if base in _MODALS:
            empty = (i == 0 and following in _ASKED) or (base == "could" and following in _SENSES)
            if not empty and not _is_noun(found, lower, i):
                strengths = _MODALS[base]
                yield base, strengths | _FORBIDDEN if denied and base != "will" else strengths
        elif base in _PAIRS and following in _PAIRS[base][0] and lower[i + 2 : i + 4] != _ABOUT:
            yield f"{base} {following}", _PAIRS[base][1]


_ASKED = frozenset({"you", "i", "we"})  # "Could you" asks; nothing is thought possible
_CONDITIONS = frozenset("if when once until unless whenever".split())
# "Could feel" is no more than "felt".
_SENSES = frozenset("feel see hear smell taste sense tell".split())
_TO_BE_DONE = re.compile(r"(?i)\b(?:is|are|be) to\b")
_ABOUT = ["do", "with"]  # "has to do with"


def _base(word: str, following: str) -> tuple[str, bool]:
    """The modal of "can't", "cannot" or "they'll", and whether it is denied."""
    if word.endswith("n't"):
        return _BASES.get(word[:-3], word[:-3]), True
    if word == "cannot":
        return "can", True
    if word.endswith("'ll"):
        return "will", False
    return word, following == "not"


def _is_noun(found: tuple[str, ...], lower: list[str], i: int) -> bool:
    """Whether it is the month, a name, or a noun: "May", "Will Smith", "the will"."""
    word = found[i]
    if lower[i] not in _MAY_BE_NOUN:
        return False
    if i and (lower[i - 1] in _BEFORE_NOUN or lower[i - 1].endswith("'s")):
        return True
    following = found[i + 1] if i + 1 < len(found) else ""
    if lower[i] in ("can", "will", "might") and following == "of":
        return True
    if not word[0].isupper() or word.isupper():
        return False
    return i > 0 or following[:1].isupper() or following in _NAME_START or not following
