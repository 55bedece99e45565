"""Bidirectional entailment: source and target must each follow from the other.

As the critic of Impossible Distillation (arXiv 2305.16635), with its threshold of 0.75 in
both directions; it used alisawuffles/roberta-large-wanli, any NLI model of the Hub will do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from distill.records import Pair, content_id
from paraphraser_tui.errors import ModelError

from .scores import remembered
from .verdict import Judge, Verdict, Workplace

FEATURE = "entailment"
MAX_TOKENS = 256
BATCH_PAIRS = 32


@dataclass(frozen=True)
class Nli:
    """model: Hub name or directory; min_entailment: least probability in either direction."""

    model: str = "alisawuffles/roberta-large-wanli"
    min_entailment: float = 0.75
    # A large model, and a download: only when asked for.
    enabled: bool = False

    def judge(self, workplace: Workplace) -> Judge:
        critic = Critic(self.model)

        def weaker(pairs: Sequence[Pair]) -> Sequence[float]:
            there = critic.entails([(pair.src, pair.tgt) for pair in pairs])
            back = critic.entails([(pair.tgt, pair.src) for pair in pairs])
            return [min(both) for both in zip(there, back, strict=True)]

        name = f"entailment-{content_id(self.model)[:8]}"
        scores = remembered(weaker, workplace.journal(name))
        return lambda pairs: [self._verdict(score) for score in scores(pairs)] if pairs else []

    def _verdict(self, score: float) -> Verdict:
        reason = "not_entailed" if score < self.min_entailment else ""
        return Verdict(reason, f"{score:.2f}", {FEATURE: score})


class Critic:
    """An NLI classifier; the label that starts with "entail" is the one that counts."""

    def __init__(self, model: str):
        import torch
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        self._torch = torch
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(model)
            self._model = AutoModelForSequenceClassification.from_pretrained(
                model, use_safetensors=True, dtype=torch.float32
            )
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise ModelError(f"{model}: cannot be loaded as NLI model: {reason}") from None
        labels: dict[int, Any] = self._model.config.id2label
        found = [i for i, label in labels.items() if str(label).lower().startswith("entail")]
        if len(found) != 1:
            raise ModelError(f"{model}: no label 'entailment' among {sorted(labels.values())}")
        self._label = found[0]
        self._model.to("cuda" if torch.cuda.is_available() else "cpu").eval()

    def entails(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The probability, 0..1, that the second text of each pair follows from the first."""
        found: list[float] = []
        for start in range(0, len(pairs), BATCH_PAIRS):
            batch = pairs[start : start + BATCH_PAIRS]
            inputs = self._tokenizer(
                [a for a, _ in batch],
                [b for _, b in batch],
                padding=True,
                truncation=True,
                max_length=MAX_TOKENS,
                return_tensors="pt",
            ).to(self._model.device)
            with self._torch.inference_mode():
                logits = self._model(**inputs).logits.float()
            found += logits.softmax(dim=-1)[:, self._label].tolist()
        return found
