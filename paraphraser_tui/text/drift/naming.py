"""Names and acronyms, neither lost nor invented."""

import re
from functools import lru_cache

from ..names import TOKEN, IsWord, bare, names
from ..words import fold
from .clock import clock_times
from .dates import calendar_words
from .kinds import Drift, Finding, lost_and_new
from .reading import REMEMBERED

# Written in two ways so often that both are one name here.
_ALIASES = {
    "United States of America": "US",
    "United States": "US",
    "USA": "US",
    "United Kingdom": "UK",
    "European Union": "EU",
    "United Nations": "UN",
}
_ALIAS = re.compile(rf"\b(?:{'|'.join(_ALIASES)})\b")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}(?:[A-Z]\b)?|\b[A-Z](?:\.[A-Z])+\b")
_MAY_END = re.compile(r"\s*$|\s+\W*[A-Z]")


def name_drift(source: str, target: str, is_word: IsWord | None) -> list[Finding]:
    """Names that are lost or new; days and months are the business of the dates."""
    source, target = _one_spelling(source), _one_spelling(target)
    shown = _tokens(source)
    source_words = {_singular(fold(t)) for t in shown}
    target_words = {_singular(t) for t in _tokens(target)}
    lost = {n for n in names(source, is_word) if _singular(n) not in target_words}
    # New, or an ordinary word of the source turned into a name: "a mountain Creek".
    new = {
        n
        for n in names(target, is_word)
        if _singular(fold(n)) not in source_words or n.lower() in shown
    }
    return lost_and_new(Drift.NAME, _not_dates(lost, source), _not_dates(new - shown, target))


def _not_dates(found: set[str], text: str) -> list[str]:
    """Names without days and months: not "Monday", nor "mid-October"."""
    return sorted(
        n
        for n in found
        if not {part for part in n.split("-") if not part.islower()} <= calendar_words(text)
    )


@lru_cache(REMEMBERED)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(bare(t) for t in TOKEN.findall(text))


@lru_cache(REMEMBERED)
def _one_spelling(text: str) -> str:
    """UK for U.K., and US for the United States; no times of day, for PM is no name there."""
    text = clock_times(text)[1]
    if "." in text:
        text = _DOTTED.sub(_without_dots, text)
    return _ALIAS.sub(lambda match: _ALIASES[match.group()], text)


def _without_dots(match: re.Match[str]) -> str:
    """U.K. as UK, with the last dot where a sentence may end."""
    dotted = match.group()
    ends = dotted.endswith(".") and _MAY_END.match(match.string, match.end())
    return dotted.replace(".", "") + ("." if ends else "")


def _singular(name: str) -> str:
    """ATMs and ATM are the same name."""
    return name.removesuffix("s")
