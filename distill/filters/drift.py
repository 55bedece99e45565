"""Drift: numbers, names, negation or mood changed, by the very checks that guard run time."""

from dataclasses import dataclass

from distill.records import Pair
from paraphraser_tui.text.drift import Drift as Kind
from paraphraser_tui.text.drift import find_drift

from .verdict import Judge, Verdict, Workplace, each


@dataclass(frozen=True)
class Drift:
    """kinds: which changes drop a pair."""

    kinds: tuple[Kind, ...] = tuple(Kind)
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        return each(self._look)

    def _look(self, pair: Pair) -> Verdict | None:
        for finding in find_drift(pair.src, pair.tgt):
            if finding.kind in self.kinds:
                return Verdict(finding.kind.value, finding.detail)
        return None
