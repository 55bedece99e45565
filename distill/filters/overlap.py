"""N-gram overlap: long runs of words taken over from the source, however long the rest is.

Impossible Distillation (arXiv 2305.16635) drops pairs by ROUGE-L for the same end; shared
n-grams say where the copying is and cost nothing.
"""

from collections import Counter
from dataclasses import dataclass

from distill.records import Pair
from distill.sources.normal import normal_words

from .verdict import Judge, Verdict, Workplace, each


@dataclass(frozen=True)
class Overlap:
    """max_shared: of the target's word n-grams, the share that the source has, 0..1.

    Targets with fewer than min_grams n-grams pass: one changed word takes most of theirs.
    """

    words: int = 4
    max_shared: float = 0.8
    min_grams: int = 5
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        return each(self._look)

    def _look(self, pair: Pair) -> Verdict | None:
        source, target = self._grams(pair.src), self._grams(pair.tgt)
        count = target.total()
        if count < self.min_grams:
            return None
        shared = (source & target).total() / count
        return Verdict("shared_runs", f"{shared:.2f}") if shared > self.max_shared else None

    def _grams(self, text: str) -> Counter[tuple[str, ...]]:
        found = normal_words(text)
        return Counter(zip(*(found[i:] for i in range(self.words)), strict=False))
