"""A document on the desk: what the screens show of it and what their keys do to it.

The review knows the decisions, the proposals know what the engine found; this puts the two
together. Nothing here knows a widget or calls the engine.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from ..document.formats import Segment
from ..document.review import (
    Action,
    Decide,
    Decision,
    Freeze,
    Reopen,
    Status,
    Thaw,
    Together,
    touched,
)
from ..document.review.review import Review
from ..engine.options import Options
from ..engine.result import Paraphrase, Result
from .proposals import Proposals
from .widgets.marks import Look

if TYPE_CHECKING:
    from ..engine.prepare import Sentence

_LOOKS = {Status.ACCEPTED: Look.ACCEPTED, Status.EDITED: Look.EDITED, Status.KEPT: Look.KEPT}


@dataclass(frozen=True)
class Counts:
    """How far a review is, in sentences; `warned` have a warning on their best proposal."""

    total: int
    decided: int
    changed: int
    warned: int


class Desk:
    """A review in progress.

    options: as they are dialled; what is frozen in the document comes on top.
    current: the number of the sentence in view; None in a document without any.
    """

    def __init__(self, review: Review, options: Options) -> None:
        self.review = review
        self.options = options
        self.proposals = Proposals()
        self._sentences: dict[int, Sentence] = {}
        self._warned: set[int] = set()
        self.current: int | None = 0 if self.segments else None

    @property
    def segments(self) -> Sequence[Segment]:
        """The sentences of the document."""
        return self.review.document.segments

    @property
    def asked_options(self) -> Options:
        """What the engine is asked with."""
        freeze = dict.fromkeys(self.options.freeze + self.review.state.frozen)
        return replace(self.options, freeze=tuple(freeze))

    def sentence(self, number: int) -> "Sentence":
        """A sentence as the engine takes it."""
        from ..engine.prepare import Sentence  # after the first frame

        if number not in self._sentences:  # the same one again, by which requests are compared
            segment, fits = self.segments[number], partial(self.review.fits, number)
            self._sentences[number] = Sentence(segment.source, segment.freeze, fits)
        return self._sentences[number]

    def result(self, number: int) -> Result | None:
        """What the engine found for a sentence under the present options, if that is known."""
        return self.proposals.get(number, self.asked_options)

    def missing(self, numbers: Iterable[int]) -> "list[tuple[int, Sentence]]":
        """Those of the sentences that the engine has not been asked about, as it takes them."""
        return [(n, self.sentence(n)) for n in numbers if self.result(n) is None]

    def ahead(self, count: int) -> Iterator[int]:
        """The next sentences from the current one on."""
        first = 0 if self.current is None else self.current
        yield from range(first, min(first + count, len(self.segments)))

    def has(self, number: int, result: Result) -> bool:
        """Whether an answer is to a sentence of this document; a late one may be to another's."""
        return number < len(self.segments) and self.segments[number].source == result.source

    def propose(self, number: int, options: Options, result: Result) -> None:
        """Take in what the engine found."""
        self.proposals.put(number, options, result)

    def look(self, number: int) -> Look:
        """How a sentence is marked in the document."""
        if found := _LOOKS.get(self.review.state.status(number)):
            return found
        result = self.proposals.newest(number)
        if result is None or not result.variants:
            return Look.OPEN
        return Look.WARNED if result.variants[0].warnings else Look.READY

    def marked(self, numbers: Iterable[int]) -> Mapping[int, Look]:
        """How these sentences are marked now; counts what is to be checked on the way."""
        looks = {number: self.look(number) for number in numbers}
        for number, look in looks.items():
            (self._warned.add if look is Look.WARNED else self._warned.discard)(number)
        return looks

    def warnings(self, number: int) -> tuple[str, ...]:
        """What to mind about what stands, or would stand first, in place of a sentence."""
        variant = self.variant(number)
        return variant.warnings if variant else ()

    def variant(self, number: int) -> Paraphrase | None:
        """The proposal that was accepted, or the best one where nothing is decided."""
        result = self.proposals.newest(number)
        if result is None or self.review.state.status(number) is Status.KEPT:
            return None
        decision = self.review.state.decisions.get(number)
        if decision is None:
            return result.variants[0] if result.variants else None
        return next((v for v in result.variants if v.text == decision.text), None)

    def texts(self) -> Mapping[int, str]:
        """The sentences that read differently from their source, by number."""
        decisions = self.review.state.decisions
        return {number: d.text for number, d in decisions.items() if d.text is not None}

    def pairs(self) -> list[tuple[str, str]]:
        """Every sentence as it was and as it is."""
        return [(s.source, self.review.text(n)) for n, s in enumerate(self.segments)]

    @property
    def counts(self) -> Counts:
        """How far the review is."""
        decisions = self.review.state.decisions
        changed = sum(decision.text is not None for decision in decisions.values())
        return Counts(len(self.segments), len(decisions), changed, len(self._warned))

    def accept(self, text: str, edited: bool = False) -> bool:
        """Take a text for the current sentence; False if it has no place for the markup there."""
        if self.current is None or not self.review.fits(self.current, text):
            return False
        if text == self.segments[self.current].source:
            self.keep()
            return True
        status = Status.EDITED if edited else Status.ACCEPTED
        self.review.do(Decide(self.current, Decision(status, text)))
        return True

    def keep(self) -> None:
        """Decide that the current sentence stays as it is."""
        if self.current is not None:
            self.review.do(Decide(self.current, Decision(Status.KEPT)))

    def reopen(self) -> None:
        """Forget what was decided about the current sentence."""
        if self.current is not None:
            self.review.do(Reopen(self.current))

    def accept_safe(self) -> int:
        """Accept the best proposal of every open sentence where it has no warning, in one step.

        Returns how many were accepted.
        """
        actions = tuple(
            Decide(n, Decision(Status.ACCEPTED, variant.text))
            for n in range(len(self.segments))
            if self.look(n) is Look.READY
            and (variant := self.variant(n))
            and self.review.fits(n, variant.text)
        )
        if actions:
            self.review.do(Together(actions))
        return len(actions)

    def freeze(self, terms: Sequence[str]) -> bool:
        """Make these the frozen terms of the document; whether that changed something."""
        before = self.review.state.frozen
        actions = (
            *(Thaw(term) for term in before if term not in terms),
            *(Freeze(term) for term in terms if term not in before),
        )
        if actions:
            self.review.do(Together(actions))
            self.proposals.clear()  # they may break what is frozen now
        return bool(actions)

    def undo(self) -> tuple[int, ...] | None:
        """Take the last step back and go where it was.

        Returns the sentences that it was about; None if there is nothing to take back.
        """
        return self._gone_to(self.review.undo())

    def redo(self) -> tuple[int, ...] | None:
        """Do again what was taken back and go where it is; returns the same as `undo`."""
        return self._gone_to(self.review.redo())

    def step(self, by: int) -> bool:
        """Go on or back by some sentences; False at the end."""
        if self.current is None or not 0 <= self.current + by < len(self.segments):
            return False
        self.current += by
        return True

    def next_open(self) -> bool:
        """Go to the next sentence that is open, from the top again after the last.

        Those for which the engine found nothing are passed by.
        """
        if self.current is None:
            return False
        count, here = len(self.segments), self.current
        order = chain(range(here + 1, count), range(here + 1))
        target = next(filter(self._waits, order), None)
        if target is None:
            return False
        self.current = target
        return True

    def _waits(self, number: int) -> bool:
        result = self.proposals.newest(number)
        worth = result is None or bool(result.variants)
        return worth and self.review.state.status(number) is Status.OPEN

    def _gone_to(self, action: Action | None) -> tuple[int, ...] | None:
        if action is None:
            return None
        numbers = tuple(touched(action))
        if numbers:
            self.current = numbers[0]
        return numbers
