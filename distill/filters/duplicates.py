"""De-duplication: the same pair but for case and punctuation, and too many pairs of one source."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from distill.records import Pair
from distill.sources.normal import fingerprint

from .verdict import KEEP, Judge, Verdict, Workplace


@dataclass(frozen=True)
class Duplicates:
    """max_per_source: how many targets one source may have; 0 is any number."""

    max_per_source: int = 0
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        seen: set[int] = set()
        per_source: Counter[int] = Counter()

        def look(pair: Pair) -> Verdict:
            mark = fingerprint(pair.src, pair.tgt)
            if mark in seen:
                return Verdict("duplicate")
            if self.max_per_source:
                source = fingerprint(pair.src)
                if per_source[source] >= self.max_per_source:
                    return Verdict("many_of_source")
                per_source[source] += 1
            seen.add(mark)
            return KEEP

        def judge(pairs: Sequence[Pair]) -> list[Verdict]:
            return [look(pair) for pair in pairs]

        return judge
