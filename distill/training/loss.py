"""Label-smoothed cross-entropy over the whole vocabulary or a sample of it."""

from typing import Any

import torch
from torch.nn import functional as F

from .batching import IGNORED, Batch


class SequenceLoss(torch.nn.Module):
    """A student with its loss in one module, so that it can be wrapped for several devices.

    Logits are only computed where there is a label, which saves the padding's share.
    """

    def __init__(self, model: Any, pad: int, label_smoothing: float):
        super().__init__()
        self.model = model
        self.pad = pad
        self.label_smoothing = label_smoothing

    def forward(self, batch: Batch, sample: "Sample | None" = None) -> torch.Tensor:
        """The mean loss per target token; without smoothing outside training."""
        states = decoder_states(self.model, batch, self.pad)
        labelled = batch.labels != IGNORED
        states, labels = states[labelled], batch.labels[labelled]
        smoothing = self.label_smoothing if self.training else 0.0
        head = base_model(self.model).get_output_embeddings()
        if sample is None:
            return F.cross_entropy(head(states).float(), labels, label_smoothing=smoothing)
        weight = head.weight[sample.ids].to(states.dtype)
        return sample.cross_entropy((states @ weight.t()).float(), labels, smoothing)


class Sample:
    """Part of the vocabulary for one batch: its own words, the frequent ones, and some others.

    The others stand for all that were left out: with `rest` words of which `drawn` are taken
    uniformly, each counts rest/drawn times, which makes the sum over the vocabulary in the
    softmax unbiased (importance sampling; compare Jean et al., arXiv 1412.2007).
    """

    def __init__(
        self, labels: torch.Tensor, frequent: torch.Tensor, size: int, count: int, seed: int
    ):
        """labels: of the batch, any shape; frequent: ids always in; size: of the vocabulary;
        count: how many of the others to draw, on the CPU and repeatable by the seed."""
        sure = torch.zeros(size, dtype=torch.bool)
        sure[frequent] = True
        sure[labels[labels != IGNORED].cpu()] = True
        rest = (~sure).nonzero().squeeze(1)
        generator = torch.Generator().manual_seed(seed)
        drawn = rest[torch.randperm(len(rest), generator=generator)[:count]]
        certain = sure.nonzero().squeeze(1)
        self.size = size
        self.ids = torch.cat([certain, drawn]).to(labels.device)
        self.places = torch.zeros(size, dtype=torch.long, device=labels.device)
        self.places[self.ids] = torch.arange(len(self.ids), device=labels.device)
        copies = torch.ones(len(self.ids))
        if len(drawn):
            copies[len(certain) :] = len(rest) / len(drawn)
        self.copies = copies.to(labels.device)

    def cross_entropy(
        self, logits: torch.Tensor, labels: torch.Tensor, smoothing: float
    ) -> torch.Tensor:
        """Mean loss of logits [tokens, len(ids)] for labels [tokens] (ids of the vocabulary)."""
        normaliser = torch.logsumexp(logits + self.copies.log(), dim=1)
        right = logits.gather(1, self.places[labels].unsqueeze(1)).squeeze(1)
        mean = logits @ self.copies / self.size
        return (normaliser - (1 - smoothing) * right - smoothing * mean).mean()


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
