"""Length ratio: a target much shorter or longer than its source dropped or added something."""

from dataclasses import dataclass

from distill.records import Pair
from paraphraser_tui.text.change import measure
from paraphraser_tui.text.words import words

from .verdict import Judge, Verdict, Workplace, each


@dataclass(frozen=True)
class Length:
    """Bounds of target words / source words, and of the words on either side."""

    min_ratio: float = 0.5
    max_ratio: float = 2.0
    min_words: int = 3
    max_words: int = 80
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        return each(self._look)

    def _look(self, pair: Pair) -> Verdict | None:
        lengths = len(words(pair.src)), len(words(pair.tgt))
        if min(lengths) < self.min_words:
            return Verdict("few_words")
        if max(lengths) > self.max_words:
            return Verdict("many_words")
        ratio = measure(pair.src, pair.tgt).length
        if ratio < self.min_ratio:
            return Verdict("shortened", f"{ratio:.2f}")
        return Verdict("lengthened", f"{ratio:.2f}") if ratio > self.max_ratio else None
