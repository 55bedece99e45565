"""How far a paraphrase moved from its source: words, order and length, each 0 to 1.

The same three numbers label training pairs with control codes and describe
every variant at run time, so that the dial means the same in both places.
"""

from collections import Counter
from dataclasses import dataclass

from .words import content_stems, words

# Reordered words count half as much as replaced ones in the overall figure.
ORDER_SHARE = 0.5


@dataclass(frozen=True)
class Change:
    """What separates a target from its source.

    lexical: Sørensen-Dice distance of the multisets of content-word stems, 0..1.
    order: Kendall distance of the shared content words, 0 (same order) .. 1 (reversed).
    length: words of the target / words of the source, > 0.
    """

    lexical: float
    order: float
    length: float

    @property
    def overall(self) -> float:
        """One figure in 0..1: replaced words, plus half of the reordering among the rest."""
        return 1 - (1 - self.lexical) * (1 - ORDER_SHARE * self.order)


def measure(source: str, target: str) -> Change:
    """Compare two texts; symmetric but for `length`."""
    a, b = content_stems(source), content_stems(target)
    length = max(1, len(words(target))) / max(1, len(words(source)))
    return Change(_dice_distance(a, b), _kendall_distance(a, b), length)


def _dice_distance(a: list[str], b: list[str]) -> float:
    if not a and not b:
        return 0.0
    shared = sum((Counter(a) & Counter(b)).values())
    return 1 - 2 * shared / (len(a) + len(b))


def _kendall_distance(a: list[str], b: list[str]) -> float:
    """Share of word pairs in the opposite order; words that occur twice on a side are left out."""
    once_a, once_b = _once(a), _once(b)
    positions = [once_b[w] for w in once_a if w in once_b]
    pairs = len(positions) * (len(positions) - 1) // 2
    if not pairs:
        return 0.0
    inverted = sum(x > y for i, x in enumerate(positions) for y in positions[i + 1 :])
    return inverted / pairs


def _once(stems: list[str]) -> dict[str, int]:
    counts = Counter(stems)
    return {w: i for i, w in enumerate(stems) if counts[w] == 1}
