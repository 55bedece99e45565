"""What a paraphrase must not add: sentences, and words that lean on the sentence before."""

import re
from functools import lru_cache

from .kinds import Drift, Finding
from .reading import REMEMBERED, content, folded_words

# A sentence that starts to lean on the one before it says more than its source.
_CONNECTIVE = re.compile(
    r"(?i)\b(however|moreover|furthermore|in addition|additionally|therefore|thus|hence|meanwhile"
    r"|nevertheless|consequently|as a result|for example|for instance|in my opinion"
    r"|at the same time|in the end|overall|in fact|in conclusion|on the other hand|besides)\b"
)
_BUT = re.compile(r"(?i)\bbut\b")
# What else a contrast is said with, so that "but" adds none.
_CONTRAST = re.compile(
    r"(?i)\b(but|although|though|tho|albeit|while|whilst|whereas|yet|despite|spite|even|still|except"
    r"|excluding|only|not|no|never|however|nevertheless|nonetheless|notwithstanding|regardless|unless"
    r"|instead|rather|unlike|contrary|contrast)\b|n't\b"
)
_BREAK = re.compile(r"([.!?…]+)[\"'”’)\]]*\s+[\"'“‘(\[]*(?=[A-Z0-9])")
# A stop behind these, or behind one letter, ends no sentence.
_SHORTENED = re.compile(
    r"(?:^|\W)(?:[A-Za-z]|(?i:mr|mrs|ms|dr|prof|st|vs|no|nos|vol|fig|e\.g|i\.e|etc|inc|ltd|co|corp|jr|sr"
    r"|gen|col|capt|lt|sgt|rev|sen|rep|gov|pres|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|mt|ave|approx|dept|est|ca|cf|al|pp?|ph\.d|(?:[a-z]\.)+[a-z]))$"
)
_LOOK_BACK = 8  # characters that hold such a word
_BREAKABLE = re.compile(r"[;:–—]|\s-+\s")
# A source of so many words may become two sentences ...
LONG = 18
# ... with so many content words more.
MAX_GROWTH = 1


def sentence_drift(source: str, target: str) -> list[Finding]:
    """More sentences than the source has, unless one was only cut in two."""
    a, b = _sentences(source), _sentences(target)
    if b <= a:
        return []
    cut = b == a + 1 and (len(folded_words(source)) >= LONG or _BREAKABLE.search(source))
    if cut and len(content(target)) <= len(content(source)) + MAX_GROWTH:
        return []
    return [Finding(Drift.SENTENCE, "is new")]


@lru_cache(REMEMBERED)
def _sentences(text: str) -> int:
    return 1 + sum(
        match[1] != "."
        or not _SHORTENED.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
        for match in _BREAK.finditer(text)
    )


def connective_drift(source: str, target: str) -> list[Finding]:
    """A connective that the source does not have, or a "but" without any contrast in it."""
    new = _connectives(target) - _connectives(source)
    if _BUT.search(target) and not _CONTRAST.search(source):
        new |= {"but"}
    return [Finding(Drift.CONNECTIVE, f"{c} is new") for c in sorted(new)]


@lru_cache(REMEMBERED)
def _connectives(text: str) -> frozenset[str]:
    return frozenset(m.lower() for m in _CONNECTIVE.findall(text))
