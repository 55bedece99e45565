"""Hub students learn codes as tokens; adapters merge without a trace; directories hold no code."""

import json
from dataclasses import replace

import pytest
import tiny_models

from distill.controls import TOKENS
from distill.students import directory, merge
from distill.students.hub import add_rows
from distill.students.lora import Lora, add_adapter
from distill.students.registry import BASES, StudentConfig, prepare
from paraphraser_tui.errors import InputError, ModelError, OptionError

torch = pytest.importorskip("torch")
torch.set_num_threads(1)
HUB = ("t5-small", "flan-t5-small", "bart-base")


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory):
    """A directory like the Hub's for each base."""
    path = tmp_path_factory.mktemp("hub")
    return {
        "t5-small": tiny_models.t5_directory(path / "t5", flan=False),
        "flan-t5-small": tiny_models.t5_directory(path / "flan", flan=True),
        "bart-base": tiny_models.bart_directory(path / "bart"),
    }


@pytest.fixture(params=HUB)
def student(request, checkpoints):
    return prepare(StudentConfig(base=request.param, start=checkpoints[request.param]))


def tied(model):
    return model.get_output_embeddings().weight is model.get_input_embeddings().weight


def test_codes_are_single_tokens_before_the_source(student):
    text = "They say that the big house was near."
    codes = ("<lex4>", "<ord1>", "<len0>")
    ids = student.tokenizer.encode_sources([text], [codes])[0]
    tokens = student.tokenizer.tokenizer.convert_ids_to_tokens(ids)
    start = ["<s>"] if student.architecture == "bart" else []
    assert tokens[: len(start) + 3] == [*start, *codes]
    assert tokens[-1] == "</s>"
    assert student.tokenizer.decode(ids) == student.source_prefix + text
    assert len(set(student.tokenizer.control_ids.values())) == len(TOKENS)
    assert student.tokenizer.size <= student.model.config.vocab_size


def test_new_rows_start_at_the_mean_and_old_ones_stay(student, checkpoints):
    base = directory.load_model(checkpoints[student.name])
    old_size = base.config.vocab_size
    for ours, theirs in (
        (student.model.get_input_embeddings(), base.get_input_embeddings()),
        (student.model.get_output_embeddings(), base.get_output_embeddings()),
    ):
        assert torch.equal(ours.weight[:old_size], theirs.weight)
        for row in student.tokenizer.control_ids.values():
            assert torch.allclose(ours.weight[row], theirs.weight.mean(0), atol=1e-6)
    assert tied(student.model) == tied(base) == (student.name != "flan-t5-small")


def test_spare_rows_are_used_before_the_table_grows():
    from transformers import T5Config, T5ForConditionalGeneration

    model = T5ForConditionalGeneration(
        T5Config(vocab_size=40, d_model=8, d_kv=4, d_ff=8, num_layers=1, num_heads=2)
    )
    add_rows(model, 35, list(range(24, 35)))
    assert model.shared.weight.shape[0] == 40
    assert torch.allclose(model.shared.weight[30], model.shared.weight[:24].mean(0))


def test_only_the_adapter_and_the_codes_are_trained(student):
    model = add_adapter(student, Lora(rank=2))
    trained = {n: p for n, p in model.named_parameters() if p.requires_grad}
    others = [n for n in trained if "lora_" not in n]
    assert len(others) == 1 and "trainable_tokens" in others[0]
    assert trained[others[0]].shape[0] == len(TOKENS)
    assert not any("lm_head" in n or "shared" in n for n in trained if "lora_" in n)


