"""A model as the objectives see it: what it says of a batch, and what it writes itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import torch

from ..training.batching import IGNORED, Batch
from ..training.loss import base_model, decoder_states
from .settings import Decoding
from .writers import generate

# Target tokens whose logits are computed together.
CHUNK = 512


@dataclass(frozen=True)
class Scorer:
    """A model with the ids of its padding and its end mark."""

    model: Any
    pad: int
    eos: int

    @property
    def inner(self) -> Any:
        """The transformers model itself."""
        return base_model(self.model)

    def states(self, batch: Batch) -> torch.Tensor:
        """What the output layer sees of the target tokens, [tokens, width], row after row."""
        return decoder_states(self.model, batch, self.pad)[batch.labels != IGNORED]

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        """[tokens, vocabulary]."""
        return self.model.get_output_embeddings()(states)

    def write(self, batch: Batch, decoding: Decoding) -> Batch:
        """The batch with targets by this model, without dropout and without gradient."""
        made = generate(self.model, batch.source, self.pad, decoding)
        labels = made[:, 1:].clone()
        ends = labels == self.eos
        behind = ends.cumsum(1) - ends.long() > 0
        labels[behind] = IGNORED
        decoder_input = made[:, :-1].masked_fill(behind, self.pad)
        return replace(batch, decoder_input=decoder_input, labels=labels, soft=None)


def chunks(tokens: int) -> Iterator[slice]:
    """Consecutive slices of at most CHUNK tokens."""
    return (slice(start, start + CHUNK) for start in range(0, tokens, CHUNK))
