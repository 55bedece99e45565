"""The dials in a model's terms: which control codes to try, and which change to aim at."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..models.manifest import Control
from ..text.change import ORDER_SHARE, Change
from .tokens import Codes

# The change aimed at with a dial at 100; it grows in proportion from none at 0.
FULL_CHANGE = 0.8  # Change.overall for diversity, Change.lexical for lexical
FULL_ORDER = 0.5  # Change.order: as good as shuffled
# From these positions of the order dial on, the middle and the freest word order are asked for.
_ORDER_STEPS = (35, 70)
# Settings tried per sentence, in levels from the dialled one: a bolder one, for a small model
# changes less than it is asked to, and milder ones, which save the sentence where bold ones
# yield nothing acceptable.
SETTINGS = 4
_SHIFTS = (0, 1, -1, -2, 2, -3, 3)


class Length(StrEnum):
    """How long a paraphrase should be, compared with its source."""

    SHORTER = "shorter"
    SAME = "same"
    LONGER = "longer"


# Words per word of the source.
LENGTH_RANGES = {
    Length.SHORTER: (0.5, 0.85),
    Length.SAME: (0.85, 1.18),
    Length.LONGER: (1.18, 1.8),
}


@dataclass(frozen=True)
class Dials:
    """How far to go, 0..100 each: one dial for all, and three that take over where they are set.

    lexical: words replaced; order: words moved; length: None leaves it to the model.
    """

    diversity: int
    lexical: int | None = None
    order: int | None = None
    length: Length | None = None

    def distance(self, change: Change) -> float:
        """How far a change is from what was dialled, 0 being just right."""
        if self.lexical is None and self.order is None:
            found = abs(change.overall - FULL_CHANGE * self.diversity / 100)
        else:
            lexical = self.diversity if self.lexical is None else self.lexical
            found = abs(change.lexical - FULL_CHANGE * lexical / 100)
        if self.order is not None:
            found += ORDER_SHARE * abs(change.order - FULL_ORDER * self.order / 100)
        if self.length is not None:
            low, high = LENGTH_RANGES[self.length]
            found += max(low - change.length, change.length - high, 0.0)
        return found

    def settings(self, controls: Sequence[Control]) -> tuple[Codes, ...]:
        """The dialled control codes and the nearest other ones.

        A model that was trained without codes has one setting: none.
        """
        found = (tuple(c.token(self._level(c, shift)) for c in controls) for shift in _SHIFTS)
        return tuple(dict.fromkeys(found))[:SETTINGS]

    def _level(self, control: Control, shift: int) -> int:
        top = control.levels - 1
        if control.name == "lex":
            dial = self.diversity if self.lexical is None else self.lexical
            return min(max(round(dial / 100 * top) + shift, 0), top)
        if control.name == "ord":
            dial = self.diversity if self.order is None else self.order
            dialled = min(sum(dial >= step for step in _ORDER_STEPS), top)
            return max(dialled + min(shift, 0), 0) if self.order is None else dialled
        if control.name == "len" and self.length is not None:
            return {Length.SHORTER: 0, Length.SAME: top // 2, Length.LONGER: top}[self.length]
        return control.levels // 2
