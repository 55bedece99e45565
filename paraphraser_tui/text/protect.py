"""Spans that a paraphrase must keep to the letter: found, hidden from the model, put back, checked.

A student cannot be trusted to copy a URL or a line of code character by
character, so such a span is replaced by a stand-in that it copies reliably: a
place name is copied whole by 88 of 100 candidates, "Link1" by 73, and it also
reads well wherever a noun would. The same helps names whose words are not in
the vocabulary. Numbers and ordinary frozen words stay visible, for the sentence
needs them to make sense, and are checked afterwards.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .names import IsWord, whole_names


class Kind(StrEnum):
    """Why a span is protected."""

    FROZEN = "frozen"
    CODE = "code"
    URL = "url"
    EMAIL = "e-mail"
    NAME = "name"
    QUOTE = "quotation"
    NUMBER = "number"


@dataclass(frozen=True)
class Span:
    """A protected stretch `text[start:end]` of a sentence."""

    start: int
    end: int
    kind: Kind
    text: str

    @property
    def hidden(self) -> bool:
        """Whether a stand-in replaces the span while the model works."""
        if self.kind is Kind.FROZEN:
            return not _PLAIN_WORDS.fullmatch(self.text)
        return self.kind is not Kind.NUMBER


@dataclass(frozen=True)
class Masked:
    """A sentence with stand-ins for its hidden spans."""

    text: str
    stand_ins: tuple[tuple[str, str], ...]  # (stand-in, original)
    visible: tuple[Span, ...]

    def restore(self, candidate: str) -> str | None:
        """The candidate with the originals back in place, or None if one is lost or doubled."""
        for stand_in, original in self.stand_ins:
            pattern = rf"(?<!\w){re.escape(stand_in)}(?!\w)"
            candidate, count = re.subn(pattern, lambda _: original, candidate)  # noqa: B023
            if count != 1:
                return None
            if original.endswith("."):  # at the end of a sentence one stop does for both
                candidate = candidate.replace(f"{original}.", original)
        return candidate

    def keeps_visible(self, candidate: str) -> bool:
        """Whether every visible span stands in the candidate as often as in the source."""
        wanted = [span.text for span in self.visible]
        return all(_count(text, candidate) >= wanted.count(text) for text in set(wanted))


_PLAIN_WORDS = re.compile(r"[^\W\d_]+(?:[ '’\-][^\W\d_]+)*")
_TRAILING = ".,;:!?\"'”’)]}>"
_URL = re.compile(r"(?:(?:https?|ftp|file)://|www\.)[^\s<>\"“”]+")
# Anchored at the start of a word: a search from its middle would find the same, but slowly.
_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
# Two words or more, without the stop at the end.
_QUOTED = re.compile(r'"(\w[^"]*\s[^"]*\w)[,.;:!?]*"')
_BACKTICKS = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
# A word with a character that prose does not use: identifiers, paths, handles, markup.
_CODE_WORD = re.compile(r"(?<![^\s\"“”(),;])[^\s\"“”(),;]*[_\\{}<>=~^|@#*/`\[\]$][^\s\"“”,;]*")
_PROSE_WORD = re.compile(r"[$£€]?\d[\d.,:/\-]*%?|[^\W\d_'’\-]+(?:['’\-/][^\W\d_]+)+|\[|\]")
# 1,234.50 and 3:45 and 12/05/2026 and 2.5.1: digits with single separators inside, and what
# belongs to them in front: a sign, a currency, a dot.
NUMBER = re.compile(r"(?:(?<![\w.,)])[-−+])?[$£€¥]?(?:\d+(?:[.,:/]\d+)*|(?<!\w)\.\d+)")

# Each is one piece of the house vocabulary.
_STAND_INS = (
    "Denver", "Boston", "Chicago", "Vienna", "Berlin", "Dublin", "Toronto", "Sydney",
    "Houston", "Seattle", "Dallas", "Moscow", "Madrid", "Paris", "Tokyo", "London",
)  # fmt: skip


def spans(
    text: str,
    freeze: Iterable[str] = (),
    is_word: IsWord | None = None,
    deeply: bool = False,
) -> tuple[Span, ...]:
    """Protected spans from left to right, none overlapping; an earlier kind wins over a later.

    is_word tells whether a word is one piece of a model's vocabulary; with it, names
    that hold other words are protected too. `deeply` adds every name, and what stands in
    quotation marks.
    """
    found: list[Span] = []

    def add(start: int, end: int, kind: Kind) -> None:
        if start < end and all(end <= s.start or s.end <= start for s in found):
            found.append(Span(start, end, kind, text[start:end]))

    for match in _QUOTED.finditer(text) if deeply else ():
        add(*match.span(1), Kind.QUOTE)
    for term in sorted(filter(None, freeze), key=len, reverse=True):
        for match in _term_pattern(term).finditer(text):
            add(*match.span(), Kind.FROZEN)
    for match in _BACKTICKS.finditer(text):
        add(*match.span(), Kind.CODE)
    for pattern, kind in ((_URL, Kind.URL), (_EMAIL, Kind.EMAIL), (_CODE_WORD, Kind.CODE)):
        for match in pattern.finditer(text):
            core = _trim(match.group())
            if kind is not Kind.CODE or not _PROSE_WORD.fullmatch(core):
                add(match.start(), match.start() + len(core), kind)
    for start, end, known in whole_names(text, is_word) if is_word else ():
        if deeply or not known:
            add(start, end, Kind.NAME)
    for match in NUMBER.finditer(text):
        add(*match.span(), Kind.NUMBER)
    return tuple(sorted(found, key=lambda s: s.start))


def mask(text: str, found: Iterable[Span], page: str | None = None) -> Masked | None:
    """Replace hidden spans by stand-ins; None if there are more of them than stand-ins.

    The originals are taken from `page`, a text of the same length as `text` (which it is
    by default): the sentence as it was before its quotes were made plain.
    """
    page = text if page is None else page
    found = tuple(found)
    hidden = _hidden_stretches(text, found)
    free = [name for name in _STAND_INS if not re.search(rf"(?i)\b{name}", text)]
    if len(hidden) > len(free):
        return None
    out, done, pairs = [], 0, []
    for (start, end), name in zip(hidden, free, strict=False):
        out += text[done:start], name
        done = end
        pairs.append((name, page[start:end]))
    visible = tuple(s for s in found if all(s.end <= a or b <= s.start for a, b in hidden))
    return Masked("".join(out) + text[done:], tuple(pairs), visible)


def _hidden_stretches(text: str, found: Iterable[Span]) -> list[tuple[int, int]]:
    """Hidden spans with the letters that touch them: a stand-in is only found as a whole word."""
    out: list[tuple[int, int]] = []
    for span in found:
        if not span.hidden:
            continue
        start, end = span.start, span.end
        while start and _is_word_char(text[start - 1]):
            start -= 1
        while end < len(text) and _is_word_char(text[end]):
            end += 1
        if out and start <= out[-1][1]:
            start = out.pop()[0]
        out.append((start, end))
    return out


def _is_word_char(char: str) -> bool:
    return char.isalnum() or char == "_"


def _trim(word: str) -> str:
    """Without closing punctuation, but with a bracket that was opened inside."""
    while word and word[-1] in _TRAILING:
        opening = {")": "(", "]": "[", "}": "{", ">": "<"}.get(word[-1])
        if opening and word.count(opening) >= word.count(word[-1]):
            break
        word = word[:-1]
    return word


def _term_pattern(term: str) -> re.Pattern[str]:
    """The term as a whole word, in any case, with any blank between its words."""
    body = r"\s+".join(map(re.escape, term.split()))
    return re.compile(rf"(?i)(?<!\w){body}(?!\w)")


def _count(text: str, candidate: str) -> int:
    if NUMBER.match(text):
        return sum(m.group() == text for m in NUMBER.finditer(candidate))
    return len(re.findall(rf"(?<!\w){re.escape(text)}(?!\w)", candidate))
