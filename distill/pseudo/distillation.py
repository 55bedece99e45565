"""A student, its teacher and an objective in one module, in the place of the sequence loss."""

from typing import Any, Self

import torch

from paraphraser_tui.errors import ModelError

from ..students import directory
from ..students.directory import Student
from ..students.tokenizers import StudentTokenizer
from ..training.batching import Batch
from ..training.loss import SequenceLoss
from .objective import build
from .scorer import Scorer
from .settings import Kind, ObjectiveConfig


class Distillation(SequenceLoss):
    """The objective in training; outside of it the cross-entropy, as without a teacher."""

    def __init__(self, model: Any, tokenizer: StudentTokenizer, config: ObjectiveConfig):
        super().__init__(model, tokenizer.pad, label_smoothing=0.0)
        self.eos = tokenizer.eos
        self.noisy = config.kind is Kind.NOISY
        self.objective = build(config)
        self.state = self.objective.state
        self.teacher = None
        if config.teacher is not None:
            teacher = directory.load(config.teacher, config.dropout if self.noisy else 0.0)
            check_same_words(teacher, model, tokenizer)
            self.teacher = teacher.model.requires_grad_(False)
        self.train()

    def train(self, mode: bool = True) -> Self:
        super().train(mode)
        if self.teacher is not None:
            self.teacher.train(mode and self.noisy)
        return self

    def forward(self, batch: Batch) -> torch.Tensor:
        if not self.training:
            return super().forward(batch)
        teacher = None if self.teacher is None else Scorer(self.teacher, self.pad, self.eos)
        return self.objective(Scorer(self.model, self.pad, self.eos), teacher, batch)


def check_same_words(teacher: Student, model: Any, tokenizer: StudentTokenizer) -> None:
    """Raise ModelError, which names the difference, unless both speak in the same tokens."""
    ours, theirs = tokenizer, teacher.tokenizer
    for what in ("size", "pad", "bos", "eos"):
        mine, other = getattr(ours, what), getattr(theirs, what)
        if mine != other:
            raise ModelError(f"the teacher's vocabulary has {what} {other}, the student's {mine}")
    mine, other = getattr(ours, "source_prefix", ""), teacher.source_prefix
    if mine != other:
        raise ModelError(f"sources begin with {other!r} for the teacher, {mine!r} for the student")
    for number in range(ours.size):
        if ours.piece(number) != theirs.piece(number):
            mine, other = ours.piece(number), theirs.piece(number)
            raise ModelError(f"token {number} is {other!r} to the teacher, {mine!r} to the student")
    widths = [each.get_output_embeddings().weight.shape[0] for each in (teacher.model, model)]
    if widths[0] != widths[1]:
        raise ModelError(f"the teacher has {widths[0]} logits, the student {widths[1]}")
