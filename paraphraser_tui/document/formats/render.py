"""A paraphrase with the markup and the line breaks of the sentence that it replaces."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from ...text.wrap import LINE_BREAK, rewrap, unwrap
from . import tags
from .tokens import MARKS, Role, Syntax, Token
from .writer import CLOSERS, OPENERS, Writer

_WORD_BEFORE = re.compile(r"[^\W_](?:[\w'’\-]*[^\W_])?$")
_WORD = re.compile(r"[^\W_](?:[\w'’\-]*[^\W_])?")
_TIED = re.compile("[^ \t]*[\u00a0\u202f][^ \t]*")
_LAST_TIE = re.compile("[\u00a0\u202f](?=[^\u00a0\u202f]+$)")
_TIES = str.maketrans("\u00a0\u202f", "  ")


@dataclass(frozen=True)
class Pin:
    """Where a note hangs: after or before a word, or before the closing marks of a sentence."""

    index: int
    word: str = ""
    after: bool = True


def pairs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Indices of openings and their closings; what has no partner is in none."""
    out, open_ = [], []
    for i, token in enumerate(tokens):
        if token.role is Role.OPEN:
            open_.append(i)
        elif token.role is Role.CLOSE and open_ and _belong(tokens[open_[-1]].raw, token.raw):
            out.append((open_.pop(), i))
    return out


def _belong(opening: str, closing: str) -> bool:
    """Whether these are two ends of the same: tags of one element, or equal marks."""
    if opening.startswith("<") or closing.startswith("</"):
        return closing.startswith("</") and tags.name(opening) == tags.name(closing)
    return opening == closing or (closing[0] not in "*_~" and opening[0] not in "*_~")


def pins(tokens: Sequence[Token]) -> list[Pin] | None:
    """The place of every note of a sentence; None if one hangs on no word."""
    out = []
    for i, token in enumerate(tokens):
        if token.role is not Role.PINNED:
            continue
        before = "".join(t.value for t in tokens[:i])
        after = "".join(t.value for t in tokens[i:])
        touched = next((t for t in reversed(tokens[:i]) if t.role not in MARKS), None)
        if not after.strip(CLOSERS):
            out.append(Pin(i))
        elif touched and touched.role is Role.ATOM:
            out.append(Pin(i, touched.value))
        elif word := _WORD_BEFORE.search(before):
            out.append(Pin(i, word.group()))
        elif (word := _WORD.match(after)) and before[-1:].isspace():
            out.append(Pin(i, word.group(), after=False))
        else:
            return None
    return out


def rendered(paraphrase: str, source: str, tokens: Sequence[Token], syntax: Syntax) -> str | None:
    """See `Segment.render`."""
    text = _tied(unwrap(paraphrase).strip(), source)
    if not text:
        return None
    atoms = _atoms(text, tokens)
    marks = _marks(text, source, tokens)
    if atoms is None or marks is None:
        return None
    if any(a < place < b for a, b, _ in atoms for place, _ in marks):
        return None
    breaks = _breaks(text, tokens, atoms)
    if breaks is None:
        return None
    write = Writer(tokens, syntax)
    out = write.all(text, atoms, marks, breaks)
    lines = write.all(text, atoms, marks, dict.fromkeys(breaks, "\n"))
    if any(syntax.bad_line(line) for line in lines.split("\n")):
        return None
    if syntax.scan:
        flat = write.all(text, atoms, marks, dict.fromkeys(breaks, " "))
        if _ink(syntax.scan(flat)) != _ink(_expected(text, atoms, tokens)):
            return None
    return out


def _tied(text: str, source: str) -> str:
    """With the no-break spaces of the source, which a model does not see."""
    for found in _TIED.findall(source):
        tied = found.strip(OPENERS + CLOSERS)
        tie = _LAST_TIE.search(tied)
        # "Figure~3" is tied as before, or "3" to another word before it.
        for part in (tied, tie and tied[tie.start() :]):
            place = part and _once(text, part.translate(_TIES))
            if place:
                text = text[: place[0]] + part + text[place[1] :]
                break
    return text


def _atoms(text: str, tokens: Sequence[Token]) -> list[tuple[int, int, str]] | None:
    """Start, end and raw text of each atom; None if one is missing or doubled."""
    raws: dict[str, list[str]] = defaultdict(list)
    for token in tokens:
        if token.role is Role.ATOM:
            raws[token.value].append(token.raw)
    if not raws:
        return []
    longest_first = sorted(raws, key=len, reverse=True)
    found = list(re.finditer("|".join(map(re.escape, longest_first)), text))
    if Counter(m.group() for m in found) != Counter({v: len(r) for v, r in raws.items()}):
        return None
    return [(*m.span(), raws[m.group()].pop(0)) for m in found]