def shake(model, seed=5):
    """Trained weights without training: every trainable number moves."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.requires_grad:
                parameter += torch.randn(parameter.shape, generator=generator) * 0.1


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_a_merged_student_computes_what_the_adapter_did(student, tmp_path, dtype):
    given = tmp_path / "student"
    directory.save(student, given, {"training": {"steps": 3}}, "float32")
    model = add_adapter(student, Lora(rank=2))
    probe = merge.probe_batch(student)
    with torch.no_grad():
        before = merge.logits(model, probe)
        shake(model)
        wanted = merge.logits(model, probe)
    assert (before - wanted).abs().max() > 0.05
    model.save_pretrained(given / directory.ADAPTER_DIR)
    counts = merge.run(merge.Config(dtype), given, tmp_path / "out")
    assert counts["adapters"] == 1
    merged = directory.load(tmp_path / "out" / "student")
    with torch.no_grad():
        gap = (merge.logits(merged.model, probe) - wanted).abs()
    # Half precision rounds, which post-norm layers of a tiny random model blow up.
    assert gap.max() < merge.TOLERANCE if dtype == "float32" else gap.mean() < 0.02
    assert tied(merged.model) == (student.name != "flan-t5-small")
    facts = json.loads((tmp_path / "out" / "student" / "student.json").read_text())
    assert facts["training"] == {"steps": 3}
    assert facts["parameters"] == sum(p.numel() for p in merged.model.parameters())
    files = {p.name for p in (tmp_path / "out" / "student").iterdir()}
    assert {"model.safetensors", "config.json", "generation_config.json"} < files
    size = (tmp_path / "out" / "student" / "model.safetensors").stat().st_size
    assert size < facts["parameters"] * (4 if dtype == "float32" else 2) + 20_000


def test_a_merge_that_changes_the_model_fails(student, tmp_path, monkeypatch):
    directory.save(student, tmp_path / "student", {}, "float32")
    real = directory.load

    def damaged(path):
        loaded = real(path)
        if path.parent.name == "out":
            with torch.no_grad():
                loaded.model.get_output_embeddings().weight *= 1.01
        return loaded

    monkeypatch.setattr(directory, "load", damaged)
    with pytest.raises(ModelError, match="merged logits differ"):
        merge.run(merge.Config(), tmp_path / "student", tmp_path / "out")


@pytest.mark.parametrize("target", ["lm_head", "shared", "model.shared", "embed_tokens"])
def test_lora_on_tied_embeddings_is_refused(target):
    with pytest.raises(OptionError, match="tied embeddings"):
        Lora(targets=("q", target))


def test_lora_options(student):
    for bad in ({"rank": 0}, {"dropout": 1.0}, {"targets": ()}, {"targets": ("all-linear", "q")}):
        with pytest.raises(OptionError):
            Lora(**bad)
    with pytest.raises(OptionError, match="LoRA"):
        add_adapter(student, Lora(targets=("no_such_layer",)))


def test_facts_say_what_convert_needs(student, tmp_path):
    directory.save(student, tmp_path / "s", {"max_source_tokens": 64}, "float32")
    facts = directory.read_facts(tmp_path / "s")
    assert facts["architecture"] == BASES[student.name].architecture
    assert facts["role"] == "paraphraser"
    assert facts["controls"]["lex"] == [0.12, 0.28, 0.42, 0.58]
    assert facts["source_prefix"] == ("" if student.architecture == "bart" else "paraphrase: ")
    assert str(tmp_path) not in json.dumps(facts)
    assert facts["initialised_from"].startswith(BASES[student.name].repository)
    again = directory.load(tmp_path / "s")
    assert again.tokenizer.control_ids == student.tokenizer.control_ids
    assert again.source_prefix == student.source_prefix


def test_pickles_and_foreign_models_are_refused(checkpoints, tmp_path):
    import shutil

    unsafe = shutil.copytree(checkpoints["bart-base"], tmp_path / "unsafe")
    (unsafe / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(ModelError, match="pickle"):
        prepare(StudentConfig(base="bart-base", start=unsafe))
    with pytest.raises(ModelError, match="not t5"):
        prepare(StudentConfig(base="t5-small", start=checkpoints["bart-base"]))
    with pytest.raises(ModelError, match="none") as caught:
        prepare(StudentConfig(base="t5-small", start=tmp_path / "none"))
    assert "\n" not in str(caught.value)
    with pytest.raises(InputError, match="no student directory"):
        directory.load(tmp_path)


def test_a_save_replaces_the_old_directory_at_once(student, tmp_path, monkeypatch):
    directory.save(student, tmp_path / "s", {"note": "old"}, "float32")
    (tmp_path / "s" / "stale.txt").write_text("")
    broken = replace(student, tokenizer=None)
    with pytest.raises(AttributeError):
        directory.save(broken, tmp_path / "s", {"note": "broken"}, "float32")
    assert directory.read_facts(tmp_path / "s")["note"] == "old"
    directory.save(student, tmp_path / "s", {"note": "new"}, "float32")
    assert directory.read_facts(tmp_path / "s")["note"] == "new"
    assert not (tmp_path / "s" / "stale.txt").exists()


def test_student_options():
    with pytest.raises(OptionError, match="gpt2"):
        StudentConfig(base="gpt2")
    with pytest.raises(OptionError, match="vocabulary"):
        StudentConfig(base="house")
