"""A paragraph as text with marks in it, as `formats.cut` wants it.

A mark `<s1>` begins words that look otherwise than most of the paragraph, and `</s1>` ends
them; `<k2>` stands for something that is kept as it is, and `<q3>words</q3>` for something
that is read as these words.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..formats import tags
from ..formats.cut import cut
from ..formats.model import Segment
from ..formats.tokens import Role, Syntax, Token, code, goes_on, stuck
from .items import Item, Look
from .words import bits

_LOOK = re.compile(r"<(/?)s(\d+)>")
SOLID = re.compile(r"<q(\d+)>([^<]*)</q\1>")
_WORD = re.compile(r"\w")
_KEPT = re.compile(r"<k(\d+)>")
_SOLID_MARK = re.compile(r"</?q")
# What XML cannot hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the marked text something stands, and in which children of the paragraph."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True)
class Flow:
    """A paragraph with marks.

    kept: what the marks with a number stand for.
    looks: of the words between other marks; the first is that of words without marks.
    """

    tokens: tuple[Token, ...]
    places: tuple[Place, ...]
    kept: tuple[Item, ...]
    looks: tuple[Look, ...]

    @cached_property
    def text(self) -> str:
        """The paragraph, with marks."""
        return "".join(token.raw for token in self.tokens)

    def look_at(self, offset: int) -> Look:
        """How words at an offset of that text look."""
        n = bisect_right(self._turns, offset, key=lambda turn: turn[0])
        return self.looks[self._turns[n - 1][1] if n else 0]

    @cached_property
    def _turns(self) -> list[tuple[int, int]]:
        """Where another look begins, and its number."""
        return [(m.end(), 0 if m[1] else int(m[2])) for m in _LOOK.finditer(self.text)]

    def segments(self) -> Iterator[Segment]:
        """The sentences that are not all link or field, with offsets in the marked text."""
        solid = [match.span() for match in SOLID.finditer(self.text)]
        for segment in cut(self.tokens, 0, Syntax(tags.encode)):
            n = bisect_right(solid, segment.start, key=lambda span: span[0])
            if not n or solid[n - 1][1] <= segment.start or segment.raw.startswith("<q"):
                yield segment

    def render(self, segment: Segment, paraphrase: str) -> str | None:
        """The marked text of a sentence with a paraphrase in it; None if it has no place."""
        text = segment.render(paraphrase)
        return None if text is None or self._is_broken(text) else text

    def read(self, segment: Segment, text: str) -> str:
        """What is read of the marked text of a sentence."""
        values = {t.raw: t.value for t in segment.tokens if "<" in t.raw}
        longest_first = "|".join(sorted(map(re.escape, values), key=len, reverse=True))
        parts = re.split(f"({longest_first})", text) if values else [text]
        return "".join(values[p] if n % 2 else tags.bare(p) for n, p in enumerate(parts))

    def _is_broken(self, text: str) -> bool:
        """Whether it is no XML, has a field or link with other words, or ends before beginnings."""
        solid = SOLID.findall(text)
        if _NO_XML.search(text) or 2 * len(solid) != len(_SOLID_MARK.findall(text)):
            return True
        if any(tags.bare(words) != self.kept[int(number)].value for number, words in solid):
            return True
        points = [n for n in map(int, _KEPT.findall(text)) if self.kept[n].is_point]
        return points != sorted(points)


def flow(items: Sequence[Item]) -> Flow | None:
    """The marked text of a paragraph; None if it has no words."""
    sizes: Counter[str] = Counter()
    looks: dict[str, Look] = {}
    for item in items:
        if item.look and item.role is Role.TEXT and not item.look.code:
            sizes[item.look.key] += len(item.value.strip())
            looks.setdefault(item.look.key, item.look)
    if not any(sizes.values()):
        return None
    (most, _), *_ = sizes.most_common(1)
    return _Marking(list(bits(items)), looks[most]).flow()


class _Marking:
    """Puts marks between words."""

    def __init__(self, bits: list[Item], base: Look) -> None:
        self._bits = bits
        self._looks = [base]
        self._is_marked = False  # words with the last of the looks are open
        self._held: list[Item] = []  # blanks and notes of which it is open where they belong
        self._tokens: list[Token] = []
        self._places: list[Place] = []
        self._kept: list[Item] = []
        self._end = 0

    def flow(self) -> Flow:
        for number, bit in enumerate(self._bits):
            if _is_plain(bit) and bit.value.strip():
                self._words(bit)
            elif _is_plain(bit) or bit.role is Role.PINNED:
                self._held.append(bit)
            else:
                self._close()
                self._special(bit, number)
        self._close()
        return Flow(tuple(self._tokens), tuple(self._places), tuple(self._kept), tuple(self._looks))

    def _words(self, bit: Item) -> None:
        """Words or punctuation: blanks at the ends of marked words are outside."""
        looks = {held.look.key for held in self._held if _is_plain(held)}
        if self._is_marked and looks | {bit.look.key} == {self._looks[-1].key}:
            self._let_go()
            self._add(Token(Role.TEXT, bit.xml, bit.value), bit)
            return
        self._close()
        if bit.look.key != self._looks[0].key and _WORD.search(bit.value):
            self._looks.append(bit.look)
            self._is_marked = True
            self._add(Token(Role.OPEN, f"<s{len(self._looks) - 1}>"))
            self._add(Token(Role.TEXT, bit.xml, bit.value), bit)
        else:
            self._unmarked(bit)

    def _close(self) -> None:
        if self._is_marked:
            self._add(Token(Role.CLOSE, f"</s{len(self._looks) - 1}>"))
        self._is_marked = False
        self._let_go()

    def _let_go(self) -> None:
        for bit in self._held:
            if bit.role is Role.PINNED:
                self._add(Token(Role.PINNED, self._mark(bit)), bit)
            elif self._is_marked:
                self._add(Token(Role.TEXT, bit.xml, bit.value), bit)
            else:
                self._unmarked(bit)
        self._held = []

    def _unmarked(self, bit: Item) -> None:
        """Blanks and punctuation look as they did, but if their sentence is replaced."""
        is_as_most = bit.look.key == self._looks[0].key
        self._add(Token(Role.TEXT, bit.xml if is_as_most else self._mark(bit), bit.value), bit)

    def _special(self, bit: Item, number: int) -> None:
        mark = self._mark(bit)
        if bit.firm:
            mark = mark.replace("k", "q")
            self._add(Token(Role.OPEN, mark, firm=True), bit)
            self._add(Token(Role.TEXT, tags.encode(bit.value), bit.value), bit)
            self._add(Token(Role.CLOSE, mark.replace("<", "</")), bit)
        elif bit.is_line and self._goes_on(number):
            self._add(Token(Role.BREAK, mark, " "), bit)
        elif bit.role is Role.ATOM and bit.inside:
            self._add(stuck(mark) if "`" in bit.value else code(mark, bit.value), bit)
        else:
            self._add(Token(bit.role, mark, bit.value), bit)

    def _goes_on(self, number: int) -> bool:
        before = next((t.value for t in reversed(self._tokens) if t.value.strip()), "")
        after = next((b.value for b in self._bits[number + 1 :] if b.value.strip()), "")
        return goes_on(before, after)

    def _mark(self, bit: Item) -> str:
        self._kept.append(bit)
        return f"<k{len(self._kept) - 1}>"

    def _add(self, token: Token, bit: Item | None = None) -> None:
        start, self._end = self._end, self._end + len(token.raw)
        if bit:
            self._places.append(Place(start, self._end, bit.first, bit.last))
        last = self._tokens[-1] if self._tokens else None
        if last and _is_literal(last) and _is_literal(token):
            both = last.raw + token.raw
            self._tokens[-1] = Token(Role.TEXT, both, both)
        else:
            self._tokens.append(token)


def _is_plain(bit: Item) -> bool:
    return bit.role is Role.TEXT and not bit.firm


def _is_literal(token: Token) -> bool:
    return token.role is Role.TEXT and token.raw == token.value
