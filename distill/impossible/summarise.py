"""The summarising variant: a shorter sentence that follows from the longer one.

Entailment is asked one way only, no number may be new, and the target must be clearly shorter.
Its pairs have the code `<len0>`, which the run time asks for when shorter variants are wanted.
"""

import math
from dataclasses import dataclass, field

from distill.filters.copies import Copies
from paraphraser_tui.text.drift import Drift as Kind
from paraphraser_tui.text.words import words

from .critics import Critics, Numbers, Ratio, Rouge
from .entailment import Entailment
from .way_back import Guards, WayBack

# Of the source's words; the paper's limit, below the bound of `<len0>`.
MAX_RATIO = 0.8

# A summary leaves out details, but makes none up.
MAY_LOSE = (
    Kind.NUMBER, Kind.UNIT, Kind.DATE, Kind.NAME, Kind.VERBATIM, Kind.QUOTE, Kind.BRACKET,
    Kind.PERSON,
)  # fmt: skip


@dataclass(frozen=True)
class Shorter(Ratio):
    """A target that is clearly shorter."""

    min_ratio: float = 0.4
    max_ratio: float = MAX_RATIO


@dataclass(frozen=True)
class NoneNew(Numbers):
    """Numbers may go."""

    both_ways: bool = False


@dataclass(frozen=True)
class Lossy(Guards):
    """Details may go."""

    may_lose: tuple[Kind, ...] = MAY_LOSE


@dataclass(frozen=True)
class ReadsWell(WayBack):
    """What was left out cannot come back; the target must still read well."""

    min_fidelity: float = 0.0
    max_surprise: float = math.inf


@dataclass(frozen=True)
class Follows(Entailment):
    """The target follows from the source; on, for nothing else here sees what it says wrongly."""

    both_ways: bool = False
    enabled: bool = True


@dataclass(frozen=True)
class SummaryCritics(Critics):
    """The critics of summaries: the same names, other defaults."""

    length: Shorter = field(default_factory=Shorter)
    numbers: NoneNew = field(default_factory=NoneNew)
    copies: Copies = field(default_factory=Copies)
    rouge: Rouge = field(default_factory=lambda: Rouge(enabled=False))
    drift: Lossy = field(default_factory=Lossy)
    way_back: ReadsWell = field(default_factory=ReadsWell)
    entailment: Follows = field(default_factory=Follows)


def longer_first(a: str, b: str) -> tuple[str, str]:
    """Source and target of a summary."""
    return (a, b) if len(words(a)) >= len(words(b)) else (b, a)
