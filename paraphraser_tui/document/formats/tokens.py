"""What readers of all formats cut the text of a block into."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto


class Role(Enum):
    """What a token is to a reader of the page."""

    TEXT = auto()  # words; `raw` differs from `value` where characters are written as entities
    BREAK = auto()  # a line break inside running text, read as a space
    OPEN = auto()  # markup around words begins, read as nothing
    CLOSE = auto()
    ATOM = auto()  # code, math, a citation: read as it is, and never changed
    PINNED = auto()  # a footnote or comment: not read, belongs to the word it touches
    STUCK = auto()  # not understood: its sentence is left alone
    BORDER = auto()  # no sentence goes on across it


# Read as nothing.
MARKS = frozenset({Role.OPEN, Role.CLOSE, Role.PINNED})
# Read, but nothing that a sentence could end in.
SOLID = frozenset({Role.ATOM, Role.STUCK})


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a block; the raw texts of all of them, joined, are the block."""

    role: Role
    raw: str
    value: str = ""
    firm: bool = False  # an OPEN whose words must not change, for a link names them


@dataclass(frozen=True)
class Syntax:
    """How words are written in a format, and what a line must not begin with.

    escape: words as they must be written to be read as words.
    scan: reads what was written again, for a check; without it nothing is checked.
    """

    escape: Callable[[str], str] = str
    scan: Callable[[str], Sequence[Token]] | None = None
    bad_line: Callable[[str], object] = lambda line: False


def text(raw: str, value: str | None = None) -> Token:
    """Words, written as `raw`."""
    return Token(Role.TEXT, raw, raw if value is None else value)


def atom(raw: str) -> Token:
    """A stretch that is read as it is written, on one line."""
    return Token(Role.ATOM, raw, " ".join(raw.split()))


def code(raw: str, inside: str) -> Token:
    """Code, read between backticks: the engine knows these in every format."""
    inside = " ".join(inside.split())
    return atom(raw) if not inside or "`" in inside else Token(Role.ATOM, raw, f"`{inside}`")


def stuck(raw: str) -> Token:
    """A stretch whose sentence is better left alone."""
    return Token(Role.STUCK, raw, " ".join(raw.split()) or "?")


def goes_on(before: str, after: str) -> bool:
    """Whether a sentence goes on across a deliberate break: in lower case, after no end mark."""
    before, after = before.rstrip(), after.lstrip()
    return bool(before) and before[-1] not in ".!?…:" and after[:1].islower()
