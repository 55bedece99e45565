"""Word-level distillation: the teacher's whole distribution at every token of the target."""

import torch

from ..training.batching import Batch
from .divergence import batch_divergence
from .scorer import Scorer


class WordLevel:
    """L(x, y) = T^2 mean KL(teacher(. | x, y<t), student(. | x, y<t)), the teacher first.

    `Logits` of arXiv 2305.02031; with the teacher's dropout on it is `Noisy`. Its sum over
    pairs of labels and of pseudo-targets is `Logits+Seq`.
    """

    def __init__(self, temperature: float):
        self.temperature = temperature
        self.state: dict[str, float] = {}

    def __call__(self, student: Scorer, teacher: Scorer, batch: Batch) -> torch.Tensor:
        with torch.no_grad():
            states = teacher.states(batch)

        def probabilities(part: slice) -> torch.Tensor:
            with torch.no_grad():
                return torch.softmax(teacher.logits(states[part]).float() / self.temperature, 1)

        return batch_divergence(student, probabilities, batch, self.temperature)
