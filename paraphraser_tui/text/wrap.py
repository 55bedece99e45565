"""Hard-wrapped text: which line breaks are only layout, and how to put them back."""

import re
from bisect import bisect_left

LINE_BREAK = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
# "A." is no list mark: it begins a name more often.
_MARKER = re.compile(r"[ \t]*(?:(?:[-*+•–>|]|#{1,6}|\d{1,3}[.)]|\(?[a-z][.)]|\(?[A-Z]\))[ \t]+)+")

# A paragraph is taken as wrapped only if its longest line is within these widths.
MIN_WIDTH, MAX_WIDTH = 40, 100


def marker_length(line: str) -> int:
    """Characters of indentation and list, quotation or heading marks before the prose."""
    match = _MARKER.match(line)
    return match.end() if match else len(line) - len(line.lstrip())


def soft_breaks(lines: list[str]) -> list[bool]:
    """For each line of a paragraph, whether its end is a mere wrap inside running text.

    A break is forced when the next line's first word would not have fitted.
    It counts as a wrap when the next line goes on in lower case, or when all
    breaks of the paragraph are forced.
    """
    bare = [line.strip() for line in lines]
    width = max(map(len, bare), default=0)
    forced = [
        MIN_WIDTH <= width <= MAX_WIDTH
        and bool(here and there)
        and len(here) + 1 + len(there.split(None, 1)[0]) > width
        and not _MARKER.match(line)
        for here, there, line in zip(bare, bare[1:], lines[1:], strict=False)
    ]
    evenly = len(forced) > 1 and all(forced)
    return [f and (evenly or n[0].islower()) for f, n in zip(forced, bare[1:], strict=True)] + [
        False
    ] * bool(lines)


def unwrap(text: str) -> str:
    """The text on one line."""
    return LINE_BREAK.sub(" ", text)


def rewrap(flat: str, like: str) -> str | None:
    """Put the line breaks of `like` into `flat`, each at the space nearest to its old place.

    Returns None if `flat` has fewer spaces than `like` has line breaks.
    """
    breaks = list(LINE_BREAK.finditer(like))
    spaces = [i for i, c in enumerate(flat) if c == " "]
    if len(spaces) < len(breaks):
        return None
    out, done, first = [], 0, 0
    for n, match in enumerate(breaks):
        wanted = match.start() * len(flat) / len(like)
        last = len(spaces) - (len(breaks) - n)  # leave a space for every break to come
        i = min(max(bisect_left(spaces, wanted), first), last)
        if i > first and wanted - spaces[i - 1] < spaces[i] - wanted:
            i -= 1
        out += flat[done : spaces[i]], match.group()
        done, first = spaces[i] + 1, i + 1
    return "".join(out) + flat[done:]
