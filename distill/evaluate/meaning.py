"""Meaning kept, and the joint scores that weigh it against overlap: BERT-iBLEU and ParaScore.

BERT-iBLEU (Niu et al., EMNLP 2021): weighted harmonic mean of BERTScore(output, source), with
IDF, and 1 - sentence BLEU(output, source). A copy scores 0.
ParaScore (Shen et al., EMNLP 2022): the larger of BERTScore(output, source) and
BERTScore(output, reference), plus a bounded reward for edit distance from the source.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import bertscore
from .bootstrap import Statistic, mean_of
from .encoder import Encoder, cosines
from .overlap import PERCENT

# BERT-iBLEU: how much meaning counts against novelty.
BETA = 4.0
# ParaScore: the distance from which on more is not better, and the weight of the reward.
GAMMA = 0.35
OMEGA = 0.05
# Items whose token vectors are held at a time.
CHUNK = 512


@dataclass(frozen=True)
class BertScores:
    """Per item. idf: F1(output, source) with IDF over the sources; source, reference: without.

    reference is the best over the references, or None where there are none.
    """

    idf: np.ndarray
    source: np.ndarray
    reference: np.ndarray | None


def cosine(encoder: Encoder, outputs: Sequence[str], sources: Sequence[str]) -> Statistic:
    """Mean cosine of the sentence vectors of output and source, -1..1."""
    return mean_of(cosines(encoder.encode(sources), encoder.encode(outputs)))


def bert_scores(
    encoder: Encoder,
    outputs: Sequence[str],
    sources: Sequence[str],
    references: Sequence[Sequence[str]] | None,
) -> BertScores:
    """BERTScore F1 of every output, each -1..1."""
    chunks = [slice(start, start + CHUNK) for start in range(0, len(outputs), CHUNK)]
    weight = bertscore.idf_weights(
        tokens.ids for part in chunks for tokens in encoder.tokens(sources[part])
    )
    idf, plain, best = [], [], []
    for part in chunks:
        source_tokens = encoder.tokens(sources[part])
        output_tokens = encoder.tokens(outputs[part])
        for out, src in zip(output_tokens, source_tokens, strict=True):
            idf.append(bertscore.f1(out, src, weight))
            plain.append(bertscore.f1(out, src))
        if references is not None:
            best += _best(encoder, output_tokens, references[part])
    return BertScores(
        np.array(idf), np.array(plain), np.array(best) if references is not None else None
    )


def bert_ibleu(similarity: np.ndarray, self_bleu: np.ndarray, beta: float = BETA) -> np.ndarray:
    """Per item, 0..1: (beta + 1) / (beta / BERTScore + 1 / (1 - self-BLEU)).

    similarity: BERTScore 0..1; self_bleu: 0..1. Zero where either side is.
    """
    novelty = np.clip(1 - np.asarray(self_bleu, dtype=float), 0, 1)
    similarity = np.clip(np.asarray(similarity, dtype=float), 0, 1)
    both = (novelty > 0) & (similarity > 0)
    with np.errstate(divide="ignore", over="ignore"):
        mean = (beta + 1) / (beta / similarity + 1 / novelty)
    return np.where(both, mean, 0.0)


def parascore(
    scores: BertScores, outputs: Sequence[str], sources: Sequence[str], free: bool
) -> np.ndarray:
    """ParaScore per item; `free` leaves the references out (ParaScore.Free)."""
    similarity = scores.source
    if not free:
        if scores.reference is None:
            raise ValueError("ParaScore with references needs references")
        similarity = np.maximum(similarity, scores.reference)
    rewards = [
        distance_reward(edit_distance(src, out)) for src, out in zip(sources, outputs, strict=True)
    ]
    return similarity + OMEGA * np.array(rewards)


def edit_distance(a: str, b: str) -> float:
    """Levenshtein distance in characters over the longer length, 0..1."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_distance(a, b)


def distance_reward(distance: float) -> float:
    """-1 for a copy, rising to gamma at gamma, and no further."""
    return GAMMA if distance >= GAMMA else distance * (GAMMA + 1) / GAMMA - 1


def percent_mean(values: np.ndarray) -> Statistic:
    """The mean of values in 0..1, in percent."""
    return mean_of(PERCENT * values)


def _best(encoder: Encoder, outputs, references: Sequence[Sequence[str]]) -> list[float]:
    flat = encoder.tokens([text for refs in references for text in refs])
    scores, start = [], 0
    for out, refs in zip(outputs, references, strict=True):
        own = flat[start : start + len(refs)]
        scores.append(max(bertscore.f1(out, ref) for ref in own))
        start += len(refs)
    return scores
