"""Word-level distillation from a server: the few likeliest words that it tells."""

import torch

from ..training.batching import IGNORED, Batch
from .divergence import batch_divergence
from .scorer import Scorer


class TopK:
    """T^2 mean KL(q, student), q the teacher's k best words with their probabilities to the
    power of 1 / T, made to add to 1.

    Section 6 of arXiv 2305.02031 (GPT-4 as teacher, k = 5). A token that does not begin and end
    where one of the teacher's does has its label with probability 1, as with plain text; words
    that no single token of the student's spells are left out. The teacher comes with the batch.
    """

    def __init__(self, temperature: float):
        self.temperature = temperature
        self.state: dict[str, float] = {}

    def __call__(self, student: Scorer, teacher: None, batch: Batch) -> torch.Tensor:
        labelled = batch.labels != IGNORED
        ids, logs = (part[labelled] for part in batch.soft)
        vocabulary = student.inner.config.vocab_size
        best = torch.softmax(logs / self.temperature, dim=1)

        def probabilities(part: slice) -> torch.Tensor:
            dense = best.new_zeros(len(ids[part]), vocabulary)
            return dense.scatter_add_(1, ids[part], best[part])

        return batch_divergence(student, probabilities, batch, self.temperature)
