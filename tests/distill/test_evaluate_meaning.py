"""Cosine, BERTScore, BERT-iBLEU and ParaScore against hand-computed values."""

import math

import numpy as np
import pytest
from evaluate_fakes import WordEncoder
from hypothesis import given
from hypothesis import strategies as st

from distill.evaluate import bertscore
from distill.evaluate.encoder import Memo, Tokens, TransformersEncoder
from distill.evaluate.meaning import (
    BertScores,
    bert_ibleu,
    bert_scores,
    cosine,
    distance_reward,
    edit_distance,
    parascore,
)
from paraphraser_tui.errors import ModelError

UNIT = st.floats(0, 1)


def tokens(*ids, special=()):
    vectors = 3 * np.eye(8)[list(ids)]  # any length: it must not matter
    return Tokens(np.array(ids), vectors, np.isin(ids, special))


def test_bertscore_by_hand():
    # Two of three found on one side, two of four on the other.
    found = bertscore.f1(tokens(1, 2, 3), tokens(1, 2, 4, 5))
    assert found == pytest.approx(2 * (2 / 3) * (2 / 4) / (2 / 3 + 2 / 4))
    assert bertscore.f1(tokens(1, 2), tokens(1, 2)) == pytest.approx(1)
    assert bertscore.f1(tokens(1), tokens(2)) == 0


def test_bertscore_of_oblique_vectors():
    half = Tokens(np.array([1]), np.array([[1.0, math.sqrt(3)]]), np.array([False]))
    axis = Tokens(np.array([2]), np.array([[1.0, 0.0]]), np.array([False]))
    assert bertscore.f1(half, axis) == pytest.approx(0.5)


def test_special_tokens_have_no_weight():
    assert bertscore.f1(tokens(1, 0, special=[0]), tokens(2, 0, special=[0])) == 0
    assert bertscore.f1(tokens(0, special=[0]), tokens(1)) == 0


def test_idf_weighs_rare_words_more():
    weight = bertscore.idf_weights([np.array([1, 2]), np.array([1, 3]), np.array([1, 1])])
    assert weight(1) == 0
    assert weight(2) == pytest.approx(math.log(4 / 2))
    assert weight(9) == pytest.approx(math.log(4))
    # The common word is found, the rare one is not: nothing is left.
    assert bertscore.f1(tokens(1, 2), tokens(1, 3), weight) == 0
    # With common words only, all count the same.
    assert bertscore.f1(tokens(1), tokens(1), weight) == pytest.approx(1)


def test_bert_scores_take_the_best_reference():
    found = bert_scores(
        WordEncoder(), ["red cat"], ["red dog"], [("blue bird", "red cat", "a red cat")]
    )
    assert found.source[0] == pytest.approx(0.5)
    assert found.reference[0] == pytest.approx(1)
    assert bert_scores(WordEncoder(), ["a"], ["a"], None).reference is None


def test_bert_ibleu_by_hand():
    # 5 / (4 / 0.8 + 1 / 0.5)
    assert bert_ibleu(np.array([0.8]), np.array([0.5]))[0] == pytest.approx(5 / 7)
    assert bert_ibleu(np.array([1.0]), np.array([0.0]))[0] == pytest.approx(1)
    assert bert_ibleu(np.array([1.0, 0.0]), np.array([1.0, 0.0])).tolist() == [0, 0]


@given(UNIT, UNIT, UNIT)
def test_bert_ibleu_falls_with_overlap_and_rises_with_meaning(a, b, other):
    low, high = sorted((a, b))
    by_overlap = bert_ibleu(np.array([other, other]), np.array([low, high]))
    by_meaning = bert_ibleu(np.array([low, high]), np.array([other, other]))
    assert by_overlap[0] >= by_overlap[1]
    assert by_meaning[0] <= by_meaning[1]
    assert 0 <= by_overlap.min() <= by_overlap.max() <= 1


def test_edit_distance_and_its_reward():
    assert edit_distance("kitten", "sitting") == pytest.approx(3 / 7)
    assert distance_reward(0) == -1
    assert distance_reward(0.175) == pytest.approx(-0.325)
    assert distance_reward(0.35) == distance_reward(0.9) == 0.35


