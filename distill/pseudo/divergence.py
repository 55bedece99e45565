"""How far the student's next word is from the teacher's: the divergence that is trained on.

arXiv 2305.02031 calls it Logits, arXiv 1606.07947 word-level distillation. With the student's
logits s and the teacher's t for one target token and the temperature T,

    q = softmax(t / T),  p = softmax(s / T),  KL(q, p) = sum over words of q (log q - log p)

and a batch's loss is T^2 times the mean over its rows of the mean over a row's tokens. There is
no term for the label. T^2 keeps the gradient's size (arXiv 1503.02531).
"""

from collections.abc import Callable
from typing import Any

import torch

from ..training.batching import IGNORED, Batch
from .scorer import Scorer, chunks

# The teacher's probabilities of all words at some of the target tokens: [tokens, vocabulary].
Teacher = Callable[[slice], torch.Tensor]


class Divergence(torch.autograd.Function):
    """KL(q, p) of each token from the student's logits and the teacher's probabilities.

    Of all that has the size of the vocabulary only one tensor waits for the backward pass.
    """

    @staticmethod
    def forward(ctx: Any, logits: Any, teacher: Any, temperature: float) -> torch.Tensor:
        """logits, teacher: [tokens, vocabulary]. Returns float32, [tokens]."""
        student = torch.log_softmax(logits.float() / temperature, dim=1)
        found = (torch.xlogy(teacher, teacher) - teacher * student).sum(1)
        # By the logits: (p - q) / T.
        gradient = student.exp_().sub_(teacher).div_(temperature)
        ctx.save_for_backward(gradient.to(logits.dtype))
        return found

    @staticmethod
    def backward(ctx: Any, outer: Any) -> tuple[Any, ...]:
        (gradient,) = ctx.saved_tensors
        return gradient * outer[:, None].to(gradient.dtype), None, None


def batch_divergence(
    student: Scorer, teacher: Teacher, batch: Batch, temperature: float
) -> torch.Tensor:
    """The loss of a batch as the module's docstring has it, a float32 scalar."""
    states = student.states(batch)
    shares = token_shares(batch)
    total = shares.new_zeros(())
    for part in chunks(len(states)):
        found = Divergence.apply(student.logits(states[part]), teacher(part), temperature)
        total = total + (found * shares[part]).sum()
    return temperature**2 * total


def token_shares(batch: Batch) -> torch.Tensor:
    """What each target token counts: 1 / (rows x tokens of its row); float32, they add to 1."""
    labelled = batch.labels != IGNORED
    lengths = labelled.sum(1, keepdim=True)
    return (labelled / (len(labelled) * lengths.clamp_min(1)))[labelled].float()
