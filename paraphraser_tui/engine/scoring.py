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
    likelihood: how the model rates it, and the way back from it.
    """

    candidate: Candidate
    meaning: float
    likelihood: "Likelihood"


@dataclass(frozen=True)
class Likelihood:
    """What the student itself says of a candidate, under neutral control codes.

    fluency: geometric mean of the candidate's token probabilities given the source, 0..1.
    ease: fluency relative to that of a plain copy of the source; about 1 is good.
    fidelity: geometric mean, over the source's tokens, of their probability given the
        candidate relative to that in a plain copy, 0..1.
    surprise: largest loss of a single word of the source in nats, >= 0: about 3 for one
        that got a synonym, 5 to 10 for one that was dropped or replaced by another idea.

    Fidelity and surprise are the way back from the candidate to the source. Cosines
    hardly see a lost adverb or a cause turned into an effect; this does. It is the
    channel model of Yee et al. (2019), "Simple and Effective Noisy Channel Modeling
    for Neural Machine Translation".
    """

    fluency: float
    ease: float
    fidelity: float
    surprise: float


class Scorer:
    """Scores the candidates of many sentences together, so that the models work in batches."""

    def __init__(self, translator: Translator, encoder: MeaningEncoder, framer: Framer) -> None:
        self._translator = translator
        self._encoder = encoder
        self._framer = framer

    def meanings(
        self, sentences: Sequence[Prepared], found: Sequence[Sequence[Candidate]]
    ) -> list[list[float]]:
        """Cosines of every candidate with its sentence, in the same nesting."""
        texts = []
        for sentence, candidates in zip(sentences, found, strict=True):
            texts += [sentence.source, *(c.text for c in candidates)]
        vectors = iter(self._encoder.embed(texts))
        out = []
        for candidates in found:
            source = next(vectors)
            out.append([min(max(float(next(vectors) @ source), 0.0), 1.0) for _ in candidates])
        return out

    def likelihoods(
        self, sentences: Sequence[Prepared], found: Sequence[Sequence[Candidate]]
    ) -> list[list[Likelihood]]:
        """The likelihood of every candidate, in the same nesting."""
        sources, targets = [], []
        for sentence, candidates in zip(sentences, found, strict=True):
            if not candidates:
                continue
            own = sentence.model_text
            theirs = [c.model_text for c in candidates]
            sources += [own, *[own] * len(theirs), *theirs]
            targets += [own, *theirs, *[own] * len(theirs)]
        scores = iter(self._translator.score(sources, targets, self._framer.neutral))
        out = []
        for sentence, candidates in zip(sentences, found, strict=True):
            copy = next(scores) if candidates else []
            forth = [next(scores) for _ in candidates]
            back = [next(scores) for _ in candidates]
            starts = self._framer.word_starts(sentence.model_text) if candidates else []
            out.append([likelihood(copy, f, b, starts) for f, b in zip(forth, back, strict=True)])
        return out


def likelihood(
    copy: Sequence[float], forth: Sequence[float], back: Sequence[float], starts: Sequence[bool]
) -> Likelihood:
    """From token log-probabilities: source given source, candidate given source, and the reverse.

    `copy` and `back` are of the same tokens, those of the source with the end token;
    `starts` tells which of them begin a word.
    """
    losses = [c - b for c, b in zip(copy, back, strict=True)]
    by_word: list[float] = [0.0]
    for loss, start in zip(losses, starts, strict=True):
        if start:
            by_word.append(0.0)
        by_word[-1] += max(loss, 0.0)
    return Likelihood(
        fluency=math.exp(fmean(forth)),
        ease=math.exp(fmean(forth) - fmean(copy)),
        fidelity=math.exp(min(-fmean(losses), 0.0)),
        surprise=max(by_word),
    )
