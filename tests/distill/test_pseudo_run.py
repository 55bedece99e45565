"""From pairs through pseudo-targets and Joint-Teaching to a package, stopped twice on the way."""

import json
from pathlib import Path

import pseudo_models
import pytest
import tiny_models

from distill import pipeline
from distill.__main__ import main
from distill.records import Pair, read_jsonl
from distill.stage import TIMING_FILE
from paraphraser_tui.errors import ExitCode

torch = pytest.importorskip("torch")
torch.set_num_threads(1)
# Of when and how fast, not of what: these differ between equal runs.
OF_TIME = (TIMING_FILE, "progress.jsonl", "checkpoint.pt")

PLAN = """
out = "{out}"
[pseudo]
teacher = "{teacher}"
targets = 2
labelled = [{{ path = "{place}/pairs.jsonl", limit = 160 }}]
unlabelled = [{{ path = "{place}/more.txt" }}]
decoding = {{ max_new_tokens = 16 }}
[train]
max_steps = 6
eval_steps = 2
batch_tokens = 1000
precision = "no"
threads = 1
student = {{ base = "{base}", start = "{start}" }}
optimizer = {{ learning_rate = 5e-3, warmup_steps = 2 }}
data = {{ held_out = 0.2 }}
{lora}
[train.objective]
kind = "joint"
teacher = "{teacher}"
decoding = {{ max_new_tokens = 16 }}
[merge]
"""


@pytest.fixture(autouse=True)
def fresh_accelerate():
    """Each run here stands for a process of its own, which accelerate would keep the state of."""
    from accelerate.state import AcceleratorState

    AcceleratorState._reset_state(reset_partial_state=True)


@pytest.fixture(params=["house", "t5-small"])
def plan(request, tmp_path):
    """Writes a plan that ends in tmp_path/NAME and returns its file."""
    tiny_models.write_pairs(tmp_path / "pairs.jsonl")
    (tmp_path / "more.txt").write_text("They begin to help.\nIs the car quick?\n")
    start, teacher, lora = tmp_path / "start", tmp_path / "teacher", ""
    if request.param == "house":
        pseudo_models.house(start)
        pseudo_models.house_teacher(teacher)
    else:
        tiny_models.t5_directory(start, flan=False)
        pseudo_models.t5_teacher(teacher, start)
        lora = "lora = { rank = 4 }"

    def write(name):
        file = tmp_path / f"{name}.toml"
        paths = {"out": tmp_path / name, "teacher": teacher, "start": start, "place": tmp_path}
        paths = {key: path.as_posix() for key, path in paths.items()}
        file.write_text(PLAN.format(base=request.param, lora=lora, **paths))
        return str(file)

    return write


def contents(folder: Path):
    """What a run left, but for what tells the time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in OF_TIME
    }


def stopped(monkeypatch, cls, name, at):
    """Makes a method raise KeyboardInterrupt at its call with this number, from 1."""
    real, calls = getattr(cls, name), []

    def method(self, *arguments):
        calls.append(name)
        if len(calls) == at:
            raise KeyboardInterrupt
        return real(self, *arguments)

    monkeypatch.setattr(cls, name, method)


def test_a_chain_that_was_stopped_twice_ends_with_identical_files(
    plan, tmp_path, monkeypatch, capsys
):
    from distill.pseudo.writers import StudentWriter
    from distill.training.loop import Trainer

    with monkeypatch.context() as without:
        without.setattr(pipeline, "convert", lambda plan: None)
        assert main(["run", "--config", plan("whole")]) == ExitCode.OK
    counts = json.loads(capsys.readouterr().out)
    assert list(counts) == ["pseudo", "train", "merge"]
    broken = ["run", "--config", plan("broken")]
    for cls, name, at in ((StudentWriter, "write", 2), (Trainer, "_train_on", 4)):
        with monkeypatch.context() as stop:
            stopped(stop, cls, name, at)
            assert main(broken) == ExitCode.INTERRUPTED
    assert main(broken) == ExitCode.OK
    whole, again = contents(tmp_path / "whole"), contents(tmp_path / "broken")
    package = {name: again.pop(name) for name in list(again) if name.startswith("package/")}
    assert whole.keys() == again.keys()
    assert [name for name in whole if whole[name] != again[name]] == []

    pairs = list(read_jsonl(tmp_path / "whole" / "pseudo" / "pairs.jsonl.xz", Pair))
    assert len(pairs) == counts["pseudo"]["pairs"] and sum(bool(p.more) for p in pairs) > 50
    facts = json.loads(whole["merge/student/student.json"])
    assert facts["training"]["objective"]["kind"] == "joint"
    assert json.loads(package["package/manifest.json"])["parity"]

    from paraphraser_tui.engine.paraphraser import Paraphraser

    paraphraser = Paraphraser.load(str(tmp_path / "broken" / "package"))
    assert paraphraser.paraphrase("They say that the big house was near the car.") is not None
