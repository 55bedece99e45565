"""Dates and times: weekdays, months and their days, yesterday and tomorrow, the clock.

Years are numbers like any other and left to the numbers.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from .clock import Clock, clock_times
from .kinds import Drift, Finding, lost_and_new
from .reading import REMEMBERED, straight

MONTHS = tuple(
    """
    January February March April May June July August September October November December
    """.split()
)
WEEKDAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_LETTERS = 3  # by which a month or weekday is known, however it is shortened
_MONTH_KEYS = {m[:_LETTERS].lower(): m for m in MONTHS}
MONTH_WORDS = frozenset(m[:n].lower() for m in MONTHS for n in (_LETTERS, _LETTERS + 1, None))
_WEEKDAY_KEYS = {d[:_LETTERS].lower(): d for d in WEEKDAYS}

# These are sure in any case of letters; the others are words or names besides.
_SURE_MONTH = (
    r"(?i:january|february|april|june|july|september|october|november|december)\b|August\b"
)
_UNSURE_MONTH = r"(?:Jan|Feb|March|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
_SURE_DAY = r"(?i:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
_UNSURE_DAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b"
_CALENDAR = re.compile(
    rf"(?<![\w'])(?:(?P<month>{_SURE_MONTH})|(?P<maybemonth>{_UNSURE_MONTH})"
    rf"|(?P<day>{_SURE_DAY})|(?P<maybeday>{_UNSURE_DAY})"
    r"|(?P<relative>(?i:yesterday|today|tomorrow|tonight))\b)"
)
# What shows that "May" or "Sun." is a date: a number beside it, or "in", "last" and so on before.
_DATE_AFTER = re.compile(r"\.?,?\s'?\d")
_DATE_BEFORE = re.compile(
    r"(?i)(?:\d(?:st|nd|rd|th)?(?:\sof)?"
    r"|\b(?:in|of|by|since|until|till|late|early|mid|last|next|this|every|each|from|to|through"
    r"|during|before|after|around|between|and|or|on))[\s\-]$"
)
_DAY_AFTER = re.compile(r"\.?\s(\d\d?)(?:st|nd|rd|th)?(?![\w%]|[:,.]\d)")
_DAY_BEFORE = re.compile(r"(?<![\w.,:$£€])(\d\d?)(?:st|nd|rd|th)?(?:\sof)?\s$")
_LOOK_BACK = 12  # characters that hold such a word or a day
LAST_DAY = 31

# "Today" often means these days.
_NOWADAYS = re.compile(
    r"(?i)\b(?:now|nowadays|current(?:ly)?|present(?:ly)?|modern|contemporary|these days"
    r"|this day|still)\b"
)
_TONIGHT = re.compile(r"(?i)\bthis (?:evening|night)\b")
_EXCUSES = {"today": _NOWADAYS, "tonight": _TONIGHT}

_DIRECTION = re.compile(
    r"(?i)\b(?:(?P<back>last|past|previous|preceding)|(?P<on>next|coming|following|upcoming))"
    r"\s(?P<what>week|month|year|decade|century|season|summer|winter|spring|autumn|fall|weekend)\b"
)


@dataclass(frozen=True)
class _Dates:
    named: Counter[str]  # weekdays, months, yesterday ...
    days: frozenset[tuple[str, str]]  # (day, month)
    times: Counter[Clock]
    directions: frozenset[tuple[str, str]]  # ("back", "week")
    words: frozenset[str]


def date_drift(source: str, target: str) -> list[Finding]:
    """Weekdays, months, days of months and clock times that are lost, new or altered."""
    a, b = _dates(source), _dates(target)
    if a == b:
        return []
    lost = [n for n in a.named if n not in b.named and not _excused(n, target)]
    new = [n for n in b.named if n not in a.named and not _excused(n, source)]
    found = lost_and_new(Drift.DATE, lost, new)
    found += lost_and_new(Drift.DATE, a.times - b.times, b.times - a.times)
    return found + _moved_days(a, b) + _turned(a, b)


def calendar_words(text: str) -> frozenset[str]:
    """The words of a text that name a weekday or a month, as they stand."""
    return _dates(text).words


def _moved_days(a: _Dates, b: _Dates) -> list[Finding]:
    """A day that went to another month: "3 May and 4 June", "4 May and 3 June"."""
    return [
        Finding(Drift.DATE, f"{day} {month} became {day} {other}")
        for day, month in sorted(a.days - b.days)
        for same, other in sorted(b.days - a.days)
        if day == same
    ]


def _turned(a: _Dates, b: _Dates) -> list[Finding]:
    """Last week where it was next week."""
    other = {"back": "on", "on": "back"}
    return [
        Finding(Drift.DATE, f"the {what} meant is another")
        for where, what in sorted(a.directions - b.directions)
        if (other[where], what) in b.directions - a.directions
    ]


def _excused(name: str, text: str) -> bool:
    return name in _EXCUSES and bool(_EXCUSES[name].search(text))


@lru_cache(REMEMBERED)
def _dates(text: str) -> _Dates:
    text = straight(text)
    named: Counter[str] = Counter()
    days, shown = set(), set()
    for match in _CALENDAR.finditer(text):
        before, after = text[max(0, match.start() - _LOOK_BACK) : match.start()], match.end()
        kind, word = match.lastgroup, match.group()
        if kind == "relative":
            named[word.lower()] += 1
            continue
        if kind in ("maybemonth", "maybeday") and not (
            _DATE_AFTER.match(text, after) or _DATE_BEFORE.search(before)
        ):
            continue
        shown.add(word)
        if kind in ("day", "maybeday"):
            named[_WEEKDAY_KEYS[word[:_LETTERS].lower()]] += 1
            continue
        month = _MONTH_KEYS[word[:_LETTERS].lower()]
        named[month] += 1
        beside = (_DAY_AFTER.match(text, after), _DAY_BEFORE.search(before))
        days.update((m[1], month) for m in beside if m and int(m[1]) <= LAST_DAY)
    directions = {
        ("back" if m["back"] else "on", m["what"].lower()) for m in _DIRECTION.finditer(text)
    }
    return _Dates(
        named, frozenset(days), clock_times(text)[0], frozenset(directions), frozenset(shown)
    )
