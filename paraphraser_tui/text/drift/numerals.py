"""The words that numbers are written with, and what they are read as."""

from dataclasses import dataclass

# What numbers are compared by: a value, or a text for what is no plain number ("2.5.1", "3rd").
Value = float | str

SMALL = {
    word: value
    for value, word in enumerate(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen
        """.split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SCALES = {"hundred": 100, "dozen": 12, "thousand": 1e3, "million": 1e6, "billion": 1e9,
           "trillion": 1e12}  # fmt: skip
# Behind digits: $5m, €2bn, 10k.
SUFFIXES = {"k": 1e3, "bn": 1e9, "mn": 1e6, "tn": 1e12}
MONEY_SUFFIXES = {**SUFFIXES, "m": 1e6, "b": 1e9, "t": 1e12}
# Any number of them: equal only to themselves.
VAGUE = frozenset("tens hundreds dozens thousands millions billions trillions".split())
ORDINALS = {
    word: value
    for value, word in enumerate(
        """
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        """.split(),
        start=1,
    )
} | {word.removesuffix("y") + "ieth": value for word, value in TENS.items()}
PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    word + plural: value
    for word, value in ORDINALS.items()
    if 3 <= value <= 10
    for plural in ("", "s")
}
DECADES = {word.removesuffix("y") + "ies": value for word, value in TENS.items() if value < 100}
PERIODS = {"decade": 10, "decades": 10, "century": 100, "centuries": 100}

NUMBER_WORDS = frozenset(
    {*SMALL, *TENS, *SCALES, *VAGUE, *ORDINALS, *PARTS, "twice", "percent"} - {"one"}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, if it has one; loose if it may as well be left unsaid ("one")."""

    value: Value
    unit: str
    said: str
    loose: bool = False


def ordinal(digits: str) -> str:
    """21st for 21."""
    teen = digits[-2:-1] == "1"
    return digits + ("th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th"))
