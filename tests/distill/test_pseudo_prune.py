"""A decoder with fewer layers computes what the layers that are left compute."""

import pseudo_models
import pytest
import tiny_models

from distill.students import directory
from distill.students.merge import logits, probe_batch
from distill.students.prune import keep_decoder_layers
from distill.students.registry import StudentConfig, prepare
from paraphraser_tui.errors import OptionError

torch = pytest.importorskip("torch")
torch.set_num_threads(1)


@pytest.fixture(params=["bart", "t5"])
def student(request, tmp_path):
    if request.param == "bart":
        return directory.load(pseudo_models.house(tmp_path / "house", decoder_layers=3))
    hub = tiny_models.t5_directory(tmp_path / "hub", flan=True)
    return prepare(StudentConfig(base="flan-t5-small", start=hub))


def layers(student):
    model = student.model
    return model.model.decoder.layers if student.architecture == "bart" else model.decoder.block


def test_all_layers_are_the_same_model(student, tmp_path):
    probe = probe_batch(student)
    same = keep_decoder_layers(student, range(len(layers(student))))
    with torch.no_grad():
        assert torch.equal(logits(same.model, probe), logits(student.model, probe))


def test_what_is_left_is_what_was_kept(student, tmp_path):
    last = len(layers(student)) - 1
    kept = [0, last] if last > 1 else [0]
    pruned = keep_decoder_layers(student, kept)
    assert len(layers(pruned)) == len(kept)
    for ours, number in zip(layers(pruned), kept, strict=True):
        theirs = layers(student)[number].state_dict()
        assert all(torch.equal(w, theirs[name]) for name, w in ours.state_dict().items())
    directory.save(pruned, tmp_path / "saved", {}, "float32")
    again = directory.load(tmp_path / "saved")
    probe = probe_batch(pruned)
    with torch.no_grad():
        assert torch.equal(logits(again.model, probe), logits(pruned.model, probe))
        source = probe[0][:2]
        assert pruned.model.generate(input_ids=source, max_new_tokens=5).shape[0] == 2


@pytest.mark.parametrize("wrong", [(), (5,), (1, 0), (0, 0), (-1,)])
def test_layers_that_there_are_not(student, wrong):
    with pytest.raises(OptionError, match="keep_decoder_layers"):
        keep_decoder_layers(student, wrong)


def test_a_t5_needs_its_first_layer(tmp_path):
    hub = tiny_models.t5_directory(tmp_path / "hub", flan=False)
    student = prepare(StudentConfig(base="t5-small", start=hub))
    with pytest.raises(OptionError, match="needs its first"):
        keep_decoder_layers(student, (1,))
