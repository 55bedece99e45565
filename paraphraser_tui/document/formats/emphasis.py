"""Which `*`, `_` and `~` of a Markdown line are emphasis, by the rules of CommonMark."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .tokens import Role, Token, text

_STRIKE = 2  # only a pair of tildes strikes text through


@dataclass(eq=False)  # equal runs at two places are two
class Run:
    """A row of equal delimiters between other tokens."""

    char: str
    length: int
    opens: bool
    closes: bool
    left: int = 0  # how many are still without a role
    roles: tuple[tuple[Role, int], ...] = ()  # those that closed, then those that open

    def __post_init__(self) -> None:
        self.left = self.length


def run(char: str, length: int, before: str, after: str) -> Run:
    """A run between two characters; either is empty at an end of the text."""
    left = not _is_blank(after) and (not _is_mark(after) or _is_blank(before) or _is_mark(before))
    right = not _is_blank(before) and (not _is_mark(before) or _is_blank(after) or _is_mark(after))
    if char == "_":
        return Run(
            char, length, left and (not right or _is_mark(before)),
            right and (not left or _is_mark(after)),
        )  # fmt: skip
    is_used = char != "~" or length == _STRIKE
    return Run(char, length, left and is_used, right and is_used)


def match(runs: list[Run]) -> None:
    """Give each delimiter that has a partner its role."""
    open_: list[Run] = []
    for closer in runs:
        while closer.closes and closer.left:
            found = next((o for o in reversed(open_) if _fit(o, closer)), None)
            if found is None:
                break
            del open_[open_.index(found) + 1 :]
            size = 2 if min(found.left, closer.left) >= 2 else 1
            found.left -= size
            closer.left -= size
            # The inner delimiters of an opening are used first, and stand last.
            closing = [r for r in found.roles if r[0] is Role.CLOSE]
            opening = [r for r in found.roles if r[0] is Role.OPEN]
            found.roles = (*closing, (Role.OPEN, size), *opening)
            closer.roles = (*closer.roles, (Role.CLOSE, size))
            if not found.left:
                open_.remove(found)
        if closer.opens and closer.left:
            open_.append(closer)


def tokens(delimiters: Run) -> Iterator[Token]:
    """What a run turned out to be."""
    closing = [r for r in delimiters.roles if r[0] is Role.CLOSE]
    opening = [r for r in delimiters.roles if r[0] is Role.OPEN]
    for role, size in closing:
        yield Token(role, delimiters.char * size)
    if delimiters.left:
        yield text(delimiters.char * delimiters.left)
    for role, size in opening:
        yield Token(role, delimiters.char * size)


def _fit(opener: Run, closer: Run) -> bool:
    if opener.char != closer.char:
        return False
    if opener.closes or closer.opens:
        total = opener.length + closer.length
        return total % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)
    return True


def _is_blank(char: str) -> bool:
    return not char or char.isspace()


def _is_mark(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"
