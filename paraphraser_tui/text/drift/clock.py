"""Times of day: "3:45 pm", "15:45", "3 o'clock", "half past three", "noon"."""

import re
from collections import Counter
from dataclasses import dataclass

_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()
_HOUR = rf"(?:2[0-4]|[01]?\d|{'|'.join(_HOURS)})"
_MINUTES = r"[:.][0-5]\d"
_NOT_INSIDE = r"(?<![\w:.,$£€/])"
# "7 to 9 pm" is two times, and both are in the evening.
_CLOCK = re.compile(
    rf"(?i){_NOT_INSIDE}(?:"
    rf"(?:(?P<start>{_HOUR}(?:{_MINUTES})?)\s?(?:-|–|to|and|until|till)\s?)?"
    rf"(?P<time>{_HOUR}(?:{_MINUTES})?)\s?(?P<half>[ap])\.?\s?m\b(?:\.(?=\s[^A-Z]))?"
    rf"|(?P<hour>{_HOUR})\so'?clock\b"
    rf"|(?P<part>half|quarter)\s(?P<side>past|to)\s(?P<whole>{_HOUR})\b"
    r"|(?P<plain>(?:2[0-4]|[01]?\d):\s?[0-5]\d)(?![\w:]|[.,]\d)"
    rf"|(?P<bare>{_HOUR}(?:{_MINUTES})?)"
    r"(?= (?:(?:in the|this) (?:morning|afternoon|evening)|at night)\b)"
    r"|(?P<name>noon|midday|midnight)\b)"
)
_QUICK = re.compile(
    r"(?i)(?:\b|\d)[ap]\.?\s?m\b|:\d\d|clock|noon|midday|midnight|past|quarter|half"
    r"|morning|evening|night"
)
_MORNING = re.compile(r"(?i)\bmorning\b")
_LATER = re.compile(r"(?i)\b(?:afternoon|evening|night|tonight)\b")
_HALF_DAY, _HOUR_MINUTES = 12, 60


@dataclass(frozen=True, order=True)
class Clock:
    """A time of day on a twelve-hour dial; half is a, p or, where nothing tells, empty."""

    hour: int
    minute: int
    half: str

    def __str__(self) -> str:
        shown = f"{self.hour or _HALF_DAY}:{self.minute:02}"
        return f"{shown} {self.half}m" if self.half else shown


def clock_times(text: str) -> tuple[Counter[Clock], str]:
    """The times of day in a text, and the text with blanks where they stood."""
    found: Counter[Clock] = Counter()
    if not _QUICK.search(text):
        return found, text
    usual = "a" if _MORNING.search(text) else "p" if _LATER.search(text) else ""

    def note(match: re.Match[str]) -> str:
        found.update(_times(match, usual))
        return " " * len(match.group())

    return found, _CLOCK.sub(note, text)


def _times(match: re.Match[str], usual: str) -> list[Clock]:
    if match["time"]:
        shown = [t for t in (match["start"], match["time"]) if t]
        return [_clock(*_read(t), match["half"].lower()) for t in shown]
    if shown := match["hour"] or match["plain"] or match["bare"]:
        return [_clock(*_read(shown), usual)]
    if match["name"]:
        return [_clock(_HALF_DAY, 0, "a" if match["name"].lower() == "midnight" else "p")]
    hour, _ = _read(match["whole"])
    minute = 30 if match["part"].lower() == "half" else 15
    if match["side"].lower() == "to":
        hour, minute = hour - 1, _HOUR_MINUTES - minute
    return [_clock(hour, minute, usual)]


def _read(shown: str) -> tuple[int, int]:
    hour, _, minute = shown.lower().replace(".", ":").partition(":")
    return _HOURS.index(hour) + 1 if hour in _HOURS else int(hour), int(minute or 0)


def _clock(hour: int, minute: int, half: str) -> Clock:
    # 15:45 and 00:30 can only be read one way.
    if hour > _HALF_DAY:
        half = "p"
    elif hour == 0:
        half = "a"
    return Clock(hour % _HALF_DAY, minute, half)
