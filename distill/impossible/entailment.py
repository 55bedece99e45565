"""Entailment by an NLI model, in one or both directions, each direction asked only once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from weakref import WeakValueDictionary

from distill.filters.nli import Critic
from distill.filters.scores import remembered
from distill.filters.verdict import Judge, Verdict, Workplace
from distill.records import Pair, content_id

FEATURE = "entailment"
# Those in use: the critic and the links between pairs ask the same large model.
_CRITICS: WeakValueDictionary[str, Critic] = WeakValueDictionary()

# Probabilities, 0..1, that the second text of each pair follows from the first.
Entails = Callable[[Sequence[Pair]], list[float]]


@dataclass(frozen=True)
class Entailment:
    """The target must follow from the source and, with `both_ways`, the source from the target.

    model: Hub name or directory of an NLI model; the default is the paper's, 1.4 GB.
    """

    model: str = "alisawuffles/roberta-large-wanli"
    min_entailment: float = 0.75
    both_ways: bool = True
    enabled: bool = False

    def judge(self, workplace: Workplace) -> Judge:
        entails = self.entails(workplace, "entails")

        def judge(pairs: Sequence[Pair]) -> list[Verdict]:
            if not pairs:
                return []
            scores = entails(pairs)
            if self.both_ways:
                back = entails([Pair(pair.tgt, pair.src, pair.set) for pair in pairs])
                scores = [min(both) for both in zip(scores, back, strict=True)]
            return [self._verdict(score) for score in scores]

        return judge

    def entails(self, workplace: Workplace, name: str) -> Entails:
        """The model's answers, kept in a journal of that name."""
        critic = _CRITICS.get(self.model) or _CRITICS.setdefault(self.model, Critic(self.model))
        journal = workplace.journal(f"{name}-{content_id(self.model)[:8]}")
        return remembered(
            lambda pairs: critic.entails([(pair.src, pair.tgt) for pair in pairs]), journal
        )

    def _verdict(self, score: float) -> Verdict:
        reason = "not_entailed" if score < self.min_entailment else ""
        return Verdict(reason, f"{score:.2f}", {FEATURE: score})
