"""From good candidates to the few worth showing.

The choice is maximal marginal relevance (Carbonell and Goldstein 1998): the
best candidate first, then each time the best that is also unlike those chosen.
"""

from collections.abc import Sequence

from ..text.change import measure
from .options import Options
from .result import Paraphrase
from .scoring import Scored

# What makes a candidate good: each part is 0..1, the weighted sum ranks.
WEIGHT_MEANING = 1.0
WEIGHT_FIDELITY = 1.0
WEIGHT_FLUENCY = 1.0
WEIGHT_DIAL = 1.5  # per unit of distance from the change that was asked for
WEIGHT_NOVELTY = 0.7  # per unit of likeness to a variant already chosen

# Beyond these the model would not come back to the source: something is lost or turned around.
MIN_FIDELITY, DOUBTFUL_FIDELITY = 0.5, 0.6
MAX_SURPRISE, DOUBTFUL_SURPRISE = 4.5, 4.0
# Words per word of the source outside of which a reader is warned.
SHORT_RATIO, LONG_RATIO = 0.7, 1.4
DECIMALS = 4


def choose(scored: Sequence[Scored], options: Options) -> tuple[Paraphrase, ...]:
    """Up to `options.num` variants, best first; all of `scored` are acceptable."""
    rest = sorted(scored, key=lambda s: -quality(s, options))
    chosen: list[Scored] = []
    while rest and len(chosen) < options.num:
        best = max(rest, key=lambda s: quality(s, options) - WEIGHT_NOVELTY * _likeness(s, chosen))
        rest.remove(best)
        chosen.append(best)
    return tuple(map(_paraphrase, chosen))


def is_faithful(scored: Scored) -> bool:
    """Whether the source can be had back from the candidate."""
    return scored.way.fidelity >= MIN_FIDELITY and scored.way.surprise <= MAX_SURPRISE


def quality(scored: Scored, options: Options) -> float:
    """The weighted sum that ranks a candidate on its own."""
    distance = abs(scored.candidate.change.overall - options.target_change)
    return (
        WEIGHT_MEANING * scored.meaning
        + WEIGHT_FIDELITY * scored.way.fidelity
        + WEIGHT_FLUENCY * scored.fluency
        - WEIGHT_DIAL * distance
    )


def _likeness(scored: Scored, chosen: Sequence[Scored]) -> float:
    text = scored.candidate.text
    return max((1 - measure(c.candidate.text, text).overall for c in chosen), default=0.0)


def _paraphrase(scored: Scored) -> Paraphrase:
    return Paraphrase(
        text=scored.candidate.text,
        meaning=round(scored.meaning, DECIMALS),
        change=round(scored.candidate.change.overall, DECIMALS),
        fluency=round(scored.fluency, DECIMALS),
        warnings=tuple(_warnings(scored)),
    )


def _warnings(scored: Scored) -> list[str]:
    out = []
    if scored.way.fidelity < DOUBTFUL_FIDELITY or scored.way.surprise > DOUBTFUL_SURPRISE:
        out.append("may have lost or altered a detail")
    if scored.candidate.change.length < SHORT_RATIO:
        out.append("much shorter than the source")
    if scored.candidate.change.length > LONG_RATIO:
        out.append("much longer than the source")
    return out
