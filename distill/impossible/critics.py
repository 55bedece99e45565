"""The critics: the filters that suit, and those that only this method has.

Thresholds are the paper's where its critics are used, but for ROUGE: `copies` finds what is too
mild, and does it better. The paper's released code compares the numbers of the target with
themselves, and has no tree edit distance.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from rapidfuzz.distance import LCSseq

from distill.controls import LEXICAL
from distill.filters.copies import Copies
from distill.filters.duplicates import Duplicates
from distill.filters.fluency import Fluency
from distill.filters.leakage import Leakage
from distill.filters.length import Length
from distill.filters.semantic import Semantic
from distill.filters.verdict import KEEP, Filter, Judge, Verdict, Workplace, each
from distill.records import Pair
from distill.sources.normal import normal_words
from paraphraser_tui.text.drift import numbers
from paraphraser_tui.text.drift.numbering import number_drift

from .entailment import Entailment
from .trees import distance, load_parser
from .way_back import Guards, WayBack


@dataclass(frozen=True)
class Numbers:
    """Numbers must agree: in both directions, or (for summaries) none may be new."""

    both_ways: bool = True
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        return each(self._look)

    def _look(self, pair: Pair) -> Verdict | None:
        if self.both_ways:
            found = number_drift(pair.src, pair.tgt)
            return Verdict("number", found[0].detail) if found else None
        new = numbers(pair.tgt) - numbers(pair.src)
        return Verdict("new_number", str(next(iter(new)))) if new else None


@dataclass(frozen=True)
class Rouge:
    """max_rouge: highest ROUGE-L F1 of source and target, 0..1; the paper's is 0.75."""

    max_rouge: float = 0.9
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        return each(self._look)

    def _look(self, pair: Pair) -> Verdict | None:
        found = rouge_l(pair.src, pair.tgt)
        return Verdict("rouge", f"{found:.2f}") if found > self.max_rouge else None


@dataclass(frozen=True)
class Trees:
    """min_distance: least tree edit distance of the two parses. Needs a parser."""

    min_distance: int = 12
    enabled: bool = False

    def judge(self, workplace: Workplace) -> Judge:
        parse = load_parser()

        def judge(pairs: Sequence[Pair]) -> list[Verdict]:
            if not pairs:
                return []
            sources, targets = parse([p.src for p in pairs]), parse([p.tgt for p in pairs])
            return [self._verdict(distance(a, b)) for a, b in zip(sources, targets, strict=True)]

        return judge

    def _verdict(self, found: int) -> Verdict:
        return Verdict("same_tree", str(found)) if found < self.min_distance else KEEP


@dataclass(frozen=True)
class Ratio(Length):
    """The filter `length`, with narrower bounds."""

    min_ratio: float = 0.6
    max_ratio: float = 1.5
    max_words: int = 60


@dataclass(frozen=True)
class Changed(Copies):
    """The filter `copies`, with a higher bound.

    What is milder differs in small words and endings, where the house student makes its mistakes:
    read by eye, three in ten such pairs were bad, of the bolder ones one in six.
    """

    min_change: float = LEXICAL[1]


@dataclass(frozen=True)
class Likeness(Semantic):
    """The filter `semantic`, with a higher bound."""

    min_similarity: float = 0.8


@dataclass(frozen=True)
class Critics:
    """All must let a pair pass; they work in this order, cheap ones first."""

    length: Ratio = field(default_factory=Ratio)
    numbers: Numbers = field(default_factory=Numbers)
    copies: Changed = field(default_factory=Changed)
    rouge: Rouge = field(default_factory=Rouge)
    drift: Guards = field(default_factory=Guards)
    leakage: Leakage = field(default_factory=Leakage)
    duplicates: Duplicates = field(default_factory=Duplicates)
    semantic: Likeness = field(default_factory=Likeness)
    fluency: Fluency = field(default_factory=Fluency)
    way_back: WayBack = field(default_factory=WayBack)
    trees: Trees = field(default_factory=Trees)
    entailment: Entailment = field(default_factory=Entailment)

    def filters(self) -> dict[str, Filter]:
        """The critics that are on, by name, in order."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: one for name, one in found.items() if one.enabled}


def rouge_l(a: str, b: str) -> float:
    """ROUGE-L F1 (longest common subsequence of words), 0..1."""
    left, right = normal_words(a), normal_words(b)
    shared = LCSseq.similarity(left, right)
    return 2 * shared / max(1, len(left) + len(right))
