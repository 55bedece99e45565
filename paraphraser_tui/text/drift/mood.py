"""Questions stay questions, and orders stay orders."""

import re
from functools import lru_cache

from .kinds import Drift, Finding
from .reading import REMEMBERED, folded_words

_QUESTION = re.compile(r"\?[\"'”’)\]]*$")

_STATING = frozenset(
    """
    i you he she it we they the this that these those there his her its our their your my
    a an everyone everybody people someone it's i'm we're they're he's she's there's that's
    i've we've they've
    """.split()
)
# Verbs that open an order if one of the words below follows.
_ORDERS = frozenset(
    """
    add allow apply ask avoid be bring call check choose click close combine consider create do
    don't download eat enjoy ensure enter explain explore fill find follow get give go hold imagine
    include keep learn leave let listen look make open pick place pour prepare put read remember
    remove replace save select send serve set share show sign sit start stay stir stop take tell
    think throw try turn use visit wait wash watch wear write
    """.split()
)
_AFTER_ORDER = frozenset(
    """
    a an the your my his her our their this that these those it them me us him yourself sure all
    any some every each to into with on up out about for at in whether how
    """.split()
)
_ASKING = frozenset({"please", "kindly", "let's"})
# An order may become "you should", which the guard of modality looks at, or "it is best to".
_ORDERING = frozenset(
    """
    should must need needs have ought recommended advised advisable important essential necessary
    best please would urged encouraged can want let's try suggest suggested asked required
    """.split()
)


def is_question(text: str) -> bool:
    """Whether the text ends with a question mark, closing quotes aside."""
    return bool(_QUESTION.search(text.rstrip()))


def question_drift(source: str, target: str) -> list[Finding]:
    """A question that became a statement, or the other way round."""
    if is_question(source) == is_question(target):
        return []
    return [Finding(Drift.QUESTION, "became a statement" if is_question(source) else "is new")]


def imperative_drift(source: str, target: str) -> list[Finding]:
    """An order that became a statement, or the other way round; in doubt neither."""
    if _is_order(source) and _states(target):
        return [Finding(Drift.IMPERATIVE, "became a statement")]
    if _is_order(target) and _states(source):
        return [Finding(Drift.IMPERATIVE, "is new")]
    return []


@lru_cache(REMEMBERED)
def _is_order(text: str) -> bool:
    found = folded_words(text)
    if len(found) < 2 or is_question(text):
        return False
    first, second = found[:2]
    if first in _ASKING:
        return True
    return first in _ORDERS and (second in _AFTER_ORDER or (first, second) == ("do", "not"))


@lru_cache(REMEMBERED)
def _states(text: str) -> bool:
    found = folded_words(text)
    return bool(found) and found[0] in _STATING and _ORDERING.isdisjoint(found)
