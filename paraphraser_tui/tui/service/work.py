"""The pieces of work that the engine's thread is given."""

from dataclasses import dataclass

from ...engine.options import Options
from ...engine.prepare import Sentence
from .engine import Load


@dataclass(frozen=True)
class Variants:
    """The variants of one sentence of the document."""

    ticket: int
    number: int
    sentence: Sentence
    options: Options

    def same_as(self, other: "Variants") -> bool:
        """Whether one answer serves both."""
        return (self.number, self.options, self.sentence) == (
            other.number,
            other.options,
            other.sentence,
        )


@dataclass(frozen=True)
class Words:
    """Other words for a place in a variant."""

    ticket: int
    number: int
    sentence: str
    place: int
    variant: str | None
    options: Options


@dataclass(frozen=True)
class Begin:
    """Variants with a given beginning."""

    ticket: int
    number: int
    sentence: str
    beginning: str
    options: Options
    bias: float


Urgent = Variants | Words | Begin


@dataclass(frozen=True)
class Portion:
    """Some sentences of a run, and how many of all are done with them."""

    ticket: int
    jobs: tuple[Variants, ...]
    done: int
    total: int


@dataclass(frozen=True)
class Ended:
    """A run of which nothing is left to do."""

    ticket: int
    cancelled: bool


@dataclass(frozen=True)
class Reload:
    """Another model, or the first."""

    load: Load


Work = Urgent | Portion | Ended | Reload
