"""Label-smoothed cross-entropy over the whole vocabulary, without all its logits at once.

Beside it the unlikelihood of arXiv 1908.04319: -log(1 - S) times a row's strength, S being the
probability of all words of the source that the target leaves out.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional as F

from ..students.tokenizers import StudentTokenizer
from .batching import IGNORED, Batch
from .settings import TrainConfig

# Tokens whose logits are computed together.
CHUNK = 512
# The least probability that is left for other words, against a logarithm of zero.
LEAST = 1e-6


@dataclass(frozen=True)
class Unwanted:
    """What is to be held down at each token: ids [tokens, most], IGNORED at padding; strength
    [tokens, 1]."""

    ids: Any
    strength: Any

    def __getitem__(self, part: slice) -> "Unwanted":
        return Unwanted(self.ids[part], self.strength[part])

    def mass(self, probabilities: Any) -> Any:
        """The probability of each id, zero at padding; shape [tokens, most]."""
        known = self.ids != IGNORED
        return probabilities.gather(1, self.indices) * known

    @property
    def indices(self) -> Any:
        return self.ids.clamp_min(0)

    def loss(self, left: Any) -> Any:
        """The sum over the tokens, of 1 - S with shape [tokens, 1]."""
        return -(self.strength * left.log()).sum()


class SequenceLoss(torch.nn.Module):
    """A student with its loss in one module, so that it can be wrapped for several devices.

    Logits are only computed where there is a label, which saves the padding's share.
    """

    def __init__(self, model: Any, pad: int, label_smoothing: float):
        super().__init__()
        self.model = model
        self.pad = pad
        self.label_smoothing = label_smoothing
        # What an objective has to keep when a run is taken up again.
        self.state: dict[str, float] = {}

    def forward(self, batch: Batch) -> torch.Tensor:
        """The mean loss per target token; without smoothing outside training."""
        states = decoder_states(self.model, batch, self.pad)
        labelled = batch.labels != IGNORED
        states, labels = states[labelled], batch.labels[labelled]
        unwanted = None
        if self.training and batch.dropped.shape[1]:
            rows = labelled.nonzero()[:, 0]
            unwanted = Unwanted(batch.dropped[rows], batch.unlikelihood[rows, None])
        head = base_model(self.model).get_output_embeddings()
        # An adapter may stand before the head's weight; then only the head itself knows it.
        if self.training and type(head) is torch.nn.Linear and head.bias is None:
            return ChunkedLoss.apply(states, head.weight, labels, self.label_smoothing, unwanted)
        smoothing = self.label_smoothing if self.training else 0.0
        logits = head(states).float()
        loss = F.cross_entropy(logits, labels, label_smoothing=smoothing)
        if unwanted is not None:
            mass = unwanted.mass(logits.softmax(1)).sum(1, keepdim=True)
            loss = loss + unwanted.loss((1 - mass).clamp_min(LEAST)) / len(labels)
        return loss


def build_loss(model: Any, tokenizer: StudentTokenizer, config: TrainConfig) -> SequenceLoss:
    """The loss that the configuration asks for."""
    if config.objective is None:
        return SequenceLoss(model, tokenizer.pad, config.label_smoothing)
    from ..pseudo.distillation import Distillation  # which is made of this module

    return Distillation(model, tokenizer, config.objective)


class ChunkedLoss(torch.autograd.Function):
    """Label-smoothed cross-entropy of a linear output layer, a chunk of tokens at a time.

    The same value as F.cross_entropy(states @ weight.T, labels), but no more than a chunk's
    logits exist at any time, and the gradients are made beside the loss: with a vocabulary of
    24,000 this is about half of what a step of the house student costs otherwise (the idea of
    Cut Cross-Entropy, arXiv 2411.09009, and of Liger Kernel, arXiv 2410.10989).
    """

    @staticmethod
    def forward(
        ctx: Any,
        states: Any,
        weight: Any,
        labels: Any,
        smoothing: float,
        unwanted: Unwanted | None = None,
    ) -> Any:
        """states: [tokens, width]; weight: [words, width]; labels: [tokens]. A float32 scalar."""
        tokens, size = len(states), len(weight)
        half = weight.detach().to(states.dtype)
        states_gradient = torch.empty_like(states)
        weight_gradient = torch.zeros_like(weight, dtype=torch.float32)
        total = states.new_zeros((), dtype=torch.float32)
        for start in range(0, tokens, CHUNK):
            part, right = states[start : start + CHUNK], labels[start : start + CHUNK, None]
            logits = (part @ half.t()).float()
            normaliser = torch.logsumexp(logits, dim=1, keepdim=True)
            total += (normaliser - (1 - smoothing) * logits.gather(1, right)).sum()
            total -= smoothing * logits.mean(1).sum()
            gradient = logits.sub_(normaliser).exp_()
            if unwanted is not None:
                total += _hold_down(gradient, unwanted[start : start + CHUNK])
            # The gradient by the logits: softmax minus the smoothed label.
            gradient.sub_(smoothing / size)
            gradient.scatter_add_(1, right, gradient.new_full(right.shape, smoothing - 1))
            gradient = gradient.to(states.dtype)
            torch.mm(gradient, half, out=states_gradient[start : start + CHUNK])
            if ctx.needs_input_grad[1]:
                weight_gradient += gradient.t() @ part
        ctx.save_for_backward(states_gradient, weight_gradient)
        ctx.tokens, ctx.weight_dtype = tokens, weight.dtype
        return total / tokens

    @staticmethod
    def backward(ctx: Any, outer: Any) -> tuple[Any, ...]:
        states, weight = ctx.saved_tensors
        scale = outer / ctx.tokens
        by_weight = (weight * scale).to(ctx.weight_dtype) if ctx.needs_input_grad[1] else None
        return (states * scale).to(states.dtype), by_weight, None, None, None


def _hold_down(gradient: Any, unwanted: Unwanted) -> Any:
    """Add the unlikelihood's gradient to the softmax, in place, and return its loss.

    By the logit of word j, with its probability p: strength p ([j is unwanted] - S) / (1 - S).
    """
    each = unwanted.mass(gradient)
    mass = each.sum(1, keepdim=True)
    left = (1 - mass).clamp_min(LEAST)
    factor = unwanted.strength / left
    gradient.mul_(1 - factor * mass)
    gradient.scatter_add_(1, unwanted.indices, factor * each)
    return unwanted.loss(left)


def decoder_states(model: Any, batch: Batch, pad: int) -> torch.Tensor:
    """What the output layer sees, shape [rows, target length, width]."""
    inner = base_model(model)
    inputs = {"input_ids": batch.source, "attention_mask": (batch.source != pad).long()}
    if inner.config.model_type == "bart":
        return inner.model(
            **inputs, decoder_input_ids=batch.decoder_input, use_cache=False
        ).last_hidden_state
    encoded = inner.encoder(**inputs).last_hidden_state
    states = inner.decoder(
        input_ids=batch.decoder_input,
        encoder_hidden_states=encoded,
        encoder_attention_mask=inputs["attention_mask"],
        use_cache=False,
    ).last_hidden_state
    return states * inner.model_dim**-0.5 if inner.config.scale_decoder_outputs else states


def base_model(model: Any) -> Any:
    """The transformers model itself; adapters of peft live inside it."""
    return model.get_base_model() if hasattr(model, "get_base_model") else model
