"""From the tokens of a block to its sentences."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby

from ...text.segment import pieces
from .model import Segment
from .render import is_whole, pairs, pins
from .tokens import SOLID, Role, Syntax, Token, stuck

# Longer marked phrases would leave a paraphrase little to change.
MAX_FROZEN_WORDS = 5
_BLANKS = " \t"
_LETTER = re.compile(r"[^\W\d_]")


def cut(tokens: Iterable[Token], start: int, syntax: Syntax) -> Iterator[Segment]:
    """The sentences of a block that begins at offset `start`."""
    for is_border, group in groupby(_kept(list(tokens)), lambda t: t.role is Role.BORDER):
        flow = list(group)
        if not is_border:
            yield from _Flow(_merged(flow), start, syntax).sentences()
        start += sum(len(token.raw) for token in flow)


def _kept(tokens: list[Token]) -> list[Token]:
    """With the words of links that go on across a border stuck: no flow holds such a link whole."""
    borders = list(accumulate(token.role is Role.BORDER for token in tokens))
    done = 0
    for opened, closed in sorted(pairs(tokens)):
        if opened >= done and tokens[opened].firm and borders[opened] < borders[closed]:
            done = closed
            for i in range(opened, closed):
                if tokens[i].role is Role.TEXT and tokens[i].raw.strip():
                    tokens[i] = stuck(tokens[i].raw)
    return tokens


def _merged(flow: Sequence[Token]) -> list[Token]:
    """Empty spans pinned; line breaks and the blanks around them made one break."""
    out: list[Token] = []
    for token in flow:
        last = out[-1] if out else None
        if last and token.role is Role.CLOSE and last.role is Role.OPEN:
            out[-1] = Token(Role.PINNED, last.raw + token.raw)
        elif last and token.role is Role.BREAK and last.role in (Role.BREAK, Role.TEXT):
            out[-1:] = _joined(last, token)
        elif last and token.role is Role.TEXT and last.role is Role.BREAK:
            out[-1:] = _led(last, token)
        else:
            out.append(token)
    return out


def _joined(last: Token, token: Token) -> list[Token]:
    """A break, with the blanks or the break before it as a part of it."""
    if not last.value.strip(_BLANKS):
        return [Token(Role.BREAK, last.raw + token.raw, " ")]
    words = last.value.rstrip(_BLANKS)
    if last.raw != last.value or words == last.value:
        return [last, token]
    return [
        Token(Role.TEXT, words, words),
        Token(Role.BREAK, last.raw[len(words) :] + token.raw, " "),
    ]


def _led(last: Token, token: Token) -> list[Token]:
    """Words, with the blanks before them as a part of the break before those."""
    words = token.value.lstrip(_BLANKS)
    if not words:
        return [Token(Role.BREAK, last.raw + token.raw, " ")]
    if token.raw != token.value:
        return [last, token]
    blanks = token.raw[: len(token.raw) - len(words)]
    return [Token(Role.BREAK, last.raw + blanks, " "), Token(Role.TEXT, words, words)]


class _Flow:
    """Tokens of text that is read in one go."""

    def __init__(self, tokens: list[Token], start: int, syntax: Syntax) -> None:
        self._tokens = tokens
        self._syntax = syntax
        self._ends = list(accumulate(len(token.value) for token in tokens))
        self._raw = list(accumulate((len(token.raw) for token in tokens), initial=start))
        self._pairs = pairs(tokens)

    def sentences(self) -> Iterator[Segment]:
        """Those that may be replaced."""
        # Nothing may end a sentence inside an atom, so the splitter sees a word in its place.
        shadow = "".join(
            "X" * len(token.value) if token.role in SOLID else token.value for token in self._tokens
        )
        place = 0
        for piece in pieces(shadow):
            if piece.prose and (segment := self._sentence(place, place + len(piece.text))):
                yield segment
            place += len(piece.text)

    def _sentence(self, first: int, last: int) -> Segment | None:
        """The sentence at these offsets of what is read, with the markup inside it."""
        if self._is_of_link(first, last):
            return None
        low, high = self._range(first, last)
        found = self._tokens[low : high + 1]
        left = max(0, first - (self._ends[low] - len(found[0].value))) if found[0].value else 0
        right = max(0, self._ends[high] - last) if found[-1].value else 0
        trimmed = _trimmed(found, left, right)
        if trimmed is None or _is_stuck(trimmed):
            return None
        source = "".join(token.value for token in trimmed)
        begin = self._raw[low] + left
        end = begin + sum(len(token.raw) for token in trimmed)
        return Segment(begin, end, source, _frozen(trimmed, source), tuple(trimmed), self._syntax)

    def _is_of_link(self, first: int, last: int) -> bool:
        """Whether these words are those that a link must keep, or share some of them."""
        for opened, closed in self._pairs:
            a, b = self._ends[opened], self._ends[closed]
            is_inside = first <= a and b <= last and (first, last) != (a, b)
            if self._tokens[opened].firm and a < last and first < b and not is_inside:
                return True
        return False

    def _range(self, first: int, last: int) -> tuple[int, int]:
        """The first and the last token of a sentence."""
        low, high = bisect_right(self._ends, first), bisect_left(self._ends, last)
        for opened, closed in self._pairs:
            a, b = self._ends[opened], self._ends[closed]
            # Markup around the whole sentence stays where it is.
            if first <= a and b <= last and (first, last) != (a, b):
                low, high = min(low, opened), max(high, closed)
        return low, high


def _trimmed(found: list[Token], left: int, right: int) -> list[Token] | None:
    """Without characters of the sentences beside; None if they share what cannot be cut."""
    for i, slice_ in ((-1, slice(0, -right)), (0, slice(left, None))):
        if not (right if i else left):
            continue
        token = found[i]
        if token.role is not Role.TEXT or token.raw != token.value:
            return None
        found[i] = Token(Role.TEXT, token.raw[slice_], token.value[slice_])
    return found


def _is_stuck(tokens: Sequence[Token]) -> bool:
    if not any(t.role is Role.TEXT and _LETTER.search(t.value) for t in tokens):
        return True
    marks = sum(token.role in (Role.OPEN, Role.CLOSE) for token in tokens)
    if any(token.role is Role.STUCK for token in tokens):
        return True
    return marks != 2 * len(pairs(tokens)) or pins(tokens) is None


def _frozen(tokens: Sequence[Token], source: str) -> tuple[str, ...]:
    """Atoms, the words of links and short marked phrases, and words that notes hang on."""
    ends = list(accumulate(len(token.value) for token in tokens))
    phrases = [token.value for token in tokens if token.role is Role.ATOM]
    for opened, closed in pairs(tokens):
        phrase = source[ends[opened] : ends[closed]].strip()
        whole = is_whole(source, ends[opened], ends[closed])
        if tokens[opened].firm or (not whole and len(phrase.split()) <= MAX_FROZEN_WORDS):
            phrases.append(phrase)
    phrases += [pin.word for pin in pins(tokens) or () if pin.word]
    return tuple(dict.fromkeys(filter(None, phrases)))
