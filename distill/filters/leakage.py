"""Leakage: neither side of a pair may be a text of the test sets."""

from dataclasses import dataclass
from pathlib import Path

from distill.records import Pair
from distill.sources.leakage import TestTexts

from .verdict import Judge, Verdict, Workplace, each


@dataclass(frozen=True)
class Leakage:
    """tests: JSON lines with `src`, `tgt`, `text` or `refs`."""

    tests: tuple[Path, ...] = ()
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        tests = TestTexts.read(self.tests)

        def look(pair: Pair) -> Verdict | None:
            for side, text in (("source", pair.src), ("target", pair.tgt)):
                if text in tests:
                    return Verdict(f"{side}_in_test")
            return None

        return each(look)
