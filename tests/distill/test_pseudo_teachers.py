"""Student and teacher in one module: who drops out, who learns, and who must be refused."""

from dataclasses import replace

import pseudo_models
import pytest
import tiny_models

from distill.pseudo.settings import Decoding, Kind, ObjectiveConfig, Search
from distill.students import directory
from distill.students.house import HouseSize
from distill.students.registry import StudentConfig, prepare
from distill.training.batching import IGNORED, collate
from distill.training.data import load_data
from distill.training.settings import Corpus, DataConfig
from paraphraser_tui.errors import ModelError, OptionError

torch = pytest.importorskip("torch")
torch.set_num_threads(1)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    path = tmp_path_factory.mktemp("models")
    tiny_models.write_pairs(path / "pairs.jsonl")
    pseudo_models.house(path / "student")
    pseudo_models.house_teacher(path / "teacher")
    return path


@pytest.fixture(scope="module")
def made(place):
    """A student and a batch of its data."""
    student = directory.load(place / "student")
    data = load_data(DataConfig((Corpus(place / "pairs.jsonl"),)), None, student.tokenizer)
    start = student.model.config.decoder_start_token_id
    return student, collate(data.train, range(6), student.tokenizer.pad, start)


def module(made, place, kind, **settings):
    from distill.pseudo.distillation import Distillation

    student, _ = made
    config = ObjectiveConfig(kind, teacher=place / "teacher", **settings)
    return Distillation(student.model, student.tokenizer, config)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.TOP_K])
def test_only_the_student_learns(made, place, kind):
    together = module(made, place, kind)
    together(made[1]).backward()
    assert all(p.grad is None and not p.requires_grad for p in together.teacher.parameters())
    assert sum(p.grad.abs().sum() for p in together.model.parameters()) > 0
    together.zero_grad()


def test_only_a_noisy_teacher_drops_out(made, place):
    quiet, noisy = module(made, place, Kind.WORD), module(made, place, Kind.NOISY, dropout=0.3)
    with torch.no_grad():
        assert quiet(made[1]) == quiet(made[1])
        assert noisy(made[1]) != noisy(made[1])
    noisy.eval()
    assert not any(part.training for part in noisy.modules())
    noisy.train()
    assert noisy.teacher.training and not quiet.teacher.training


def test_outside_training_it_is_the_cross_entropy(made, place):
    from distill.training.loss import SequenceLoss

    student, batch = made
    plain = SequenceLoss(student.model, student.tokenizer.pad, 0.1).eval()
    with torch.no_grad():
        assert module(made, place, Kind.JOINT).eval()(batch) == plain(batch)


@pytest.mark.parametrize("how", Search)
def test_what_a_student_writes_ends_where_it_ended(made, how):
    from distill.pseudo.scorer import Scorer

    student, batch = made
    student.model.train()
    tokenizer = student.tokenizer
    scorer = Scorer(student.model, tokenizer.pad, tokenizer.eos)
    own = scorer.write(batch, Decoding(how, max_new_tokens=12))
    assert student.model.training
    assert own.source is batch.source and own.labels.shape == own.decoder_input.shape
    for labels, inputs in zip(own.labels.tolist(), own.decoder_input.tolist(), strict=True):
        said = [number for number in labels if number != IGNORED]
        assert labels == said + [IGNORED] * (len(labels) - len(said))
        assert tokenizer.eos not in said[:-1]
        assert len(said) == len(labels) or said[-1] == tokenizer.eos
        start = student.model.config.decoder_start_token_id
        assert inputs[: len(said)] == [start, *said[:-1]]


def test_a_student_writes_without_dropout(made, place, monkeypatch):
    from distill.pseudo.scorer import Scorer

    model = directory.load(place / "student", dropout=0.5).model.train()
    modes = []
    real = model.generate
    monkeypatch.setattr(
        model, "generate", lambda **how: (modes.append(model.training), real(**how))[1]
    )
    Scorer(model, 0, 1).write(made[1], Decoding())
    assert modes == [False] and model.training


def test_nine_relations_of_both_architectures(made, place, tmp_path):
    from distill.pseudo.relations import projections
    from distill.pseudo.scorer import Scorer

    student, batch = made
    few = replace(batch, source=batch.source % 100, decoder_input=batch.decoder_input % 100)
    hub = tiny_models.t5_directory(tmp_path / "hub", flan=False)
    t5 = prepare(StudentConfig(base="t5-small", start=hub)).model
    names = {f"{where}.{kind}" for where in ("encoder", "decoder", "cross") for kind in "qkv"}
    for model in (student.model, t5):
        scorer = Scorer(model, 0, 1)
        with projections(scorer) as found:
            scorer.states(few)
        assert found.keys() == names
        rows, length = batch.labels.shape
        assert found["cross.q"].shape[:2] == found["decoder.k"].shape[:2] == (rows, length)
        assert found["cross.k"].shape[:2] == found["encoder.v"].shape[:2] == batch.source.shape
        hooks = [part._forward_hooks for part in model.modules() if part._forward_hooks]
        assert not hooks


def test_another_vocabulary_is_refused_by_name(made, place, tmp_path):
    from distill.pseudo.distillation import Distillation

    other = tmp_path / "other"
    other.mkdir()
    vocabulary = tiny_models.house_vocabulary(other / "spm.model", size=700)
    size = HouseSize(d_model=48, heads=4, ffn=96, encoder_layers=1, decoder_layers=1)
    directory.save(prepare(StudentConfig(vocabulary=vocabulary, size=size)), other, {}, "float32")
    student, _ = made
    with pytest.raises(ModelError, match="vocabulary has size 700, the student's 710"):
        Distillation(student.model, student.tokenizer, ObjectiveConfig(Kind.WORD, teacher=other))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"kind": Kind.WORD}, "needs a `teacher`"),
        ({"kind": Kind.TOP_K, "teacher": "t"}, "leave out `teacher`"),
        ({"kind": Kind.WORD, "teacher": "t", "temperature": 0.0}, "temperature"),
        ({"kind": Kind.JOINT, "teacher": "t", "alpha": 1.5}, "shares"),
    ],
)
def test_impossible_objectives(settings, message):
    with pytest.raises(OptionError, match=message):
        ObjectiveConfig(**settings)


def test_heads_that_do_not_fit_are_named(made, place, tmp_path):
    teacher = pseudo_models.house(tmp_path / "five", d_model=40, heads=5)
    student, batch = made
    from distill.pseudo.distillation import Distillation

    config = ObjectiveConfig(Kind.RELATION, teacher=teacher)
    with pytest.raises(ModelError, match="width of 48 cannot be cut into the teacher's 5 heads"):
        Distillation(student.model, student.tokenizer, config)(batch)