def test_parascore_by_hand():
    scores = BertScores(np.array([0.0]), np.array([0.6]), np.array([0.9]))
    # "kitten" to "sitting" is beyond gamma.
    arguments = (scores, ["sitting"], ["kitten"])
    assert parascore(*arguments, free=True)[0] == pytest.approx(0.6 + 0.05 * 0.35)
    assert parascore(*arguments, free=False)[0] == pytest.approx(0.9 + 0.05 * 0.35)
    # Far from the reference, near to the source.
    free = BertScores(np.array([0.0]), np.array([0.9]), np.array([0.2]))
    assert parascore(free, *arguments[1:], free=False)[0] == pytest.approx(0.9 + 0.05 * 0.35)
    copy = BertScores(np.array([1.0]), np.array([1.0]), None)
    assert parascore(copy, ["same"], ["same"], free=True)[0] == pytest.approx(0.95)


def test_cosine_is_the_mean_over_items():
    found = cosine(WordEncoder(), ["red cat", "blue"], ["red cat", "green"])
    # The end mark is a shared direction: 1 of 2 in the second item.
    assert found.value == pytest.approx((1 + 0.5) / 2)


def test_memory_asks_once_and_answers_the_same():
    encoder = WordEncoder()
    memo = Memo(encoder)
    texts = ["a b", "c", "a b"]
    np.testing.assert_array_equal(memo.encode(texts), WordEncoder().encode(texts))
    memo.tokens(texts)
    assert encoder.asked == 2
    assert [t.ids.tolist() for t in memo.tokens(texts)] == [
        t.ids.tolist() for t in WordEncoder().tokens(texts)
    ]
    memo.encode(["c"])
    assert encoder.asked == 2


def test_a_full_memory_still_answers(monkeypatch):
    monkeypatch.setattr("distill.evaluate.encoder.KEPT_TOKENS", 3)
    encoder = WordEncoder()
    memo = Memo(encoder)
    for _ in range(2):
        assert [len(t.ids) for t in memo.tokens(["a b", "c d e"])] == [3, 4]
    assert encoder.asked == 3  # the first text stayed


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory):
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("bert")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "red", "blue", "cat", "dog", "runs"]
    tokenizer = BertTokenizer(vocab={word: i for i, word in enumerate(words)})
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(folder)
    return folder


def test_encoder_pools_over_the_tokens_whatever_the_batch(tiny_bert):
    encoder = TransformersEncoder(str(tiny_bert))
    texts = ["red cat", "blue dog runs red cat runs", "dog"]
    vectors, found = encoder.encode(texts), encoder.tokens(texts)
    assert [len(t.ids) for t in found] == [4, 8, 3]
    assert found[0].special.tolist() == [True, False, False, True]
    for text, vector, one in zip(texts, vectors, found, strict=True):
        mean = one.vectors.mean(axis=0)
        np.testing.assert_allclose(vector, mean / np.linalg.norm(mean), rtol=1e-6)
        np.testing.assert_allclose(vector, encoder.encode([text])[0], atol=1e-6)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert encoder.encode([]).shape == (0, 16)


def test_encoder_layers(tiny_bert):
    last = TransformersEncoder(str(tiny_bert)).tokens(["red cat"])[0].vectors
    same = TransformersEncoder(str(tiny_bert), layer=2).tokens(["red cat"])[0].vectors
    first = TransformersEncoder(str(tiny_bert), layer=1)
    np.testing.assert_array_equal(last, same)
    assert not np.allclose(last, first.tokens(["red cat"])[0].vectors)
    assert first.name.endswith(", layer 1")
    with pytest.raises(ModelError, match="no layer 3"):
        TransformersEncoder(str(tiny_bert), layer=3)


def test_no_encoder_there(tmp_path):
    with pytest.raises(ModelError, match="cannot be loaded as an encoder"):
        TransformersEncoder(str(tmp_path))
