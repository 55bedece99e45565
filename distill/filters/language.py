"""Language: the target must be in the language of the sources."""

from dataclasses import dataclass

from distill.records import Pair
from distill.sources.language import MIN_PROBABILITY, is_language

from .verdict import Judge, Verdict, Workplace, each


@dataclass(frozen=True)
class Language:
    """The wanted language (ISO 639-1) and how improbable it must be to drop a pair."""

    language: str = "en"
    min_probability: float = MIN_PROBABILITY
    enabled: bool = True

    def judge(self, workplace: Workplace) -> Judge:
        return each(self._look)

    def _look(self, pair: Pair) -> Verdict | None:
        for side, text in (("source", pair.src), ("target", pair.tgt)):
            if not is_language(text, self.language, self.min_probability):
                return Verdict(f"{side}_language")
        return None
