"""The command: a plan of stages from text to a verified package, stopped and taken up again."""

import json
import sys
from pathlib import Path

import pytest
import tiny_models
from teacher_server import TeacherServer

from distill.__main__ import main
from distill.pipeline import read_plan
from distill.stage import RUN_FILE, STAGES, TIMING_FILE
from paraphraser_tui.errors import ExitCode, OptionError

torch = pytest.importorskip("torch")
torch.set_num_threads(1)
# Of when and how fast, not of what: these differ between equal runs.
OF_TIME = (TIMING_FILE, "progress.jsonl", "checkpoint.pt", "latency.json", "latency.md")

CHAIN = """
out = "{out}"

[sources]
corpora = [{{ path = "{texts}", set = "tiny", licence = "open" }}]

[generate]
model = "tiny-teacher"
paraphrases = 3
server = {{ base_url = "{url}" }}

[filter]
nli = {{ enabled = false }}
semantic = {{ enabled = false }}

{train}

[merge]
"""

FROM_PAIRS = """
out = "{out}"
{train}
[[train.data.corpora]]
path = "{pairs}"
[merge]
"""

TRAIN = """
[train]
max_steps = 12
batch_tokens = 1500
eval_steps = 4
precision = "no"
threads = 1
[train.student]
base = "{base}"
start = "{start}"
{lora}
[train.optimizer]
learning_rate = 5e-3
warmup_steps = 2
[train.data]
held_out = 0.2
"""


@pytest.fixture(autouse=True)
def fresh_accelerate():
    """Each run here stands for a process of its own, which accelerate would keep the state of."""
    from accelerate.state import AcceleratorState

    AcceleratorState._reset_state(reset_partial_state=True)


@pytest.fixture(scope="module")
def server():
    with TeacherServer() as running:
        yield running


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    path = tmp_path_factory.mktemp("texts") / "texts.txt"
    path.write_text("\n".join(sorted({p.src for p in tiny_models.pairs()})[:120]) + "\n")
    return path


@pytest.fixture
def plan(server, texts, tmp_path):
    """Writes a plan that ends in tmp_path/NAME and returns its file."""
    pairs = tiny_models.write_pairs(tmp_path / "pairs.jsonl").as_posix()

    def write(name, base="t5-small", chain=CHAIN):
        start = tmp_path / "hub" / base
        if base == "house":
            tiny_models.house_directory(start)
        elif base == "bart-base":
            tiny_models.bart_directory(start)
        else:
            tiny_models.t5_directory(start, flan=base.startswith("flan"))
        lora = "" if base == "house" else "[train.lora]\nrank = 4"
        train = TRAIN.format(base=base, start=start.as_posix(), lora=lora)
        file = tmp_path / f"{name}.toml"
        out = (tmp_path / name).as_posix()
        file.write_text(
            chain.format(
                out=out, texts=texts.as_posix(), url=server.base_url, train=train, pairs=pairs
            )
        )
        return file

    return write


