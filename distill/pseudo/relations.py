"""Attention relations (MiniLMv2, arXiv 2012.15828) as arXiv 2305.02031 uses them: `Att-Rel`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

from paraphraser_tui.errors import ModelError

from ..training.batching import IGNORED, Batch
from .scorer import Scorer
from .word_level import WordLevel

# Each loss is divided by its mean over so many steps, but by no less than the floor.
SCALE_STEPS = 100
SCALE_FLOOR = 0.025
STEPS, WORDS = "steps", "words"
MASKED = -1e4  # as a logit: no weight
PROJECTIONS = {"bart": ("q_proj", "k_proj", "v_proj"), "t5": ("q", "k", "v")}

Attentions = dict[str, Any]


class Relations:
    """a L / scale + (1 - a) mean of nine relation losses, each by its scale; a = 1/2.

    The nine are those of queries, keys and values, in the last layer's self-attention of the
    encoder, and self- and cross-attention of the decoder. With one of them as X, cut into the
    teacher's number of heads, of width d, a token's relations are R = softmax(X X^T / sqrt(d))
    over the tokens of its side, in the decoder's self-attention only those up to it; the loss
    is the mean over rows and heads of the mean over tokens of KL(R of the teacher, R of the
    student). The scales are means over the first steps, where the authors look at as many
    batches before they begin.
    """

    def __init__(self, words: WordLevel, alpha: float):
        self.words, self.alpha = words, alpha
        self.state: dict[str, float] = {STEPS: 0}

    def __call__(self, student: Scorer, teacher: Scorer, batch: Batch) -> torch.Tensor:
        with projections(student) as ours, projections(teacher) as theirs:
            losses = {WORDS: self.words(student, teacher, batch)}
        heads = head_counts(teacher)
        source, target = batch.source != student.pad, batch.labels != IGNORED
        for name, mine in ours.items():
            where, kind = name.split(".")
            on_target = where == "decoder" or (where, kind) == ("cross", "q")
            mask = pair_mask(target if on_target else source, causal=where == "decoder")
            losses[name] = relation_loss(mine, theirs[name].detach(), heads[where], mask)
        self._measure(losses)
        scaled = {name: loss / self._scale(name) for name, loss in losses.items()}
        words = scaled.pop(WORDS)
        return self.alpha * words + (1 - self.alpha) * sum(scaled.values()) / len(scaled)

    def _measure(self, losses: dict[str, torch.Tensor]) -> None:
        if self.state[STEPS] < SCALE_STEPS:
            self.state[STEPS] += 1
            for name, loss in losses.items():
                self.state[name] = self.state.get(name, 0.0) + loss.item()

    def _scale(self, name: str) -> float:
        return max(self.state[name] / self.state[STEPS], SCALE_FLOOR)


def relation_loss(
    student: torch.Tensor, teacher: torch.Tensor, heads: int, mask: torch.Tensor
) -> torch.Tensor:
    """One relation loss. student, teacher: [rows, tokens, width]; mask: [rows, tokens, tokens]."""
    ours, theirs = relations(student, heads, mask), relations(teacher, heads, mask)
    each = (theirs.exp() * (theirs - ours)).masked_fill(~mask[:, None], 0.0).sum(3)
    lengths = mask.any(2).sum(1)[:, None].clamp_min(1)
    return (each.sum(2) / lengths).mean()


def relations(states: torch.Tensor, heads: int, mask: torch.Tensor) -> torch.Tensor:
    """log softmax(X X^T / sqrt(d)) of each head, [rows, heads, tokens, tokens], float32."""
    rows, tokens, width = states.shape
    if width % heads:
        raise ModelError(f"a width of {width} cannot be cut into the teacher's {heads} heads")
    cut = states.float().view(rows, tokens, heads, width // heads).transpose(1, 2)
    scores = cut @ cut.transpose(2, 3) * (width // heads) ** -0.5
    return scores.masked_fill(~mask[:, None], MASKED).log_softmax(3)


def pair_mask(known: torch.Tensor, causal: bool) -> torch.Tensor:
    """Which pairs of tokens count, [rows, tokens, tokens], of those that are no padding."""
    mask = known[:, :, None] & known[:, None, :]
    return mask.tril() if causal else mask


@contextmanager
def projections(scorer: Scorer) -> Iterator[dict[str, torch.Tensor]]:
    """Collects queries, keys and values, named `where.kind`, while the model computes."""
    found: dict[str, torch.Tensor] = {}
    hooks = []
    for where, attention in last_attentions(scorer.inner).items():
        for kind, name in zip("qkv", PROJECTIONS[scorer.inner.config.model_type], strict=True):

            def keep(_: Any, __: Any, output: torch.Tensor, key: str = f"{where}.{kind}") -> None:
                found[key] = output

            hooks.append(getattr(attention, name).register_forward_hook(keep))
    try:
        yield found
    finally:
        for hook in hooks:
            hook.remove()


def last_attentions(model: Any) -> Attentions:
    """The attention modules of the last layers: encoder, decoder, and cross between them."""
    if model.config.model_type == "bart":
        encoder, decoder = model.model.encoder.layers[-1], model.model.decoder.layers[-1]
        own, cross = decoder.self_attn, decoder.encoder_attn
        return {"encoder": encoder.self_attn, "decoder": own, "cross": cross}
    encoder, decoder = model.encoder.block[-1].layer, model.decoder.block[-1].layer
    own, cross = decoder[0].SelfAttention, decoder[1].EncDecAttention
    return {"encoder": encoder[0].SelfAttention, "decoder": own, "cross": cross}


def head_counts(scorer: Scorer) -> dict[str, int]:
    """The heads of each of the last attention modules."""
    config = scorer.inner.config
    if config.model_type == "bart":
        above = config.decoder_attention_heads
        return {"encoder": config.encoder_attention_heads, "decoder": above, "cross": above}
    return dict.fromkeys(("encoder", "decoder", "cross"), config.num_heads)
