"""The filters that ask a model, on tiny models made here and on the bundled encoder."""

import math
from contextlib import ExitStack

import numpy as np
import pytest

from distill.filters import nli, semantic
from distill.filters.encoders import load_encoder
from distill.filters.nli import Critic, Nli
from distill.filters.scores import remembered
from distill.filters.semantic import Semantic
from distill.filters.verdict import Workplace
from distill.journal import Journal
from distill.records import Pair
from paraphraser_tui.errors import ModelError

PAIRS = [
    Pair("The dog sleeps in the garden.", "In the garden, the dog is asleep.", "x"),
    Pair("The dog sleeps in the garden.", "Shares fell sharply in Tokyo.", "x"),
    Pair("The dog sleeps in the garden.", "The dog sleeps in the garden.", "x"),
]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def workplace(tmp_path):
    with ExitStack() as stack:
        yield Workplace(tmp_path, stack)


@pytest.fixture(scope="module")
def nli_model(tmp_path_factory):
    """A classifier with three labels and random weights."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        PreTrainedTokenizerFast,
    )

    directory = tmp_path_factory.mktemp("nli")
    words = sorted({word for pair in PAIRS for word in f"{pair.src} {pair.tgt}".split()})
    vocabulary = {word: i for i, word in enumerate(["[PAD]", "[UNK]", *words])}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="[PAD]", unk_token="[UNK]"
    ).save_pretrained(directory)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, initializer_range=1.0,
        id2label={0: "contradiction", 1: "ENTAILMENT", 2: "neutral"},
        label2id={"contradiction": 0, "ENTAILMENT": 1, "neutral": 2},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(directory)
    return directory


def test_the_encoder_of_run_time_tells_near_from_far(workplace):
    verdicts = Semantic(min_similarity=0.6, max_similarity=0.999).judge(workplace)(PAIRS)
    assert [verdict.reason for verdict in verdicts] == ["", "too_far", "too_close"]
    near, far, same = (verdict.features["similarity"] for verdict in verdicts)
    assert far < 0.3 < 0.6 < near < same == pytest.approx(1, abs=1e-3)


def test_vectors_have_unit_length_and_keep_their_order():
    encoder = load_encoder("minilm", threads=1)
    texts = ["a", "a much longer text than the one before it", "b b b"]
    vectors = encoder.encode(texts)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    assert (vectors[1] @ encoder.encode(texts[1:2])[0]) == pytest.approx(1, abs=1e-2)


def test_any_encoder_of_transformers_will_do(nli_model):
    vectors = load_encoder(str(nli_model)).encode([pair.tgt for pair in PAIRS])
    assert vectors.shape == (3, 16)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)


def test_entailment_is_asked_in_both_directions(nli_model, workplace):
    critic = Critic(str(nli_model))
    there = critic.entails([(pair.src, pair.tgt) for pair in PAIRS])
    back = critic.entails([(pair.tgt, pair.src) for pair in PAIRS])
    weaker = [min(both) for both in zip(there, back, strict=True)]
    assert there[1] != pytest.approx(back[1], abs=1e-3)
    threshold = (min(weaker) + max(weaker)) / 2
    one = Nli(str(nli_model), min_entailment=threshold, enabled=True)
    verdicts = one.judge(workplace)(PAIRS)
    assert [v.features["entailment"] for v in verdicts] == pytest.approx(weaker, abs=1e-4)
    dropped = [v.reason == "not_entailed" for v in verdicts]
    assert dropped == [score < threshold for score in weaker]
    assert 0 < sum(dropped) < 3


def test_the_label_is_found_by_its_name(nli_model):
    """The probability of index 1 here; another model may have it elsewhere."""
    import torch

    critic = Critic(str(nli_model))
    inputs = critic._tokenizer(PAIRS[0].src, PAIRS[0].tgt, return_tensors="pt")
    with torch.inference_mode():
        logits = critic._model(**inputs).logits[0].tolist()
    expected = math.exp(logits[1]) / sum(map(math.exp, logits))
    assert critic.entails([(PAIRS[0].src, PAIRS[0].tgt)]) == pytest.approx([expected], abs=1e-4)


def test_models_that_are_no_critics(nli_model, tmp_path, monkeypatch):
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        Critic(str(tmp_path))
    assert "\n" not in str(caught.value)
    from transformers import BertForSequenceClassification

    model = BertForSequenceClassification.from_pretrained(nli_model)
    model.config.id2label = {0: "good", 1: "bad", 2: "ugly"}
    model.save_pretrained(tmp_path / "other")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / "other" / name).write_bytes((nli_model / name).read_bytes())
    with pytest.raises(ModelError, match="no label 'entailment'"):
        Critic(str(tmp_path / "other"))


def test_scores_are_computed_once_and_by_whole_batches(tmp_path):
    asked = []

    def score(pairs):
        asked.append([pair.tgt for pair in pairs])
        return [len(pair.tgt) / 7 for pair in pairs]

    expected = [round(len(pair.tgt) / 7, 4) for pair in PAIRS]
    with Journal(tmp_path / "scores.jsonl") as journal:
        scores = remembered(score, journal)
        assert scores(PAIRS[:2]) == expected[:2]
        assert scores(PAIRS[:2]) == expected[:2]
    with Journal(tmp_path / "scores.jsonl") as journal:
        scores = remembered(score, journal)
        assert scores(PAIRS[:2]) == expected[:2]
        assert len(asked) == 1
        assert scores(PAIRS) == expected
        assert len(asked[1]) == 3


def test_no_pairs_no_model_asked(nli_model, workplace):
    assert semantic.Semantic().judge(workplace)([]) == []
    assert nli.Nli(str(nli_model), enabled=True).judge(workplace)([]) == []
