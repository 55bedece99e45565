"""BLEU, iBLEU, self-BLEU and ROUGE against hand-computed values and against sacrebleu."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distill.evaluate.bootstrap import resamples, score
from distill.evaluate.overlap import Bleu, ibleu, rouge, within_set

OUT, REF = "the cat sat on the mat", "the cat is on the mat"
# 5 of 6 words, 3 of 5 pairs, 1 of 4 triples, no quadruple: smoothed to half of one in 3.
BLEU_BY_HAND = 100 * (5 / 6 * 3 / 5 * 1 / 4 * (1 / 2) / 3) ** (1 / 4)
ADD_ONE_BY_HAND = 100 * (5 / 6 * 4 / 6 * 2 / 5 * 1 / 4) ** (1 / 4)

TEXTS = st.lists(st.sampled_from("the a cat dog sat on The mat .".split()), max_size=9).map(
    " ".join
)


def test_bleu_by_hand():
    bleu = Bleu()
    assert bleu.corpus([OUT], [[REF]]).value == pytest.approx(BLEU_BY_HAND)
    assert bleu.sentences([OUT], [[REF]])[0] == pytest.approx(BLEU_BY_HAND)
    assert bleu.mean_sentence([OUT], [[REF]]).value == pytest.approx(ADD_ONE_BY_HAND)


def test_bleu_punishes_brevity():
    found = Bleu().corpus(["the cat is on"], [[REF]])
    assert found.value == pytest.approx(100 * math.exp(1 - 6 / 4))


def test_case_counts_only_when_asked():
    assert Bleu(lowercase=True).corpus([REF.upper()], [[REF]]).value == pytest.approx(100)
    assert Bleu(lowercase=False).corpus([REF.upper()], [[REF]]).value == 0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, min_size=1, max_size=3)), min_size=1, max_size=6))
def test_corpus_bleu_is_that_of_sacrebleu(rows):
    from sacrebleu.metrics import BLEU

    outputs, references = [out for out, _ in rows], [refs for _, refs in rows]
    streams = [[refs[i] if i < len(refs) else None for refs in references] for i in range(3)]
    expected = BLEU(lowercase=True).corpus_score(outputs, streams).score
    assert Bleu().corpus(outputs, references).value == pytest.approx(expected)


def test_resampled_bleu_is_bleu_of_the_resample():
    outputs, references = [OUT, "a dog barks at me", "no"], [[REF], ["a dog barks"], ["yes"]]
    statistic = Bleu().corpus(outputs, references)
    weights = resamples(3, 20, seed=3)
    for row, value in zip(weights, statistic.resampled(weights), strict=True):
        drawn = [i for i, times in enumerate(row) for _ in range(int(times))]
        again = Bleu().corpus([outputs[i] for i in drawn], [references[i] for i in drawn])
        assert value == pytest.approx(again.value)


def test_ibleu_by_hand_and_for_a_copy():
    bleu = Bleu()
    gain, overlap = bleu.corpus([OUT], [[REF]]), bleu.corpus([OUT], [[OUT]])
    found = ibleu(gain, overlap, alpha=0.7)
    assert found.value == pytest.approx(0.7 * BLEU_BY_HAND - 0.3 * 100)
    assert ibleu(gain, overlap, alpha=1.0).value == pytest.approx(BLEU_BY_HAND)


def test_ibleu_interval_holds_the_figure():
    bleu = Bleu()
    outputs = [OUT, "a dog barks at me all day", "he came home late", "it rains"]
    references = [[REF], ["a dog barks all day"], ["he got home late"], ["it is raining"]]
    gain = bleu.corpus(outputs, references)
    overlap = bleu.corpus(outputs, [[out] for out in outputs])
    found = score(ibleu(gain, overlap, 0.9), resamples(4, 300, seed=0))
    assert found.low <= found.value <= found.high
    assert found.low < found.high


def test_self_bleu_in_a_set():
    same, apart = ("one two three four",) * 2, ("one two three four", "five six seven eight")
    assert within_set(Bleu(), [same]).value == pytest.approx(100)
    assert within_set(Bleu(), [apart]).value == 0
    # A lone variant has no sisters and does not count.
    assert within_set(Bleu(), [same, apart, ("alone",)]).value == pytest.approx(50)


def test_rouge_by_hand():
    found = rouge([OUT], [[REF]])
    # "the" (twice), "cat", "on", "mat" of six words each; longest common subsequence 5.
    assert found["rouge1"].value == pytest.approx(100 * 5 / 6)
    assert found["rouge2"].value == pytest.approx(100 * 3 / 5)
    assert found["rougeL"].value == pytest.approx(100 * 5 / 6)


def test_rouge_takes_the_best_reference_and_stems_only_when_asked():
    assert rouge(["cats"], [["dog", "cats"]])["rouge1"].value == 100
    assert rouge(["cats"], [["cat"]])["rouge1"].value == 0
    assert rouge(["cats"], [["cat"]], stem=True)["rouge1"].value == 100


def test_signature_names_what_matters():
    assert (
        Bleu()
        .signature([["a", "b"], ["a", "b"]])
        .startswith("nrefs:2|case:lc|eff:no|tok:13a|smooth:exp|version:")
    )
    assert "nrefs:var|case:mixed" in Bleu(lowercase=False).signature([["a"], ["a", "b"]])
