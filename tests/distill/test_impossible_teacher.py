"""Pairs mined from nothing but a language model: a tiny GPT-2 made here."""

from dataclasses import replace
from pathlib import Path

import pytest

from distill.config import from_table
from distill.impossible import Config, mining, run
from distill.impossible.critics import Critics
from distill.journal import Journal
from distill.records import Pair, read_jsonl
from paraphraser_tui.errors import ModelError

torch = pytest.importorskip("torch")


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def causal_model(path: Path) -> Path:
    """A tiny GPT-2 with random weights whose every token is a word, some with a full stop."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    words = "[UNK] [EOS] OSLO -- Dogs Cats People like see big small houses. roads. cars. \n".split(
        " "
    )
    made = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    PreTrainedTokenizerFast(tokenizer_object=made, eos_token="[EOS]").save_pretrained(path)
    torch.manual_seed(0)
    shape = GPT2Config(
        vocab_size=len(words), n_positions=64, n_embd=16, n_layer=1, n_head=2,
        bos_token_id=1, eos_token_id=1,
    )  # fmt: skip
    GPT2LMHeadModel(shape).save_pretrained(path)
    return path


LENIENT = {name: {"enabled": False} for name in ("drift", "copies", "rouge", "way_back")}
LENIENT |= {"length": {"min_words": 2}, "semantic": {"min_similarity": 0.5}}


def teacher_config(path):
    teacher = {
        "model": str(path), "openings": ["OSLO --"], "contexts": 4, "continuations": 12, "batch": 2,
        "context_length": 12, "sentence_length": 12, "no_repeat_ngram": 0, "min_similarity": 0.5,
        "same": 0.6,
    }  # fmt: skip
    return from_table(Config, {"teacher": teacher, "critics": LENIENT})


@pytest.fixture(scope="module")
def teacher_model(tmp_path_factory):
    return causal_model(tmp_path_factory.mktemp("gpt2"))


def test_a_language_model_is_mined_for_pairs(teacher_model, tmp_path):
    out = tmp_path / "out"
    counts = run(teacher_config(teacher_model), None, out)
    pairs = list(read_jsonl(out / "pairs.jsonl.xz", Pair))
    assert 0 < counts["kept"] == len(pairs) < counts["rows"]
    assert counts["choice.not_best"] > 0
    with Journal(out / mining.JOURNAL_FILE) as journal:
        rows = list(journal.rows())
    assert len(rows) == 4
    said = set()
    for row in rows:
        if "context" in row:
            assert row["context"].startswith("OSLO -- ") and row["context"].endswith(".")
            assert all(text.endswith(".") for text in row["sentences"])
            said |= {*row["sentences"]}
    assert {text for pair in pairs for text in (pair.src, pair.tgt)} <= said


class SameLetters:
    """An NLI model for which texts follow from each other if they begin alike."""

    def __init__(self, model):
        pass

    def entails(self, pairs):
        return [float(a[0] == b[0]) for a, b in pairs]


def test_with_entailment_one_pair_of_each_linked_group_is_kept(
    teacher_model, tmp_path, monkeypatch
):
    monkeypatch.setattr("distill.impossible.entailment.Critic", SameLetters)
    settings = teacher_config(teacher_model)
    critics = {**LENIENT, "entailment": {"enabled": True}}
    settings = replace(settings, critics=from_table(Critics, critics))
    counts = run(settings, None, tmp_path)
    pairs = list(read_jsonl(tmp_path / "pairs.jsonl.xz", Pair))
    assert counts["entailment.not_entailed"] > 0 and 0 < len(pairs) <= 3 * 4  # letters, contexts
    assert all(pair.src[0] == pair.tgt[0] for pair in pairs)
    assert all(pair.features["entailment"] == 1 for pair in pairs)


def test_mining_killed_and_resumed_ends_with_identical_files(teacher_model, tmp_path, monkeypatch):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    settings = teacher_config(teacher_model)
    run(settings, None, whole)
    real = mining._rows

    def killed(author, config, keys, batch):
        if batch.start:
            raise KeyboardInterrupt
        return real(author, config, keys, batch)

    monkeypatch.setattr(mining, "_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        run(settings, None, broken)
    monkeypatch.setattr(mining, "_rows", real)
    run(settings, None, broken)
    assert contents(whole) == contents(broken)


def test_what_is_no_language_model_is_one_line(tmp_path):
    with pytest.raises(ModelError, match="not a causal language model"):
        run(teacher_config(tmp_path / "none"), None, tmp_path / "out")
