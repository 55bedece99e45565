"""Which of the pairs that passed the critics are kept, once they compete with each other."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from distill.controls import codes, level
from distill.filters import fluency, semantic
from distill.records import Pair

from . import entailment

# Of pairs that compete, the kept ones.
Choose = Callable[[Sequence[Pair]], list[Pair]]
# Which of some texts say the same as which: a square of truth values.
Linked = Callable[[Sequence[str]], Sequence[Sequence[bool]]]


def quality(pair: Pair) -> float:
    """How good the critics found a pair: by entailment, or by all that the others measured."""
    told = pair.features or {}
    if entailment.FEATURE in told:
        return told[entailment.FEATURE]
    ease = min(told.get("ease", 0.0), 1.0)
    fall = min(told.get(fluency.FEATURE, 0.0), 0.0)
    return told.get(semantic.FEATURE, 0.0) + told.get("fidelity", 0.0) + ease + fall


def best_per_code(pairs: Sequence[Pair], per_code: int, per_source: int) -> list[Pair]:
    """Of each source and measured setting of the codes the best; of those the boldest.

    The codes are measured, for a student does not always do what it is asked to.
    """
    by_source: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=quality, reverse=True):
        by_source[pair.src].append(pair)
    kept = []
    for rivals in by_source.values():
        seen: Counter[tuple[str, ...]] = Counter()
        best: list[tuple[int, Pair]] = []
        for pair in rivals:
            measured = codes(pair.src, pair.tgt)
            seen[measured] += 1
            if seen[measured] <= per_code:
                best.append((level("lex", measured), pair))
        best.sort(key=lambda found: -found[0])
        kept += [pair for _, pair in best[:per_source]]
    return kept


def one_per_meaning(pairs: Sequence[Pair], linked: Linked) -> list[Pair]:
    """The best pair of each group that says the same.

    Pairs are linked when their sources are or their targets are; a group is a connected part of
    that graph. The paper keeps the pair with the highest two-way entailment, its code the lowest.
    """
    groups = list(range(len(pairs)))

    def root(i: int) -> int:
        while groups[i] != i:
            groups[i] = i = groups[groups[i]]
        return i

    sources = linked([pair.src for pair in pairs]) if pairs else []
    targets = linked([pair.tgt for pair in pairs]) if pairs else []
    for i in range(len(pairs)):
        for j in range(i):
            if sources[i][j] or sources[j][i] or targets[i][j] or targets[j][i]:
                groups[root(i)] = root(j)
    best: dict[int, Pair] = {}
    for i, pair in enumerate(pairs):
        held = best.get(root(i))
        if held is None or quality(pair) > quality(held):
            best[root(i)] = pair
    return list(best.values())
