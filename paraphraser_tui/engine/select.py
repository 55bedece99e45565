"""From good candidates to the few worth showing.

The choice is maximal marginal relevance (Carbonell and Goldstein 1998): the
best candidate first, then each time the best that is also unlike those chosen.
"""

from collections.abc import Sequence
from enum import IntEnum

from ..text.change import measure
from .options import Options
from .result import Paraphrase
from .scoring import Likelihood, Scored

# What makes a candidate good: each part is 0..1, the weighted sum ranks.
WEIGHT_MEANING = 1.0
WEIGHT_FIDELITY = 1.0
WEIGHT_FLUENCY = 1.0
WEIGHT_DIAL = 3.0  # per unit of distance from the change that was asked for
WEIGHT_NOVELTY = 0.7  # per unit of likeness to a variant already chosen

# Beyond the first of each three the model would not come back to the source: something is lost
# or turned around. Between the two a reader must look.
WORST_FIDELITY, MIN_FIDELITY, DOUBTFUL_FIDELITY = 0.42, 0.6, 0.67
WORST_SURPRISE, MAX_SURPRISE, DOUBTFUL_SURPRISE = 6.5, 4.5, 3.5
# How easily a candidate reads, compared with a copy. One that only touches small words and
# endings has no excuse to be harder: below its limit it is mostly bad grammar.
WORST_EASE, MIN_EASE, MIN_EASE_UNCHANGED = 0.65, 0.75, 0.95
# Words per word of the source outside of which a reader is warned.
SHORT_RATIO, LONG_RATIO = 0.7, 1.4
DECIMALS = 4


class Grade(IntEnum):
    """How far a candidate can be trusted."""

    BAD = 0
    FAIR = 1  # shown, with a warning, only where more variants are wanted than are good
    GOOD = 2


def grade(scored: Scored) -> Grade:
    """By the way back to the source, and by how easily the candidate reads."""
    told = scored.likelihood
    if _is_beyond(told, WORST_FIDELITY, WORST_SURPRISE, WORST_EASE):
        return Grade.BAD
    if _is_beyond(told, MIN_FIDELITY, MAX_SURPRISE, MIN_EASE) or _is_clumsy(scored):
        return Grade.FAIR
    return Grade.GOOD


def choose(scored: Sequence[Scored], options: Options) -> tuple[Paraphrase, ...]:
    """Up to `options.num` variants, best first; none if not one of them is good."""
    good = [s for s in scored if grade(s) is Grade.GOOD]
    if not good:
        return ()
    chosen = _most_relevant(good, [], options)
    fair = [s for s in scored if grade(s) is Grade.FAIR]
    return tuple(map(_paraphrase, _most_relevant(fair, chosen, options)))


def _most_relevant(
    scored: Sequence[Scored], chosen: Sequence[Scored], options: Options
) -> list[Scored]:
    """Fill `chosen` up to the wanted number."""
    rest, chosen = list(scored), list(chosen)
    while rest and len(chosen) < options.num:
        best = max(rest, key=lambda s: quality(s, options) - WEIGHT_NOVELTY * _likeness(s, chosen))
        rest.remove(best)
        chosen.append(best)
    return chosen


def quality(scored: Scored, options: Options) -> float:
    """The weighted sum that ranks a candidate on its own."""
    return (
        WEIGHT_MEANING * scored.meaning
        + WEIGHT_FIDELITY * scored.likelihood.fidelity
        + WEIGHT_FLUENCY * scored.likelihood.fluency
        - WEIGHT_DIAL * options.dials.distance(scored.candidate.change)
    )


def _likeness(scored: Scored, chosen: Sequence[Scored]) -> float:
    text = scored.candidate.text
    return max((1 - measure(c.candidate.text, text).overall for c in chosen), default=0.0)


def _paraphrase(scored: Scored) -> Paraphrase:
    return Paraphrase(
        text=scored.candidate.text,
        meaning=round(scored.meaning, DECIMALS),
        change=round(scored.candidate.change.overall, DECIMALS),
        fluency=round(scored.likelihood.fluency, DECIMALS),
        warnings=tuple(_warnings(scored)),
    )


def _is_beyond(told: Likelihood, fidelity: float, surprise: float, ease: float) -> bool:
    return told.fidelity < fidelity or told.surprise > surprise or told.ease < ease


def _is_clumsy(scored: Scored) -> bool:
    """Whether it is hard to read, or only small words and endings changed for the worse."""
    if scored.likelihood.ease < MIN_EASE:
        return True
    return scored.candidate.change.overall == 0 and scored.likelihood.ease < MIN_EASE_UNCHANGED


def _warnings(scored: Scored) -> list[str]:
    out = []
    told = scored.likelihood
    if told.fidelity < DOUBTFUL_FIDELITY or told.surprise > DOUBTFUL_SURPRISE:
        out.append("may have lost or altered a detail")
    if _is_clumsy(scored):
        out.append("may be clumsy")
    if scored.candidate.change.length < SHORT_RATIO:
        out.append("much shorter than the source")
    if scored.candidate.change.length > LONG_RATIO:
        out.append("much longer than the source")
    return out
