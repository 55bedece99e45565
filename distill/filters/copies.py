"""Identity and near-copy: a target that says it in the same words teaches copying."""

from dataclasses import dataclass

from distill.records import Pair
from distill.sources.normal import normal_words
from paraphraser_tui.text.change import measure

from .verdict import Judge, Verdict, Workplace, each


@dataclass(frozen=True)
class Copies:
    """min_change: the least overall change, 0..1, as measured at run time (`text.change`).

    At 0 only targets are dropped that are the source but for case and punctuation.
    """

    min_change: float = 0.04
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        return each(self._look)

    def _look(self, pair: Pair) -> Verdict | None:
        if normal_words(pair.src) == normal_words(pair.tgt):
            return Verdict("identical")
        change = measure(pair.src, pair.tgt).overall
        return Verdict("near_copy", f"{change:.2f}") if change < self.min_change else None
