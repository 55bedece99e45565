"""Fluency: to a language model a target may be only a little less likely, token for token.

The mean log-probability per token as a judge of acceptability goes back to Lau, Clark and Lappin
(Cognitive Science 41, 2017). The source is the measure, so that a hard subject costs nothing.
The model works in CTranslate2, which on a processor is several times as fast as torch.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from distill.records import Pair, content_id
from paraphraser_tui.engine.paraphraser import available_threads
from paraphraser_tui.errors import ModelError

from .scores import remembered
from .verdict import Judge, Verdict, Workplace

FEATURE = "fluency"
BATCH_TOKENS = 1024
QUANTIZATION = "int8"


@dataclass(frozen=True)
class Fluency:
    """model: Hub name or directory of a causal model. max_fall: nats per token, from source on."""

    model: str = "HuggingFaceTB/SmolLM2-135M"
    max_fall: float = 0.5
    # A model to be downloaded: only when asked for.
    enabled: bool = False

    def judge(self, workplace: Workplace) -> Judge:
        name = f"fluency-{content_id(self.model)[:8]}"
        reader = Reader(self.model, workplace.out_dir / name)

        def gains(pairs: Sequence[Pair]) -> Sequence[float]:
            texts = list(dict.fromkeys(text for pair in pairs for text in (pair.src, pair.tgt)))
            scores = dict(zip(texts, reader.scores(texts), strict=True))
            return [scores[pair.tgt] - scores[pair.src] for pair in pairs]

        found = remembered(gains, workplace.journal(name))
        return lambda pairs: [self._verdict(gain) for gain in found(pairs)] if pairs else []

    def _verdict(self, gain: float) -> Verdict:
        reason = "clumsy" if gain < -self.max_fall else ""
        return Verdict(reason, f"{gain:+.2f}", {FEATURE: gain})


class Reader:
    """A causal language model that says how natural a text is; converted once, into `converted`.

    Raises ModelError where CTranslate2 cannot take the model.
    """

    def __init__(self, model: str, converted: Path):
        import ctranslate2
        from transformers import AutoTokenizer

        try:
            self._tokenizer = AutoTokenizer.from_pretrained(model)
            _convert(model, converted)
            device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
            self._model = ctranslate2.Generator(
                str(converted), device=device, inter_threads=available_threads(), intra_threads=1
            )
        except (OSError, ValueError, RuntimeError) as error:
            reason = " ".join(str(error).split())
            raise ModelError(f"{model}: cannot be loaded as language model: {reason}") from None
        self._begin = self._tokenizer.bos_token or self._tokenizer.eos_token
        if self._begin is None:
            raise ModelError(f"{model}: has no token that begins a text")

    def scores(self, texts: Sequence[str]) -> list[float]:
        """The mean log-probability per token of each text, in nats; 0 for an empty one."""
        rows = [[self._begin, *self._tokenizer.tokenize(text)] for text in texts]
        found: list[Any] = self._model.score_batch(
            rows, max_batch_size=BATCH_TOKENS, batch_type="tokens"
        )
        return [sum(one.log_probs) / max(1, len(one.log_probs)) for one in found]


def _convert(model: str, converted: Path) -> None:
    from ctranslate2.converters import TransformersConverter

    class SafeConverter(TransformersConverter):
        """Only safetensors are read: other files of weights can run code."""

        def load_model(self, model_class: Any, name: str, **options: Any) -> Any:
            return super().load_model(model_class, name, use_safetensors=True, **options)

    if converted.exists():
        return
    part = converted.with_name(f"{converted.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    SafeConverter(model).convert(str(part), quantization=QUANTIZATION)
    part.replace(converted)
