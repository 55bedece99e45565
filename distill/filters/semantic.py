"""Semantic similarity: cosine of sentence vectors (MiniLM by default) of source and target."""

from collections.abc import Sequence
from dataclasses import dataclass

from distill.records import Pair, content_id

from .encoders import load_encoder
from .scores import remembered
from .verdict import Judge, Verdict, Workplace

FEATURE = "similarity"


@dataclass(frozen=True)
class Semantic:
    """Bounds of the cosine, -1..1.

    model: "minilm" for the bundled int8 encoder, the directory of another such package, or the
    directory or Hub name of a transformers encoder.
    """

    model: str = "minilm"
    min_similarity: float = 0.6
    max_similarity: float = 1.0
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        encoder = load_encoder(self.model)

        def cosines(pairs: Sequence[Pair]) -> Sequence[float]:
            sources = encoder.encode([pair.src for pair in pairs])
            targets = encoder.encode([pair.tgt for pair in pairs])
            return (sources * targets).sum(axis=1).tolist()

        name = f"similarity-{content_id(self.model)[:8]}"
        scores = remembered(cosines, workplace.journal(name))
        return lambda pairs: [self._verdict(score) for score in scores(pairs)] if pairs else []

    def _verdict(self, score: float) -> Verdict:
        reason = ""
        if score < self.min_similarity:
            reason = "too_far"
        elif score > self.max_similarity:
            reason = "too_close"
        return Verdict(reason, f"{score:.2f}", {FEATURE: score})
