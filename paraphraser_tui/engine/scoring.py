"""How good a candidate is: kept meaning, the way back to the source, fluency."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from .guard import Candidate
from .meaning import MeaningEncoder
from .prepare import Prepared
from .tokens import Framer
from .translator import Translator


@dataclass(frozen=True)
class Scored:
    """A candidate with its figures.

    meaning: cosine of the sentence embeddings, 0..1.
    way: how well the source can be had back from the candidate.
    fluency: geometric mean of the candidate's token probabilities given the source, 0..1.
    """

    candidate: Candidate
    meaning: float
    way: "WayBack"
    fluency: float


@dataclass(frozen=True)
class WayBack:
    """The probability that the model writes the source when given the candidate.

    Both figures compare each token with its probability when the source is copied.
    Cosines hardly see a lost adverb or a cause turned into an effect; this does. It is
    the channel model of Yee et al. (2019), "Simple and Effective Noisy Channel Modeling
    for Neural Machine Translation".

    fidelity: geometric mean of the ratios, 0..1.
    surprise: largest loss of a single token in nats, >= 0: about 3 for a word that got a
        synonym, 5 to 10 for one that was dropped or replaced by another idea.
    """

    fidelity: float
    surprise: float


class Scorer:
    """Scores the candidates of many sentences together, so that the models work in batches."""

    def __init__(self, translator: Translator, encoder: MeaningEncoder, framer: Framer) -> None:
        self._translator = translator
        self._encoder = encoder
        self._codes = framer.neutral

    def meanings(
        self, sentences: Sequence[Prepared], found: Sequence[Sequence[Candidate]]
    ) -> list[list[float]]:
        """Cosines of every candidate with its sentence, in the same nesting."""
        texts = [t for s, cs in _pairs(sentences, found) for t in (s.source, *(c.text for c in cs))]
        vectors = iter(self._encoder.embed(texts))
        out = []
        for _, candidates in _pairs(sentences, found):
            source = next(vectors)
            out.append([min(max(float(next(vectors) @ source), 0.0), 1.0) for _ in candidates])
        return out

    def likelihoods(
        self, sentences: Sequence[Prepared], found: Sequence[Sequence[Candidate]]
    ) -> list[list[tuple[WayBack, float]]]:
        """(way back, fluency) of every candidate, in the same nesting."""
        sources, targets = [], []
        for sentence, candidates in _pairs(sentences, found):
            if not candidates:
                continue
            own = sentence.model_text
            theirs = [c.model_text for c in candidates]
            sources += [own, *theirs, *[own] * len(theirs)]
            targets += [own, *[own] * len(theirs), *theirs]
        scores = iter(self._translator.score(sources, targets, self._codes))
        out = []
        for _, candidates in _pairs(sentences, found):
            copy = next(scores) if candidates else []
            back = [next(scores) for _ in candidates]
            forth = [next(scores) for _ in candidates]
            out.append(
                [(way_back(copy, b), math.exp(fmean(f))) for b, f in zip(back, forth, strict=True)]
            )
        return out


def way_back(copy: Sequence[float], back: Sequence[float]) -> WayBack:
    """From the log-probabilities of the source's tokens, given itself and given a candidate."""
    losses = [c - b for c, b in zip(copy, back, strict=True)]
    return WayBack(math.exp(min(-fmean(losses), 0.0)), max(0.0, *losses))


def _pairs(sentences: Sequence[Prepared], found: Sequence[Sequence[Candidate]]):
    return zip(sentences, found, strict=True)
