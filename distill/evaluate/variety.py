"""How much an output differs from its source, what it must not have changed, and distinct-n."""

import re
from collections.abc import Sequence

from paraphraser_tui.text.change import measure
from paraphraser_tui.text.drift import Drift, find_drift

from .bootstrap import Statistic, mean_of
from .overlap import PERCENT

# Unknown words are left out: to know them takes a vocabulary, and systems have their own.
DRIFTS = tuple(kind for kind in Drift if kind is not Drift.WORD)
ANY_DRIFT = "drift"
_WORD = re.compile(r"\w+")


def changes(outputs: Sequence[str], sources: Sequence[str]) -> dict[str, Statistic]:
    """Means of the lexical and order change (0..1) and of the length ratio in words."""
    found = [measure(src, out) for src, out in zip(sources, outputs, strict=True)]
    return {
        "lexical": mean_of([change.lexical for change in found]),
        "order": mean_of([change.order for change in found]),
        "length": mean_of([change.length for change in found]),
    }


def drifts(outputs: Sequence[str], sources: Sequence[str]) -> dict[str, Statistic]:
    """Percent of outputs with each kind of drift, and with any, by the checks of run time."""
    found = [
        {finding.kind for finding in find_drift(src, out)}
        for src, out in zip(sources, outputs, strict=True)
    ]
    rates = {kind.value: mean_of([PERCENT * (kind in kinds) for kinds in found]) for kind in DRIFTS}
    return {**rates, ANY_DRIFT: mean_of([PERCENT * bool(kinds) for kinds in found])}


def copies(outputs: Sequence[str], sources: Sequence[str]) -> Statistic:
    """Percent of outputs that say the source again, but for case, spaces and punctuation."""
    return mean_of([PERCENT * is_copy(out, src) for out, src in zip(outputs, sources, strict=True)])


def is_copy(output: str, source: str) -> bool:
    """Whether two texts have the same words and digits in the same order."""
    a, b = (_WORD.findall(text.casefold()) for text in (output, source))
    return a == b if a or b else output.split() == source.split()


def distinct(outputs: Sequence[str], order: int) -> float:
    """Distinct-n (Li et al., NAACL 2016): different n-grams over all n-grams, 0..1.

    Words in lower case, counted over all outputs together: it falls as a set grows, so
    only sets of one size compare. NaN where no output has n words.
    """
    different: set[tuple[str, ...]] = set()
    total = 0
    for output in outputs:
        words = _WORD.findall(output.lower())
        grams = list(zip(*(words[i:] for i in range(order)), strict=False))
        different.update(grams)
        total += len(grams)
    return len(different) / total if total else float("nan")
