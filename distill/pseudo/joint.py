"""Joint-Teaching: the teacher judges its own texts and the student's, by turns."""

import math

import torch

from ..training.batching import Batch
from .scorer import Scorer
from .settings import Decoding
from .word_level import WordLevel

TURN = "turn"


class Joint:
    """a L(x, yT) + (1 - a) L(x, yS): L word-level, yT the batch's text, yS the student's own.

    Section 5 of arXiv 2305.02031, against exposure bias. As there the sum is taken by turns: of
    n steps a share of a, spread evenly, is on the batch's text and the rest on text that the
    student writes at that moment; a = 1/2 is every second step, a = 0 `Only Student`. Other
    than in the authors' code the student writes without dropout.
    """

    def __init__(self, words: WordLevel, alpha: float, decoding: Decoding):
        self.words, self.alpha, self.decoding = words, alpha, decoding
        self.state: dict[str, float] = {TURN: 0}

    def __call__(self, student: Scorer, teacher: Scorer, batch: Batch) -> torch.Tensor:
        turn = self.state[TURN]
        self.state[TURN] = turn + 1
        if writes(turn, self.alpha):
            batch = student.write(batch, self.decoding)
        return self.words(student, teacher, batch)


def writes(turn: float, alpha: float) -> bool:
    """Whether the student writes at this turn, counted from 0."""
    share = 1 - alpha
    return math.floor((turn + 1) * share) > math.floor(turn * share)
