"""Brackets: in balance as in the source, and nothing lost that they hold."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .kinds import Drift, Finding
from .reading import REMEMBERED, content

_BRACKET = re.compile(r"[()\[\]{}]")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_LIST_NUMBER = re.compile(r"(?:^|\s)\w{1,3}\)")  # "1)" and "a)" close nothing
MARKER = 2  # letters: "(s)", "(ii)" hold nothing
# Of the words in brackets, so many must stand in the target that writes them without.
MIN_KEPT = 0.5


@dataclass(frozen=True)
class _Brackets:
    balanced: bool
    held: tuple[str, ...]  # what the outer pairs hold


def bracket_drift(source: str, target: str) -> list[Finding]:
    """Brackets that no longer pair, new ones, and ones whose words are gone."""
    a, b = _brackets(source), _brackets(target)
    if a == b:
        return []
    if a.balanced and not b.balanced:
        return [Finding(Drift.BRACKET, "is open")]
    if len(b.held) > len(a.held):
        return [Finding(Drift.BRACKET, f"({b.held[-1]}) is new")]
    if len(b.held) == len(a.held):
        return []
    shown = set(content(target))
    return [
        Finding(Drift.BRACKET, f"({words}) is missing")
        for words in a.held
        if words not in b.held and len(words) > MARKER and not _kept(words, shown)
    ]


def _kept(words: str, shown: set[str]) -> bool:
    stems = content(words)
    return not stems or sum(s in shown for s in stems) >= MIN_KEPT * len(stems)


@lru_cache(REMEMBERED)
def _brackets(text: str) -> _Brackets:
    if not _BRACKET.search(text):
        return _Brackets(True, ())
    open_, held, balanced = [], [], True
    for match in _BRACKET.finditer(text):
        mark = match.group()
        if mark not in _CLOSING:
            open_.append((mark, match.end()))
        elif open_ and open_[-1][0] == _CLOSING[mark]:
            _, start = open_.pop()
            if not open_:
                held.append(text[start : match.start()])
        elif not _LIST_NUMBER.search(text[max(0, match.start() - 4) : match.end()]):
            balanced = False
    return _Brackets(balanced and not open_, tuple(held))
