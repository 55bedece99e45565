"""What the engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..text.prose import NotProse


class Kept(StrEnum):
    """Why a sentence stays as it is, though it is prose."""

    TOO_LONG = "longer than the model reads"
    CHARACTERS = "has characters that the model does not know"
    PROTECTED = "has too many protected spans"
    REJECTED = "no candidate passed the checks"


@dataclass(frozen=True)
class Paraphrase:
    """One variant of a sentence; all figures lie in 0..1.

    meaning: cosine of the sentence embeddings of source and variant.
    change: content words replaced, plus half of the reordering; see `text.change`.
    fluency: geometric mean of the token probabilities under neutral control codes.
    warnings: what to look at before accepting it.
    """

    text: str
    meaning: float
    change: float
    fluency: float
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """The variants of one sentence, best first; none if it was kept, and then why."""

    source: str
    variants: tuple[Paraphrase, ...] = ()
    kept: Kept | NotProse | None = None
    refused: Mapping[str, int] = field(default_factory=dict)  # candidates per reason

    @property
    def reason(self) -> str | None:
        """Why the sentence was kept, in words; None if it was not."""
        if self.kept is not Kept.REJECTED:
            return self.kept
        counts = sorted(self.refused.items(), key=lambda item: -item[1])
        detail = ", ".join(f"{kind} {count}" for kind, count in counts if count)
        return f"{self.kept} ({detail or 'all equal to the source'})"

    @property
    def best(self) -> str:
        """The best variant, or the source itself."""
        return self.variants[0].text if self.variants else self.source
