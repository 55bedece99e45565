"""What every filter says about a pair, and how a filter is made."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from distill.journal import Journal
from distill.records import Pair


@dataclass(frozen=True)
class Verdict:
    """Keep a pair (no reason) or drop it; with what was measured on the way."""

    reason: str = ""
    detail: str = ""
    features: Mapping[str, float] = field(default_factory=dict)

    @property
    def keeps(self) -> bool:
        """Whether the pair passes."""
        return not self.reason


KEEP = Verdict()
# One verdict per pair, in order.
Judge = Callable[[Sequence[Pair]], list[Verdict]]


@dataclass(frozen=True)
class Workplace:
    """Where filters may keep journals of costly scores, closed when `stack` is."""

    out_dir: Path
    stack: ExitStack

    def journal(self, name: str) -> Journal:
        """The journal of that name, open."""
        return self.stack.enter_context(Journal(self.out_dir / f"{name}.jsonl"))


class Filter(Protocol):
    """Settings of a filter; `judge` makes the filter itself, which may remember pairs."""

    enabled: bool

    def judge(self, workplace: Workplace) -> Judge: ...


def each(look: Callable[[Pair], Verdict | None]) -> Judge:
    """A filter that looks at one pair at a time; None keeps it."""
    return lambda pairs: [look(pair) or KEEP for pair in pairs]
