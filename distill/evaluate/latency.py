"""How long one sentence takes, asked for alone: what a person at the keyboard waits."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .systems import Speak

WARM_UP = 3
MILLISECONDS = 1000


@dataclass(frozen=True)
class Latency:
    """Milliseconds per sentence over `sentences` of them."""

    sentences: int
    median: float
    p95: float


def latency(speak: Speak, sources: Sequence[str], clock=time.perf_counter) -> Latency:
    """Time a system sentence by sentence, after a few that do not count."""
    for source in sources[:WARM_UP]:
        speak([source])
    spent = []
    for source in sources:
        start = clock()
        speak([source])
        spent.append(MILLISECONDS * (clock() - start))
    return Latency(len(spent), float(np.median(spent)), float(np.quantile(spent, 0.95)))
