"""The persons spoken of: I and we, you, he, she."""

import re
from functools import lru_cache

from .kinds import Drift, Finding
from .reading import REMEMBERED, cased_words, folded_words, straight

_SPEAKERS = (
    frozenset("i me my mine myself we us our ours ourselves".split()),
    frozenset("you your yours yourself yourselves".split()),
)
_OTHERS = (frozenset("he him his himself".split()), frozenset("she her hers herself".split()))
_LETS = re.compile(r"(?i)\blet's\b")


def person_drift(source: str, target: str) -> list[Finding]:
    """The speaker or the one spoken to lost or new, or a new he or she."""
    a, b = _pronouns(source), _pronouns(target)
    found = []
    for pronouns in _SPEAKERS:
        if bool(a & pronouns) != bool(b & pronouns):
            where = "is missing" if a & pronouns else "is new"
            found.append(Finding(Drift.PERSON, f"{min((a | b) & pronouns)} {where}"))
    for pronouns in _OTHERS:
        if b & pronouns and not a & pronouns:
            found.append(Finding(Drift.PERSON, f"{min(b & pronouns)} is new"))
    return found


@lru_cache(REMEMBERED)
def _pronouns(text: str) -> frozenset[str]:
    """First parts of all words, in lower case: "you're" is "you", and "let's" means us."""
    pairs = zip(cased_words(text), folded_words(text), strict=True)
    # "US" is a country, "us" is not.
    found = {folded.split("'")[0] for word, folded in pairs if word != "US"}
    return frozenset(found | {"us"} if _LETS.search(straight(text)) else found)
