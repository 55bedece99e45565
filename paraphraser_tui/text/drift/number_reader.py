"""Reads numbers in digits and in words, and the units behind them."""

import re
from collections.abc import Iterator

from .dates import MONTH_WORDS
from .measures import AFTER_DIGITS, MODIFIERS, SPEEDS, UNITS
from .numerals import (
    DECADES,
    MONEY_SUFFIXES,
    ORDINALS,
    PARTS,
    PERIODS,
    SCALES,
    SMALL,
    SUFFIXES,
    TENS,
    VAGUE,
    Quantity,
    Value,
    ordinal,
)  # fmt: skip

TOKEN = re.compile(
    r"(?P<sign>(?<![\w.,)])[-−+])?(?:(?P<money>(?<![a-z])[a-z]{0,2}\$|[£€¥₹₽])\s?)?"
    r"(?P<digits>\d+(?:[.,:/]\d+)*|(?<!\w)\.\d+)(?P<glued>(?:'?s|[a-z°µ]+[²³]?)(?![^\W_]))?"
    r"|(?P<word>°?[^\W\d_]+(?:/[^\W\d_]+)?[²³]?)|(?P<mark>[%°¢])"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# "007" is a name; "07" a number.
_PLAIN = re.compile(r"\d\d?(?:\.\d+)?|[1-9]\d*(?:\.\d+)?|\.\d+")
_FRACTION = re.compile(r"([1-9]\d?)/([1-9]\d?)")
_DESIGNATION = re.compile(r"[^\W\d_][\-/]?$")
_EXACT_DIGITS = 15  # more than a float holds
_DECIMALS = 6
# A gap that holds a number together, and one between a number and its unit.
_JOIN = frozenset({" ", "-", "", "\n"})
# "a second later", but "a second helping"
_MOMENT = frozenset({"a", "one", "mere"})
_AFTER_MOMENT = frozenset("later ago or and after before of".split()) | {""}
_SPANS = frozenset({"per", "split", "every"})
# Words that a number may begin with.
_STARTS = frozenset(
    {*SMALL, *TENS, *SCALES, *VAGUE, *ORDINALS, *DECADES, "a", "an", "half", "twice"}
)
_AN_HOUR = (["per", "hour"], ["an", "hour"])
_CURRENCIES = {"us$": "$"}


class Reader:
    """Reads the numbers of one text, in lower case and without times of day."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(TOKEN.finditer(text))
        self._words = [m["word"] or m["mark"] or "" for m in self._tokens]

    def read(self) -> Iterator[Quantity]:
        i = 0
        while i < len(self._tokens):
            if self._tokens[i]["digits"] or self._words[i] in _STARTS:
                quantity, end = self._quantity(i)
                if quantity:
                    yield quantity
                i = max(end, i + 1)
            else:
                i += 1

    def _quantity(self, i: int) -> tuple[Quantity | None, int]:
        word = self._words[i]
        if self._tokens[i]["digits"]:
            value, unit, end = self._digits(i)
        elif word in ORDINALS:
            return self._ordinal(i)
        elif word in VAGUE or word in DECADES:
            name = f"19{DECADES[word]}s" if word in DECADES else word
            return Quantity(name, "", word), i + 1
        elif word == "twice":
            return Quantity(2, "", word), i + 1
        else:
            last = self._next(i)
            if word in TENS and ORDINALS.get(last, 10) < 10 and last != "second":
                value = ordinal(str(TENS[word] + ORDINALS[last]))
                return Quantity(value, "", self._said(i, i + 2)), i + 2
            value, end = self._number_words(i)
            unit = ""
            if value is None:
                return None, i + 1
        if not isinstance(value, str):
            value, unit, end = self._scaled(value, unit, end)
        found, end = self._unit(end, bool(self._tokens[i]["digits"]))
        unit = unit or found
        loose = word == "one" and value == 1 and unit != "%"
        if loose and unit == "day":
            unit = ""  # "one day" need not last a day
        if not isinstance(value, str):
            value = round(value, _DECIMALS)
        return Quantity(value, unit, self._said(i, end), loose), end

    # Digits

    def _digits(self, i: int) -> tuple[Value, str, int]:
        match = self._tokens[i]
        digits, glued, money = match["digits"], match["glued"] or "", match["money"] or ""
        if not (_THOUSANDS.fullmatch(digits) or _PLAIN.fullmatch(digits)):
            fraction = _FRACTION.fullmatch(digits)
            if not fraction or int(fraction[1]) >= int(fraction[2]):
                return (match["sign"] or "") + digits, money, i + 1
            return int(fraction[1]) / int(fraction[2]), money, i + 1
        digits = digits.replace(",", "")
        if glued in ("st", "nd", "rd", "th") and digits.isdigit():
            return (float(digits) if self._is_day(i) else ordinal(digits)), "", i + 1
        if glued in ("s", "'s") and digits.isdigit() and digits.endswith("0"):
            return (f"19{digits}s" if len(digits) == 2 else f"{digits}s"), "", i + 1
        if len(digits) > _EXACT_DIGITS:
            return digits, money, i + 1
        value = float(digits) * (MONEY_SUFFIXES if money else SUFFIXES).get(glued, 1)
        minus = match["sign"] in ("-", "−") or (i and self._words[i - 1] == "minus")
        unit = money or UNITS.get(glued) or AFTER_DIGITS.get(glued, "")
        before = self._text[max(0, match.start() - 2) : match.start()]
        if glued == "s" or _DESIGNATION.search(before):
            unit = ""  # "F-18s"
        return (-value if minus else value), _CURRENCIES.get(unit, unit), i + 1

    def _is_day(self, i: int) -> bool:
        """Whether the ordinal stands beside a month, where it is as good as a number."""
        after = [w for w in self._words[i + 1 : i + 3] if w != "of"][:1]
        before = self._words[i - 1 : i] if i else []
        return any(w in MONTH_WORDS for w in before + after)

    # Words

    def _number_words(self, i: int) -> tuple[float | None, int]:
        word, following = self._words[i], self._next(i)
        if word in ("a", "an"):
            if following in SCALES:
                return self._cardinal(i + 1)
            if following in PARTS and following != "half" and self._next(i + 1) in ("of", ""):
                return 1 / PARTS[following], i + 2
            return None, i + 1
        if word in ("half", "halves"):
            return 0.5, i + 1 + (following in ("a", "an"))
        if word not in SMALL and word not in TENS and word not in SCALES:
            return None, i + 1
        value, end = self._cardinal(i)
        part = self._words[end] if end < len(self._words) and self._joined(end) else ""
        plural = value == 1 or part.endswith("s")
        if part in PARTS and plural and end == i + 1 and 0 < value < PARTS[part]:
            return value / PARTS[part], end + 1
        return value, end

    def _cardinal(self, i: int) -> tuple[float, int]:
        """ "two hundred and five thousand": hundreds and less are gathered, then scaled."""
        total = current = 0.0
        room = 1000.0  # what is added next must be smaller: "twenty" leaves room for "one"
        j = i
        while j < len(self._words) and (j == i or self._joined(j)):
            word = self._words[j]
            value = TENS.get(word) or SMALL.get(word)
            if value is not None and value < room:
                current += value
                room = 10 if word in TENS else 0
            elif word in SCALES and not (room == 1000 and j > i and not current):
                scale = SCALES[word]
                if scale == 100:
                    current, room = (current or 1) * scale, 100
                else:
                    total, current, room = total + (current or 1) * scale, 0, 1000
            elif word == "and" and self._words[j - 1] in SCALES and self._counts(j + 1):
                pass
            else:
                break
            j += 1
        return total + current, j

    def _counts(self, j: int) -> bool:
        return j < len(self._words) and (self._words[j] in SMALL or self._words[j] in TENS)

    def _scaled(self, value: float, unit: str, end: int) -> tuple[float, str, int]:
        """ "2.5 million", "two and a half", "three decades"."""
        if self._words[end : end + 3] == ["and", "a", "half"]:
            value, end = value + 0.5, end + 3
        while end < len(self._words) and self._joined(end) and self._words[end] in SCALES:
            value, end = value * SCALES[self._words[end]], end + 1
        if end < len(self._words) and self._joined(end) and self._words[end] in PERIODS:
            return value * PERIODS[self._words[end]], "year", end + 1
        return value, unit, end

    def _ordinal(self, i: int) -> tuple[Quantity | None, int]:
        word, before, after = self._words[i], self._words[i - 1] if i else "", self._next(i)
        if after == "hand":
            return None, i + 1
        if self._opens(i):
            return None, i + 1
        if word == "second" and (
            before in _SPANS or (before in _MOMENT and after in _AFTER_MOMENT)
        ):
            return None, i + 1
        value: Value = ordinal(str(ORDINALS[word]))
        if after in MONTH_WORDS - {"may", "march"} or (after == "of" and self._is_day(i)):
            value = float(ORDINALS[word])
        return Quantity(value, "", word), i + 1

    def _opens(self, i: int) -> bool:
        """ "First, ...", "first of all", "at first": order in speech rather than a number."""
        rest = self._text[self._tokens[i].end() :]
        if i == 0:
            return rest.startswith((",", ":", " of all", " and foremost", " off"))
        return self._words[i] == "first" and (
            self._words[i - 1] == "at" or rest.startswith((" of all", " and foremost"))
        )

    # Around

    def _unit(self, j: int, digits: bool) -> tuple[str, int]:
        """The unit that begins at token j, and where it ends."""
        start, prefix = j, ""
        while j < len(self._words) and self._joined(j) and self._words[j] in MODIFIERS:
            prefix, j = prefix + MODIFIERS[self._words[j]], j + 1
        if j >= len(self._words) or not self._joined(j):
            return "", start
        word, following = self._words[j], self._next(j)
        if word == "per" and following == "cent":
            return "%", j + 2
        if word == "percentage" and following in ("point", "points"):
            return "percentage point", j + 2
        if word == "second" and self._text[self._tokens[j].start() - 1] != "-":
            return "", start  # "two second prizes"
        if word in SPEEDS and self._words[j + 1 : j + 3] in _AN_HOUR:
            return SPEEDS[word], j + 3
        unit = UNITS.get(word) or (AFTER_DIGITS.get(word, "") if digits else "")
        if unit == "degree" and following in ("celsius", "c", "fahrenheit", "f", "centigrade"):
            return AFTER_DIGITS.get(following) or UNITS[following], j + 2
        return (prefix + unit, j + 1) if unit else ("", start)

    def _next(self, i: int) -> str:
        return self._words[i + 1] if i + 1 < len(self._words) and self._joined(i + 1) else ""

    def _joined(self, i: int) -> bool:
        """Whether token i follows the one before without a comma or stop between."""
        return self._text[self._tokens[i - 1].end() : self._tokens[i].start()] in _JOIN

    def _said(self, start: int, end: int) -> str:
        return self._text[self._tokens[start].start() : self._tokens[end - 1].end()]
