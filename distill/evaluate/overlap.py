"""Word overlap: sacrebleu's BLEU in three uses, and ROUGE.

iBLEU = alpha * BLEU(outputs, references) - (1 - alpha) * BLEU(outputs, sources)
(Sun & Zhou 2012). Published values of alpha differ: 0.9 in the UPSA line, 0.8 for
HRQ-VAE, 0.7 for Separator and Impossible Distillation. They cannot be compared.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from .bootstrap import Statistic, mean_of

ORDERS = 4
# Added to matches and totals above unigrams, for means of sentence BLEU (Lin & Och 2004).
ADD_ONE = 1
PERCENT = 100
ROUGE_TYPES = ("rouge1", "rouge2", "rougeL")


class Bleu:
    """sacrebleu with one case and tokeniser for all uses."""

    def __init__(self, lowercase: bool = True, tokenize: str = "13a"):
        self.lowercase = lowercase
        self.tokenize = tokenize

    @cached_property
    def _counting(self):
        from sacrebleu.metrics import BLEU

        # Effective order concerns scores of single sentences only; the counts are the same.
        return BLEU(lowercase=self.lowercase, tokenize=self.tokenize, effective_order=True)

    @cached_property
    def _add_one(self):
        from sacrebleu.metrics import BLEU

        return BLEU(
            lowercase=self.lowercase,
            tokenize=self.tokenize,
            smooth_method="add-k",
            smooth_value=ADD_ONE,
            effective_order=True,
        )

    def corpus(self, outputs: Sequence[str], references: Sequence[Sequence[str]]) -> Statistic:
        """Corpus BLEU, 0..100; `references` holds one sequence per output, of any lengths."""
        rows = [
            [*found.counts, *found.totals, found.sys_len, found.ref_len]
            for found in self._sentences(self._counting, outputs, references)
        ]
        return Statistic(np.array(rows, dtype=float), corpus_bleu)

    def sentences(self, outputs: Sequence[str], references: Sequence[Sequence[str]]) -> np.ndarray:
        """Sentence BLEU of each output, 0..100, exponential smoothing, effective order."""
        found = self._sentences(self._counting, outputs, references)
        return np.array([one.score for one in found])

    def mean_sentence(
        self, outputs: Sequence[str], references: Sequence[Sequence[str]]
    ) -> Statistic:
        """Mean of add-one smoothed sentence BLEU, 0..100."""
        found = self._sentences(self._add_one, outputs, references)
        return mean_of([one.score for one in found])

    def signature(self, references: Sequence[Sequence[str]]) -> str:
        """The sacrebleu signature of corpus BLEU against these references."""
        from sacrebleu.metrics import BLEU

        metric = BLEU(lowercase=self.lowercase, tokenize=self.tokenize, force=True)
        depth = max(map(len, references))
        # Any text will do: the signature wants to have seen how many references there are.
        streams = [
            [refs[i] if i < len(refs) else None for refs in references] for i in range(depth)
        ]
        metric.corpus_score([refs[0] for refs in references], streams)
        return str(metric.get_signature())

    def _sentences(self, metric, outputs, references):
        for output, refs in zip(outputs, references, strict=True):
            yield metric.sentence_score(output, list(refs))


def corpus_bleu(sums: np.ndarray) -> float:
    """BLEU, 0..100, of summed statistics [10]: matches, totals of 1- to 4-grams, both lengths."""
    from sacrebleu.metrics import BLEU

    counts = [round(x) for x in sums]
    return BLEU.compute_bleu(
        correct=counts[:ORDERS],
        total=counts[ORDERS : 2 * ORDERS],
        sys_len=counts[-2],
        ref_len=counts[-1],
        smooth_method="exp",
    ).score


def ibleu(to_references: Statistic, to_sources: Statistic, alpha: float) -> Statistic:
    """iBLEU from the two corpus BLEUs of the same outputs."""
    width = to_references.rows.shape[1]

    def combine(sums: np.ndarray) -> float:
        gain, overlap = to_references.combine(sums[:width]), to_sources.combine(sums[width:])
        return alpha * gain - (1 - alpha) * overlap

    return Statistic(np.hstack([to_references.rows, to_sources.rows]), combine)


def within_set(bleu: Bleu, variants: Sequence[Sequence[str]]) -> Statistic:
    """Self-BLEU in a set (Zhu et al. 2018): mean BLEU, 0..100, of each variant to its sisters.

    Items with fewer than two variants do not count; low is diverse.
    """
    means = []
    for texts in variants:
        sisters = [[*texts[:i], *texts[i + 1 :]] for i in range(len(texts))]
        scores = bleu.sentences(texts, sisters) if len(texts) > 1 else np.array([np.nan])
        means.append(scores.mean())
    return mean_of(means)


def rouge(
    outputs: Sequence[str], references: Sequence[Sequence[str]], stem: bool = False
) -> dict[str, Statistic]:
    """ROUGE-1, -2 and -L F1, 0..100, by rouge-score; the best of several references counts."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(list(ROUGE_TYPES), use_stemmer=stem)
    found = [
        scorer.score_multi(list(refs), output)
        for output, refs in zip(outputs, references, strict=True)
    ]
    return {kind: mean_of([PERCENT * one[kind].fmeasure for one in found]) for kind in ROUGE_TYPES}
