"""The one face of all objectives, and how each is made from its settings."""

from typing import Protocol

import torch

from ..training.batching import Batch
from .joint import Joint
from .relations import Relations
from .scorer import Scorer
from .settings import Kind, ObjectiveConfig
from .top_k import TopK
from .word_level import WordLevel


class Objective(Protocol):
    """A loss of the student on a batch, with the teacher's help where there is one.

    state: what must survive when a run is stopped and taken up again.
    """

    state: dict[str, float]

    def __call__(self, student: Scorer, teacher: Scorer | None, batch: Batch) -> torch.Tensor: ...


def build(config: ObjectiveConfig) -> Objective:
    """The objective that the settings ask for."""
    words = WordLevel(config.temperature)
    match config.kind:
        case Kind.WORD | Kind.NOISY:  # the noise is the teacher's
            return words
        case Kind.RELATION:
            return Relations(words, config.alpha)
        case Kind.JOINT:
            return Joint(words, config.alpha, config.decoding)
        case Kind.STUDENT:
            return Joint(words, 0.0, config.decoding)
        case Kind.TOP_K:
            return TopK(config.temperature)