def _marks(text: str, source: str, tokens: Sequence[Token]) -> list[tuple[int, int]] | None:
    """Place in the text and index of every mark, in order; None if one has no place."""
    ends = list(accumulate(len(token.value) for token in tokens))
    spans = []
    for opened, closed in pairs(tokens):
        old = (ends[opened], ends[closed])
        new = _span(text, source, *old, firm=tokens[opened].firm)
        if new is None:
            return None
        spans.append((opened, closed, old, new))
    for (*_, old_a, new_a), (*_, old_b, new_b) in combinations(spans, 2):
        if _relation(old_a, old_b) != _relation(new_a, new_b):
            return None
    closing = [(new[1], closed) for _, closed, _, new in spans]
    opening = [(new[0], opened) for opened, _, _, new in spans]
    for pin in pins(tokens) or ():
        place = _pin_place(text, pin)
        if place is None:
            return None
        (closing if pin.after else opening).append((place, pin.index))
    ordered = [(p, 0, i) for p, i in closing] + [(p, 1, i) for p, i in opening]
    return [(place, index) for place, _, index in sorted(ordered)]


def is_whole(source: str, start: int, end: int) -> bool:
    """Whether a mark is around all of a sentence but blanks and the punctuation at its ends."""
    return not source[:start].strip(OPENERS + " ") and not source[end:].strip(CLOSERS + " ")


def _span(text: str, source: str, start: int, end: int, firm: bool) -> tuple[int, int] | None:
    phrase = source[start:end]
    if not firm and is_whole(source, start, end):
        # So are the words that replace them.
        first = len(text) - len(text.lstrip(OPENERS)) if start else 0
        return first, (len(text.rstrip(CLOSERS)) if end < len(source) else len(text))
    return _once(text, phrase)


def _once(text: str, phrase: str) -> tuple[int, int] | None:
    """Where the phrase stands as whole words, if it does so exactly once."""
    left = r"(?<!\w)" if phrase[:1].isalnum() else ""
    right = r"(?!\w)" if phrase[-1:].isalnum() else ""
    found = list(re.finditer(left + re.escape(phrase) + right, text))
    return found[0].span() if len(found) == 1 else None


def _relation(a: tuple[int, int], b: tuple[int, int]) -> str:
    if a == b:
        return "same"
    if a[1] <= b[0] or b[1] <= a[0]:
        return "apart"
    if a[0] <= b[0] and b[1] <= a[1]:
        return "around"
    return "within" if b[0] <= a[0] and a[1] <= b[1] else "across"


def _pin_place(text: str, pin: Pin) -> int | None:
    if not pin.word:
        return len(text.rstrip(CLOSERS))
    span = _once(text, pin.word)
    return span and span[pin.after]


def _breaks(
    text: str, tokens: Sequence[Token], atoms: Iterable[tuple[int, int, str]]
) -> dict[int, str] | None:
    """Which spaces become which line breaks; None if there are too few."""
    raws = [token.raw for token in tokens if token.role is Role.BREAK]
    if not raws:
        return {}
    like = "".join("\n" if token.role is Role.BREAK else token.value for token in tokens)
    for start, end, _ in atoms:
        text = text[:start] + "X" * (end - start) + text[end:]
    broken = rewrap(text, LINE_BREAK.sub("\n", like))
    if broken is None:
        return None
    return dict(zip((i for i, c in enumerate(broken) if c == "\n"), raws, strict=True))


def _ink(tokens: Iterable[Token]) -> tuple[str, Counter[str]]:
    """The words that are read, and everything else that is written."""
    read = "".join(" " if t.role is Role.BREAK else t.value for t in tokens)
    marks = (t.raw for t in tokens if t.role not in (Role.TEXT, Role.BREAK))
    return read, Counter(" ".join(raw.split()) for raw in marks)


def _expected(
    text: str, atoms: Iterable[tuple[int, int, str]], tokens: Sequence[Token]
) -> list[Token]:
    marks = [t for t in tokens if t.role not in (Role.TEXT, Role.BREAK)]
    return [Token(Role.TEXT, text, text), *(Token(t.role, t.raw) for t in marks)]
