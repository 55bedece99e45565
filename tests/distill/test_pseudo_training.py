"""Training with a teacher: what an epoch sees, and that a kill costs nothing."""

import json
import math
from dataclasses import replace

import pseudo_models
import pytest
import tiny_models

from distill.pseudo.settings import Decoding, Kind, ObjectiveConfig
from distill.records import Pair, write_jsonl
from distill.students.lora import Lora
from distill.students.registry import StudentConfig
from distill.students.tokenizers import HouseTokenizer
from distill.training import Config, run
from distill.training.batching import IGNORED, collate, epoch_batches
from distill.training.data import load_data
from distill.training.settings import Corpus, DataConfig, OptimizerConfig
from paraphraser_tui.errors import InputError, OptionError

np = pytest.importorskip("numpy")
torch = pytest.importorskip("torch")
torch.set_num_threads(1)
FEW = DataConfig(held_out=0.1, held_out_rows=60)


@pytest.fixture(autouse=True)
def fresh_accelerate():
    """Each run here stands for a process of its own, which accelerate would keep the state of."""
    from accelerate.state import AcceleratorState

    AcceleratorState._reset_state(reset_partial_state=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    path = tmp_path_factory.mktemp("models")
    tiny_models.write_pairs(path / "pairs.jsonl")
    pseudo_models.house(path / "student")
    pseudo_models.house_teacher(path / "teacher")
    return path


def tokenizer(place):
    return HouseTokenizer(place / "student" / "spm.model")


def test_each_epoch_takes_another_target(place, tmp_path):
    texts = [f"We saw the big house number {i}." for i in range(40)]
    rows = [
        Pair(text, f"first {text}", "s", more=(f"second {text}", f"third {text}")) for text in texts
    ]
    rows += [Pair(text, f"a label of {text}", "labels") for text in texts]
    write_jsonl(tmp_path / "p.jsonl", rows)
    words = tokenizer(place)
    data = load_data(DataConfig(held_out=0.2), tmp_path / "p.jsonl", words)
    trained = {words.decode(data.train.targets[i]).split()[-1] for i in range(len(data.train))}

    def begun(epoch):
        batches = epoch_batches(data.train, 500, seed=3, epoch=epoch)
        said = [words.decode(data.train.targets[i]).split()[0] for b in batches for i in b]
        return {word: said.count(word) for word in set(said)}

    for epoch, word in enumerate(("first", "second", "third", "first")):
        assert begun(epoch) == {word: len(trained), "a": len(trained)}
    # One row of each record is enough to evaluate on.
    held = {words.decode(data.held_out.targets[i]).split()[0] for i in range(len(data.held_out))}
    assert held == {"first", "a"}
    plain = load_data(FEW, place / "pairs.jsonl", words)
    assert plain.train.turns is None and plain.train.soft is None


def test_codes_are_measured_on_each_target(place, tmp_path):
    source = "The big house was near the road."
    rows = [Pair(source, source, "s", controls=("<lex0>", "<ord0>", "<len1>"), more=("No.",))]
    rows += tiny_models.pairs()[:50]
    write_jsonl(tmp_path / "p.jsonl", rows)
    words = tokenizer(place)
    train = load_data(FEW, tmp_path / "p.jsonl", words).train
    assert train.sources[0][0] == words.control_ids["<lex0>"]
    assert train.sources[1][0] == words.control_ids["<lex4>"]


def config(place, kind, **changes):
    """A quick run on the tiny pairs with an untrained teacher."""
    objective = ObjectiveConfig(
        kind, teacher=place / "teacher", decoding=Decoding(max_new_tokens=10)
    )
    settings = {
        "data": replace(FEW, corpora=(Corpus(place / "pairs.jsonl"),)),
        "optimizer": OptimizerConfig(learning_rate=5e-3, warmup_steps=2),
        "objective": objective,
        "max_steps": 8,
        "batch_tokens": 600,
        "eval_steps": 100,
        "precision": "no",
        "threads": 1,
    }
    return Config(student=StudentConfig(start=place / "student"), **{**settings, **changes})


def files(out_dir):
    return [
        (out_dir / "student" / name).read_bytes() for name in ("model.safetensors", "student.json")
    ]


@pytest.mark.parametrize(
    ("kind", "precision"), [(Kind.JOINT, "bf16"), (Kind.RELATION, "no"), (Kind.NOISY, "no")]
)
def test_a_killed_run_ends_with_the_same_weights(place, tmp_path, monkeypatch, kind, precision):
    from distill.training.loop import Trainer

    made = config(place, kind, precision=precision, max_steps=6, eval_steps=3)
    run(made, None, tmp_path / "whole")
    real = Trainer._train_on

    def killed(self, group, bar):
        if self.progress.step == 5:
            raise KeyboardInterrupt
        real(self, group, bar)

    monkeypatch.setattr(Trainer, "_train_on", killed)
    with pytest.raises(KeyboardInterrupt):
        run(made, None, tmp_path / "killed")
    monkeypatch.setattr(Trainer, "_train_on", real)
    run(made, None, tmp_path / "killed")
    assert files(tmp_path / "killed") == files(tmp_path / "whole")
    facts = json.loads(files(tmp_path / "whole")[1])["training"]["objective"]
    assert facts["kind"] == kind and facts["teacher"] == "teacher"


def test_another_teacher_is_another_run(place, tmp_path):
    made = config(place, Kind.WORD, max_steps=1)
    run(made, None, tmp_path / "out")
    pseudo_models.house(tmp_path / "other", d_model=32)
    other = replace(made, objective=replace(made.objective, teacher=tmp_path / "other"))
    with pytest.raises(OptionError, match="'objective'"):
        run(other, None, tmp_path / "out")
    with pytest.raises(OptionError, match="'objective'"):
        run(replace(made, objective=None), None, tmp_path / "out")


def divergence(place, student_dir):
    """How far a student is from the teacher on the pairs."""
    from distill.pseudo.distillation import Distillation
    from distill.students import directory

    student = directory.load(student_dir)
    objective = ObjectiveConfig(Kind.WORD, teacher=place / "teacher")
    module = Distillation(student.model, student.tokenizer, objective)
    data = load_data(FEW, place / "pairs.jsonl", student.tokenizer)
    start = student.model.config.decoder_start_token_id
    batch = collate(data.train, range(20), student.tokenizer.pad, start)
    with torch.no_grad():
        return module(batch).item()


@pytest.mark.parametrize("kind", [Kind.WORD, Kind.STUDENT])
def test_the_student_comes_nearer_to_the_teacher(place, tmp_path, kind):
    before = divergence(place, place / "student")
    run(config(place, kind, max_steps=15), None, tmp_path / "out")
    after = divergence(place, tmp_path / "out" / "student")
    assert after < 0.8 * before


def test_alternatives_of_a_server_are_learnt(place, tmp_path):
    rows = []
    for pair in tiny_models.pairs():
        parts, at = [], 0
        for word in pair.tgt.rstrip("?.").split():
            own = pair.tgt[at : pair.tgt.index(word, at) + len(word)]
            parts.append((at, at + len(own), {own: math.log(0.6), own[:1] + "the": math.log(0.2)}))
            at += len(own)
        rows.append(replace(pair, top=tuple(parts)))
    write_jsonl(tmp_path / "top.jsonl", rows)
    objective = ObjectiveConfig(Kind.TOP_K, k=2, least_aligned=0.1)
    data = replace(FEW, corpora=(Corpus(tmp_path / "top.jsonl"),))
    made = config(place, Kind.WORD, objective=objective, data=data)
    assert run(made, None, tmp_path / "out")["steps"] == 8
    # Pairs of other origin alone are refused.
    bare = replace(made, data=replace(FEW, corpora=(Corpus(place / "pairs.jsonl"),)))
    with pytest.raises(InputError, match="generate with logprobs"):
        run(bare, None, tmp_path / "bare")


def test_alternatives_are_padded_like_labels(place, tmp_path):
    from distill.pseudo.alignment import Aligner

    pair = Pair("we saw the house", "the house", "s", top=((0, 3, {"the": -0.2, "of": -1.0}),))
    rows = [pair, Pair("we never saw it there", "we saw it", "s")]
    write_jsonl(tmp_path / "p.jsonl", [*rows, *tiny_models.pairs()[:60]])
    words = tokenizer(place)
    data = load_data(FEW, tmp_path / "p.jsonl", words, Aligner(words, 2, 0.0))
    batch = collate(data.train, [0, 1], words.pad, words.eos)
    ids, logs = batch.to("cpu").soft
    assert ids.shape == logs.shape == (*batch.labels.shape, 2)
    labelled = batch.labels != IGNORED
    assert (ids[..., 0][labelled] == batch.labels[labelled]).all()
    assert logs[0, 0].tolist() == pytest.approx([-0.2, -1.0])
    assert logs[1, 0].tolist() == [0.0, -math.inf]


def test_lora_students_have_teachers_too(tmp_path):
    hub = tiny_models.t5_directory(tmp_path / "hub", flan=False)
    teacher = pseudo_models.t5_teacher(tmp_path / "teacher", hub)
    tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    made = config(tmp_path, Kind.RELATION, max_steps=4)
    made = replace(
        made,
        student=StudentConfig(base="t5-small", start=hub),
        lora=Lora(rank=4),
        objective=replace(made.objective, teacher=teacher),
    )
    assert run(made, None, tmp_path / "out")["steps"] == 4


def test_settings_that_do_not_go_together(place):
    with pytest.raises(OptionError, match="unlikelihood"):
        config(place, Kind.WORD, data=DataConfig(unlikelihood=(0.0, 0.0, 0.0, 0.0, 1.0)))
    with pytest.raises(OptionError, match="compiled"):
        config(place, Kind.JOINT, compile=True)
