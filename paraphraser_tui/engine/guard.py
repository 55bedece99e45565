"""The first sieve: candidates that keep all that must be kept."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..text.change import Change, measure
from ..text.drift import find_drift
from .dials import LENGTH_RANGES, Length
from .options import Options
from .prepare import Prepared
from .tokens import Framer

_WORDS = re.compile(r"\w+")

# Words of the candidate per word of the source.
MIN_LENGTH_RATIO = LENGTH_RANGES[Length.SHORTER][0]
MAX_LENGTH_RATIO = LENGTH_RANGES[Length.LONGER][1]


@dataclass(frozen=True)
class Candidate:
    """A candidate that passed the guards, as the model sees it and as the page will show it."""

    model_text: str
    text: str
    change: Change


def guarded(
    sentence: Prepared, pool: Iterable[str], framer: Framer, options: Options
) -> tuple[list[Candidate], Counter[str]]:
    """Acceptable candidates in the pool's order, each once, and what the others were refused for.

    Candidates that equal the source in all but case and punctuation are dropped uncounted.
    """
    source = sentence.model_text
    seen = {key(source)}
    accepted: list[Candidate] = []
    refused: Counter[str] = Counter()
    for raw in pool:
        text = sentence.tidy(raw)
        if key(text) in seen:
            continue
        seen.add(key(text))
        finished = sentence.finish(text)
        change = measure(source, text)
        if finished is None:
            refused["protected span"] += 1
        elif not MIN_LENGTH_RATIO <= change.length <= MAX_LENGTH_RATIO or (
            framer.length(text) > min(options.max_length or math.inf, framer.max_text_tokens)
        ):
            refused["length"] += 1
        elif drifts := find_drift(source, text, framer.is_word):
            refused[drifts[0].kind] += 1
        elif not sentence.fits(finished):
            refused["markup"] += 1
        else:
            accepted.append(Candidate(text, finished, change))
    return accepted, refused


def key(text: str) -> str:
    """What two texts share that differ in case and punctuation only."""
    return " ".join(w.casefold() for w in _WORDS.findall(text))
