"""The persons spoken of: I and we, you, he, she, and whether a man or a woman is meant."""

import re
from functools import lru_cache

from .kinds import Drift, Finding
from .reading import REMEMBERED, cased_words, folded_words, straight

_SPEAKERS = (
    frozenset("i me my mine myself we us our ours ourselves".split()),
    frozenset("you your yours yourself yourselves".split()),
)
_OTHERS = (frozenset("he him his himself".split()), frozenset("she her hers herself".split()))
_MEN = "boy brother father grandfather husband nephew son stepfather uncle".split()
_WOMEN = "girl sister mother grandmother wife niece daughter stepmother aunt".split()
_PAIRED = dict(zip(_MEN + _WOMEN, _WOMEN + _MEN, strict=True))
_PAIRED |= {f"{one}s": f"{other}s" for one, other in _PAIRED.items()}
_FEMALE, _MALE = ("woman", "women"), ("man", "men")  # also at the end of a word: "chairwoman"
_LETS = re.compile(r"(?i)\blet's\b")


def person_drift(source: str, target: str) -> list[Finding]:
    """The speaker or the one spoken to lost or new, a new he or she, or a man for a woman."""
    a, b = _first_parts(source), _first_parts(target)
    found = []
    for pronouns in _SPEAKERS:
        if bool(a & pronouns) != bool(b & pronouns):
            where = "is missing" if a & pronouns else "is new"
            found.append(Finding(Drift.PERSON, f"{min((a | b) & pronouns)} {where}"))
    for pronouns in _OTHERS:
        if b & pronouns and not a & pronouns:
            found.append(Finding(Drift.PERSON, f"{min(b & pronouns)} is new"))
    for word in sorted(a - b):
        if (other := _of_the_other_sex(word)) in b - a:
            found.append(Finding(Drift.PERSON, f"{word} became {other}"))
    return found


def _of_the_other_sex(word: str) -> str | None:
    for female, male in zip(_FEMALE, _MALE, strict=True):
        if word.endswith(female):
            return word.removesuffix(female) + male
        if word.endswith(male):
            return word.removesuffix(male) + female
    return _PAIRED.get(word)


@lru_cache(REMEMBERED)
def _first_parts(text: str) -> frozenset[str]:
    """First parts of all words, in lower case: "you're" is "you", and "let's" means us."""
    pairs = zip(cased_words(text), folded_words(text), strict=True)
    # "US" is a country, "us" is not.
    found = {folded.split("'")[0] for word, folded in pairs if word != "US"}
    return frozenset(found | {"us"} if _LETS.search(straight(text)) else found)
