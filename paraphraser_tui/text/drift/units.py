"""Units and currencies: what the numbers of a sentence count."""

from collections import defaultdict
from functools import lru_cache

from .kinds import Drift, Finding
from .numerals import Value
from .quantities import quantities, unit_words
from .reading import REMEMBERED

# Written alike, or one name for two things: "5 pounds" may be £5 or 5 lb.
_COMPATIBLE = {
    frozenset(pair.split()) for pair in ("pound £", "pound lb", "degree °c", "degree °f")
}
# "25 years old" and "aged 25"
_AGE = frozenset("aged age ages old turned turning turns birthday".split())


def unit_drift(source: str, target: str) -> list[Finding]:
    """A number that both texts have and that counts something else, or nothing any more."""
    a, b = _units(source), _units(target)
    found = []
    for value in a.keys() & b.keys():
        lost = [u for u in a[value] if not _among(u, b[value])]
        new = [u for u in b[value] if not _among(u, a[value])]
        if lost and new:
            found.append(f"{_shown(value)} {lost[0]} became {new[0]}")
        else:
            found += (f"{u} is missing" for u in lost if not _said(u, target))
            found += (f"{u} is new" for u in new if not _said(u, source))
    return [Finding(Drift.UNIT, detail) for detail in sorted(found)]


@lru_cache(REMEMBERED)
def _units(text: str) -> dict[Value, set[str]]:
    """The units of every number; a number without has an empty set."""
    found: dict[Value, set[str]] = defaultdict(set)
    for quantity in quantities(text):
        found[quantity.value].update({quantity.unit} - {""})
    return dict(found)


def _among(unit: str, others: set[str]) -> bool:
    return any(unit == other or frozenset((unit, other)) in _COMPATIBLE for other in others)


def _said(unit: str, text: str) -> bool:
    """Whether the unit stands elsewhere in the text, as in "from 5 to 10 km"."""
    said = unit_words(text)
    return _among(unit, said.units) or (unit == "year" and not _AGE.isdisjoint(said.words))


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:g}"
