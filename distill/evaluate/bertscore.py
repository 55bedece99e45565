"""BERTScore (Zhang et al., ICLR 2020): greedy matching of contextual token vectors.

Equal to the package bert-score 0.3.13 without baseline rescaling (special tokens can be
matched but carry no weight; IDF as there), on any encoder and on current transformers.
"""

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np

from .encoder import Tokens

# Weight of a token id when scores are averaged over tokens.
Weight = Callable[[int], float]


def uniform(token: int) -> float:
    """Every token counts the same."""
    return 1.0


def idf_weights(texts: Iterable[np.ndarray]) -> Weight:
    """Inverse document frequency over texts of token ids: log((N + 1) / (df + 1))."""
    frequency: Counter[int] = Counter()
    size = 0
    for ids in texts:
        frequency.update(set(ids.tolist()))
        size += 1
    return lambda token: float(np.log((size + 1) / (frequency[token] + 1)))


def f1(candidate: Tokens, reference: Tokens, weight: Weight = uniform) -> float:
    """F1 of precision and recall, -1..1; 0 when one side has no token of its own."""
    a, b = _weights(candidate, weight), _weights(reference, weight)
    if not a.sum() or not b.sum():
        return 0.0
    similarity = _unit(candidate.vectors) @ _unit(reference.vectors).T
    precision = similarity.max(axis=1) @ a / a.sum()
    recall = similarity.max(axis=0) @ b / b.sum()
    total = precision + recall
    return float(2 * precision * recall / total) if total else 0.0


def _weights(tokens: Tokens, weight: Weight) -> np.ndarray:
    own = ~tokens.special
    weights = np.array([weight(token) for token in tokens.ids.tolist()]) * own
    # Words that occur in every text have an IDF of 0; a text of nothing else counts them evenly.
    return weights if weights.sum() else own.astype(float)


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