def contents(folder):
    """What a run left, but for what tells the time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in OF_TIME
    }


@pytest.mark.parametrize("base", ["t5-small", "flan-t5-small", "bart-base", "house"])
def test_from_text_or_pairs_to_a_package_that_paraphrases(plan, tmp_path, base, capsys):
    chain = CHAIN if base == "t5-small" else FROM_PAIRS
    assert main(["run", "--config", str(plan("a", base, chain=chain))]) == ExitCode.OK
    counts = json.loads(capsys.readouterr().out)
    before = ["sources", "generate", "filter"] if chain is CHAIN else []
    assert list(counts) == [*before, "train", "merge"]
    assert counts["train"]["steps"] == 12
    assert counts["merge"]["adapters"] == (base != "house")
    for stage in counts:
        run = json.loads((tmp_path / "a" / stage / RUN_FILE).read_text())
        assert run["finished"] and run["counts"] == counts[stage]
    package = tmp_path / "a" / "package"
    manifest = json.loads((package / "manifest.json").read_text())
    assert manifest["parity"]

    from paraphraser_tui.engine.paraphraser import Paraphraser

    paraphraser = Paraphraser.load(str(package))
    assert paraphraser.paraphrase("They say that the big house was near the car.") is not None


def test_an_interrupted_chain_ends_with_identical_files(plan, tmp_path, monkeypatch, capsys):
    from distill.training.loop import Trainer

    whole, broken = plan("whole"), plan("broken")
    assert main(["run", "--config", str(whole)]) == ExitCode.OK
    real = Trainer._train_on

    def interrupted(self, group, bar):
        if self.progress.step == 6:
            raise KeyboardInterrupt
        real(self, group, bar)

    monkeypatch.setattr(Trainer, "_train_on", interrupted)
    assert main(["run", "--config", str(broken)]) == ExitCode.INTERRUPTED
    assert "continues" in capsys.readouterr().err
    monkeypatch.setattr(Trainer, "_train_on", real)
    assert main(["run", "--config", str(broken)]) == ExitCode.OK
    a, b = contents(tmp_path / "whole"), contents(tmp_path / "broken")
    assert a.keys() == b.keys()
    assert [name for name in a if a[name] != b[name]] == []


def test_finished_stages_are_not_done_again(plan, tmp_path, capsys):
    file = plan("a")
    assert main(["sources", "--config", str(file)]) == ExitCode.OK
    first = capsys.readouterr().out
    timing = tmp_path / "a" / "sources" / TIMING_FILE
    timing.unlink()
    assert main(["sources", "--config", str(file)]) == ExitCode.OK
    assert capsys.readouterr().out == first
    assert not timing.exists()


def test_one_stage_can_be_given_its_inputs(plan, tmp_path, capsys):
    file, out = plan("a"), tmp_path / "elsewhere"
    pairs = tmp_path / "pairs.jsonl"
    arguments = ["train", "--config", str(file), "--inputs", str(pairs), "--out", str(out)]
    assert main(arguments) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["read"] == len(tiny_models.pairs())
    assert (out / "train" / "student" / "adapter").is_dir()
    assert not (tmp_path / "a").exists()


def test_a_stage_reads_the_nearest_one_before_it(tmp_path):
    (tmp_path / "a.toml").write_text('out = "o"\n[generate]\nmodel = "m"\n[merge]\n')
    plan = read_plan(tmp_path / "a.toml")
    by_name = {stage.name: stage for stage in STAGES}
    assert plan.inputs(by_name["generate"]) is None
    assert plan.inputs(by_name["merge"]) == Path("o/generate/pairs.jsonl.xz")
    assert [stage.name for stage in plan.stages()] == ["generate", "merge"]


def test_a_training_can_be_repeated_with_another_seed(tmp_path, capsys):
    file = tmp_path / "a.toml"
    file.write_text('out = "o"\n[train]\nepochs = 1.0\nseed = 4\n[train.student]\nstart = "s"\n')
    (train,) = read_plan(file).stages()
    seeds = [read_plan(file, seed=seed).config(train).seed for seed in (None, 0, 7)]
    assert seeds == [4, 0, 7]
    file.write_text('out = "o"\n[merge]\n')
    assert main(["run", "--config", str(file), "--seed", "1"]) == ExitCode.USAGE
    assert "trains nothing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "out: missing"),
        ('out = "o"\n[trian]\n', "trian: unknown key; did you mean 'train'?"),
        ('out = "o"\n[merge]\ndtyp = "float16"\n', "merge.dtyp: unknown key; did you mean"),
        ('out = "o"\n', "no stage to run"),
        ("out = ", "not valid TOML"),
    ],
)
def test_mistakes_are_one_line_on_stderr(tmp_path, capsys, text, message):
    (tmp_path / "a.toml").write_text(text)
    code = main(["run", "--config", str(tmp_path / "a.toml")])
    shown = capsys.readouterr()
    assert code in (ExitCode.USAGE, ExitCode.INPUT)
    assert shown.err.startswith("distill: error: ") and message in shown.err
    assert shown.err.count("\n") == 1 and shown.out == ""


def test_a_mistake_in_the_last_table_shows_first(tmp_path, plan):
    from distill.pipeline import run_all

    file = plan("a")
    file.write_text(file.read_text().replace("[merge]", '[merge]\ndtype = "int4"'))
    with pytest.raises(OptionError, match="dtype"):
        run_all(read_plan(file))
    assert not (tmp_path / "a").exists()


def test_help_needs_no_heavy_library():
    import subprocess

    code = (
        "import sys; from distill.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print(sorted({'torch', 'transformers', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
