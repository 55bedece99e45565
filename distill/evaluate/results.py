"""What an evaluation found, set by set and row by row, and its form in `report.json`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from . import bootstrap, metrics
from .bootstrap import Score
from .config import REFERENCES, Config
from .metrics import Answers, Encoders
from .overlap import Bleu
from .ratings import Scale, Verdict
from .sets import EvalSet

# Lexical changes at which systems with a dial are compared.
EQUAL_CHANGES = (0.1, 0.2, 0.3, 0.4, 0.5)

# The rows of each system: one for each setting of its dial.
Dials = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Result:
    """Scores of one row by metric key; gaps: minus the baseline's, where there is one."""

    system: str
    scores: Mapping[str, Score]
    gaps: Mapping[str, Score] = field(default_factory=dict)


@dataclass(frozen=True)
class SetResult:
    """One test set. references: fewest and most per source; signature: sacrebleu's."""

    name: str
    items: int
    references: tuple[int, int]
    signature: str
    rows: tuple[Result, ...]


@dataclass(frozen=True)
class Panel:
    """Raters of one kind. agreement: Krippendorff's alpha by scale, where it is defined."""

    title: str
    raters: int
    verdicts: tuple[Verdict, ...]
    agreement: Mapping[Scale, float | None]


def measure_set(
    items: EvalSet, answers: Sequence[Answers], config: Config, encoders: Encoders
) -> SetResult:
    """Every row of one set; the references are measured without references."""
    weights = bootstrap.resamples(len(items.items), config.resamples, config.seed)
    found = {}
    for one in answers:
        references = None if one.system == REFERENCES else items.references
        found[one.system] = metrics.measure(
            one, items.sources, references, config.metrics, encoders
        )
    baseline = found.get(config.baseline, {})
    rows = []
    for one in answers:
        own = found[one.system]
        scores = {key: bootstrap.score(statistic, weights) for key, statistic in own.items()}
        scores |= {key: Score(value) for key, value in metrics.distinct(one).items()}
        gaps = {}
        if one.system != config.baseline:
            shared = [key for key in own if key in baseline]
            gaps = {k: bootstrap.difference(own[k], baseline[k], weights) for k in shared}
        rows.append(Result(one.system, scores, gaps))
    counts = [len(refs) for refs in items.references]
    bleu = Bleu(config.metrics.lowercase, config.metrics.tokenize)
    signature = bleu.signature(items.references)
    return SetResult(
        items.name, len(items.items), (min(counts), max(counts)), signature, tuple(rows)
    )


def at_equal_change(one: SetResult, rows: Sequence[str], key: str) -> list[float]:
    """A metric of one system at EQUAL_CHANGES, between the settings of its dial linearly.

    NaN at changes that none of its settings reaches, so there is no extrapolation.
    """
    found = [row.scores for row in one.rows if row.system in rows]
    points = sorted((scores["lexical"].value, scores[key].value) for scores in found)
    changes, values = zip(*points, strict=True)
    return np.interp(EQUAL_CHANGES, changes, values, left=np.nan, right=np.nan).tolist()


def to_json(sets: Sequence[SetResult], panels: Sequence[Panel]) -> dict[str, Any]:
    """Full precision, for machines; figures that are not numbers become null."""
    return _plain({"sets": [asdict(s) for s in sets], "ratings": [asdict(p) for p in panels]})


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return None if np.isnan(value) else float(value)
    return value
