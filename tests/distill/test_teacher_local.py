"""A Hugging Face model as teacher, on tiny models made here."""

import json

import pytest

from distill import teacher
from distill.records import Pair, Source, read_jsonl, write_jsonl
from distill.teacher import Config
from distill.teacher.local import LocalTeacher
from distill.teacher.options import Local, Via
from paraphraser_tui.errors import ModelError

WORDS = "the a big small house street car is was on in and new old red blue dog cat . ?".split()
TEXTS = [f"the {size} {what} is on the street ." for size in ("big", "old") for what in WORDS[4:12]]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def tokenizer(directory, **more):
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    special = ["<pad>", "</s>", "<unk>"]
    # The prompt's own words, so that not all of it is unknown.
    vocabulary = {word: i for i, word in enumerate([*special, *WORDS, "paraphrase", ":"])}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    )
    for name, value in more.items():
        setattr(fast, name, value)
    fast.save_pretrained(directory)
    return len(vocabulary)


@pytest.fixture(scope="module")
def sequence_model(tmp_path_factory):
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    directory = tmp_path_factory.mktemp("t5")
    size = tokenizer(directory)
    torch.manual_seed(0)
    config = T5Config(
        vocab_size=size, d_model=16, d_ff=32, d_kv=8, num_heads=2, num_layers=1,
        decoder_start_token_id=0, pad_token_id=0, eos_token_id=1,
    )  # fmt: skip
    T5ForConditionalGeneration(config).save_pretrained(directory)
    return directory


@pytest.fixture(scope="module")
def chat_model(tmp_path_factory):
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    directory = tmp_path_factory.mktemp("llama")
    template = "{% for m in messages %}{{ m.role }} : {{ m.content }} {% endfor %}"
    size = tokenizer(directory, chat_template=template)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=size, hidden_size=16, intermediate_size=32, num_hidden_layers=1,
        num_attention_heads=2, pad_token_id=0, eos_token_id=1, bos_token_id=1,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(directory)
    return directory


@pytest.fixture
def inputs(tmp_path):
    path = tmp_path / "sources.jsonl.xz"
    write_jsonl(path, [Source(text, "tiny") for text in TEXTS])
    return path


def config(directory, **more):
    settings = {"device": "cpu", "batch_size": 3, "max_new_tokens": 8, **more}
    return Config(str(directory), via=Via.LOCAL, teacher="tiny", local=Local(**settings))


def test_several_samples_of_a_sequence_model(sequence_model, inputs, tmp_path):
    counts = teacher.run(config(sequence_model), inputs, tmp_path / "out")
    assert counts["answered"] + counts.get("failed.broken_answer", 0) == len(TEXTS)
    pairs = list(read_jsonl(tmp_path / "out" / "pairs.jsonl.xz", Pair))
    assert counts["pairs"] == len(pairs) > len(TEXTS)
    assert {pair.teacher for pair in pairs} == {"tiny"}
    assert len({(pair.src, pair.tgt) for pair in pairs}) == len(pairs)
    assert counts["completion_tokens"] <= len(TEXTS) * 5 * 8


def test_killed_and_resumed_it_gives_the_same(sequence_model, inputs, tmp_path, monkeypatch):
    settings = config(sequence_model)
    teacher.run(settings, inputs, tmp_path / "calm")
    asked = []
    real = LocalTeacher.ask

    def killed(self, texts, seed):
        asked.append(len(texts))
        if len(asked) == 3:
            raise KeyboardInterrupt
        return real(self, texts, seed)

    monkeypatch.setattr(LocalTeacher, "ask", killed)
    with pytest.raises(KeyboardInterrupt):
        teacher.run(settings, inputs, tmp_path / "out")
    teacher.run(settings, inputs, tmp_path / "out")
    assert sum(asked) == len(TEXTS) + 3
    for name in ("answers.jsonl", "pairs.jsonl.xz", "failures.jsonl"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "calm" / name).read_bytes()


def test_a_text_that_breaks_the_model_fails_alone(sequence_model, inputs, tmp_path, monkeypatch):
    real = LocalTeacher._generate

    def breaks(self, texts, seed):
        if TEXTS[4] in texts:
            raise RuntimeError("out of memory")
        return real(self, texts, seed)

    monkeypatch.setattr(LocalTeacher, "_generate", breaks)
    counts = teacher.run(config(sequence_model), inputs, tmp_path / "out")
    assert counts["failed.unexpected"] == 1


def test_a_chat_model_is_asked_by_the_prompt(chat_model, monkeypatch):
    """Random weights talk nonsense, so the words it would say are put into its mouth."""
    made = LocalTeacher(config(chat_model))
    prompts = []
    real = made._tokenizer.__class__.__call__

    def record(self, texts, **arguments):
        prompts.extend(texts)
        return real(self, texts, **arguments)

    def say(self, ids, **_):
        assert ids.shape[0] == 2
        return [json.dumps({"paraphrases": ["a dog", "a cat"]}), "no idea"]

    monkeypatch.setattr(made._tokenizer.__class__, "__call__", record)
    monkeypatch.setattr(made._tokenizer.__class__, "batch_decode", say)
    good, bad = made.ask(TEXTS[:2], "0" * 32)
    assert good.paraphrases == ("a dog", "a cat")
    assert bad.failure == "broken_answer"
    assert len(prompts) == 2
    for text, prompt in zip(TEXTS[:2], prompts, strict=True):
        assert json.dumps({"text": text}) in prompt
    assert 0 < good.usage.completion <= 8


def test_models_that_cannot_be_used(tmp_path, chat_model):
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        LocalTeacher(config(tmp_path))
    assert "\n" not in str(caught.value)


def test_pickled_weights_are_not_loaded(sequence_model, tmp_path):
    import shutil

    import torch

    directory = tmp_path / "pickled"
    shutil.copytree(sequence_model, directory)
    (directory / "model.safetensors").unlink()
    torch.save({}, directory / "pytorch_model.bin")
    with pytest.raises(ModelError, match="cannot be loaded"):
        LocalTeacher(config(directory))


def test_a_chat_model_needs_a_template(chat_model, tmp_path):
    import shutil

    directory = tmp_path / "base"
    shutil.copytree(chat_model, directory)
    (directory / "chat_template.jinja").unlink()
    with pytest.raises(ModelError, match="no chat template"):
        LocalTeacher(config(directory))
