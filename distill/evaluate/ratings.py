"""Blind ratings by people or a language model: what is rated, on which scales, and the outcome.

The scales are those of Impossible Distillation (arXiv 2305.16635, Table 3): fluent, faithful
and dissimilar, 1 to 3 each, agreement as Krippendorff's alpha. Raters see neither the system
nor an order that gives it away; equal outputs for one source are rated once and count for
every system that gave them.
"""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .bootstrap import Score, mean_of, resamples, score
from .metrics import Answers
from .sets import EvalSet

LOWEST, HIGHEST = 1, 3


class Scale(StrEnum):
    """What is rated, from 1 (bad) to 3 (good)."""

    FLUENT = "fluent"
    FAITHFUL = "faithful"
    DISSIMILAR = "dissimilar"


GUIDE = {
    Scale.FLUENT: "1 broken, 2 understandable with faults, 3 good English",
    Scale.FAITHFUL: "1 says something else, 2 nearly the same, 3 the same",
    Scale.DISSIMILAR: "1 a copy or nearly, 2 some words or order changed, 3 worded anew",
}

# By item and scale: what one rater gave.
Ratings = dict[tuple[int, Scale], int]


@dataclass(frozen=True)
class Line:
    """A paraphrase to be rated, and who gave it for which set."""

    item: int
    source: str
    paraphrase: str
    set: str
    systems: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """Mean ratings of one system by scale; ratings: how many there are in all."""

    system: str
    scores: Mapping[Scale, Score]
    ratings: int


def draw(sets: Sequence[tuple[EvalSet, Sequence[Answers]]], items: int, seed: int) -> list[Line]:
    """The outputs of all systems for the same `items` sources of each set, shuffled.

    Numbered from 1 in the shuffled order, so that the numbers tell nothing either.
    """
    rng = random.Random(seed)
    drawn: list[tuple[str, str, str, tuple[str, ...]]] = []
    for one, answers in sets:
        for i in rng.sample(range(len(one.items)), min(items, len(one.items))):
            said = defaultdict(list)
            for answer in answers:
                said[answer.outputs[i]].append(answer.system)
            source = one.items[i].src
            drawn += [(source, text, one.name, tuple(who)) for text, who in said.items()]
    rng.shuffle(drawn)
    return [Line(number, *line) for number, line in enumerate(drawn, start=1)]


def verdicts(
    lines: Sequence[Line], raters: Sequence[Ratings], resamplings: int, seed: int
) -> list[Verdict]:
    """What the raters say of each system over all sets, with intervals over the items.

    Ratings of one item are averaged first: raters of the same item are not independent.
    """
    systems = dict.fromkeys(name for line in lines for name in line.systems)
    found = []
    for system in systems:
        items = [line.item for line in lines if system in line.systems]
        weights = resamples(len(items), resamplings, seed)
        given = {scale: [_given(item, scale, raters) for item in items] for scale in Scale}
        scores = {
            scale: score(mean_of([np.mean(g) if g else None for g in given[scale]]), weights)
            for scale in Scale
        }
        found.append(Verdict(system, scores, sum(len(g) for gs in given.values() for g in gs)))
    return found


def agreement(lines: Sequence[Line], raters: Sequence[Ratings], scale: Scale) -> float | None:
    """Krippendorff's alpha with ordinal distances, at most 1; None where it is not defined.

    It needs an item that two raters rated, and more than one value.
    """
    import krippendorff

    rated = [[rater.get((line.item, scale)) for line in lines] for rater in raters]
    doubly = any(
        sum(value is not None for value in values) > 1 for values in zip(*rated, strict=True)
    )
    if not doubly or len({value for row in rated for value in row} - {None}) < 2:
        return None
    table = np.array(rated, dtype=float)  # None becomes NaN
    return float(krippendorff.alpha(table, level_of_measurement="ordinal"))


def _given(item: int, scale: Scale, raters: Sequence[Ratings]) -> list[int]:
    return [rater[item, scale] for rater in raters if (item, scale) in rater]
