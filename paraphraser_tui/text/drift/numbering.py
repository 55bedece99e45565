"""Numbers, compared by value however they are written."""

from collections import Counter
from functools import lru_cache

from .kinds import Drift, Finding, lost_and_new
from .numerals import Quantity, Value
from .quantities import quantities, unit_words
from .reading import REMEMBERED

# Words that may stand for a number without being counted as one.
_LOOSE: dict[Value, frozenset[str]] = {
    1: frozenset("a an one single sole only individual solo alone".split()),
    2: frozenset(
        """
        both pair pairs couple double doubled doubles doubling twofold dual twin twins duo either
        twice neither
        """.split()
    ),
    3: frozenset("triple tripled triples tripling threefold trio triplet triplets".split()),
    4: frozenset("quadruple quadrupled quadruples fourfold quartet".split()),
    0.5: frozenset("halve halves halved halving midway middle".split()),
    10: frozenset({"decade"}),
    100: frozenset({"century", "centennial", "centenary"}),
    1000: frozenset({"millennium"}),
    "1st": frozenset(
        """
        initial initially original originally firstly primary primarily foremost earliest early
        beginning begin begins began begun start starts started starting debut debuted inaugural
        maiden premier premiere opening top introduce introduced main never ever one before
        firsthand pioneer pioneered pioneering pioneers introductory
        """.split()
    ),
    "2nd": frozenset("secondly secondary runner other another".split()),
    "3rd": frozenset({"thirdly"}),
}
_PERCENT = 100


def number_drift(source: str, target: str) -> list[Finding]:
    """Values that are lost or new."""
    a, b = quantities(source), quantities(target)
    if a == b:
        return []
    lost, new = _without(a, b), _without(b, a)
    lost, new = _as_shares(lost, new), _as_shares(new, lost)
    return lost_and_new(
        Drift.NUMBER,
        [q.said for q in lost if not _loosely(q, target)],
        [q.said for q in new if not _loosely(q, source)],
    )


@lru_cache(REMEMBERED)
def numbers(text: str) -> Counter[Value]:
    """The values of the numbers in a text, with their counts.

    "one" is left out, being a pronoun as often as a number.
    """
    return Counter(q.value for q in quantities(text) if not q.loose)


def _without(found: tuple[Quantity, ...], others: tuple[Quantity, ...]) -> list[Quantity]:
    """What is counted in `found` and not among the others, as often as it is counted."""
    left = Counter(q.value for q in others)
    rest = []
    for quantity in found:
        if left[quantity.value]:
            left[quantity.value] -= 1
        elif not quantity.loose:
            rest.append(quantity)
    return rest


def _as_shares(found: list[Quantity], others: list[Quantity]) -> list[Quantity]:
    """Without those that the others say as a share: 50% is half."""
    shares = {_share(q) for q in others if q.unit == "%"}
    plain = {q.value for q in others if q.unit != "%"}
    return [
        q for q in found if (_share(q) not in plain if q.unit == "%" else q.value not in shares)
    ]


def _share(quantity: Quantity) -> Value:
    value = quantity.value
    return value if isinstance(value, str) else value / _PERCENT


def _loosely(quantity: Quantity, text: str) -> bool:
    words = _LOOSE.get(quantity.value)
    return words is not None and not words.isdisjoint(unit_words(text).words)
