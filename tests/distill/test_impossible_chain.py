"""From plain sentences, rewritten by a student, to pairs and to a package."""

import json
import lzma

import pytest
import tiny_models

from distill.__main__ import main
from distill.config import from_table
from distill.controls import codes
from distill.impossible import Config, run, self_distill
from distill.impossible.options import Student
from distill.impossible.writers import open_writer
from distill.journal import Journal
from distill.records import Pair, Source, read_jsonl, write_jsonl
from distill.stage import RUN_FILE, TIMING_FILE
from paraphraser_tui.errors import ExitCode, InputError, ModelError, OptionError

torch = pytest.importorskip("torch")

TEXTS = [
    "The diplomats said that the minister was unlikely to agree.",
    "In many cases, immediate evacuation of the building may be necessary.",
    "However, both methods should exist together, combining the best of each other.",
    "Hope all is well with everyone.",
    "The road to the village was closed because it had rained all night.",
    "My phone is showing a balance that I did not receive.",
    "x = [1, 2]",
]
STUDENT = {"beams": 3, "samples": 2, "together": 3}

PLAN = """
out = "{out}"
[sources]
corpora = [{{ path = "{texts}", licence = "open" }}]
[impossible.student]
beams = 3
[train]
max_steps = 12
batch_tokens = 1500
eval_steps = 12
precision = "no"
threads = 1
optimizer = {{ learning_rate = 5e-3, warmup_steps = 2 }}
student = {{ start = "{start}" }}
[train.data]
held_out = 0.2
corpora = [{{ path = "{pairs}" }}]
[merge]
"""


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True)
def fresh_accelerate():
    from accelerate.state import AcceleratorState

    AcceleratorState._reset_state(reset_partial_state=True)


@pytest.fixture
def sentences(tmp_path):
    path = tmp_path / "sentences.jsonl"
    write_jsonl(path, [Source(text, "mine", "open") for text in [*TEXTS, TEXTS[0]]])
    return path


def config(**tables):
    return from_table(Config, tables)


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (TIMING_FILE,)
    }


def test_a_student_rewrites_and_the_critics_choose(sentences, tmp_path):
    out = tmp_path / "out"
    counts = run(config(student=STUDENT, critics={"copies": {"min_change": 0.1}}), sentences, out)
    pairs = list(read_jsonl(out / "pairs.jsonl.xz", Pair))
    assert counts["kept"] == len(pairs) > 0
    assert counts["sources.used"] == 6 and counts["sources.not_readable"] == 1
    for pair in pairs:
        assert pair.src in TEXTS and pair.tgt != pair.src
        assert (pair.set, pair.teacher, pair.licence) == ("mine", "house", "open")
        assert pair.controls == codes(pair.src, pair.tgt)
        assert pair.features["similarity"] >= 0.8 and pair.features["fidelity"] >= 0.7
    assert len({(pair.src, pair.controls) for pair in pairs}) == len(pairs)

    report = json.loads((out / "report.json").read_text())
    with lzma.open(out / "rejected.jsonl.xz", "rt") as stream:
        rejected = [json.loads(line) for line in stream]
    assert len(rejected) == counts["rows"] - counts["kept"]
    reasons = {f"{row['filter']}.{row['reason']}" for row in rejected}
    assert reasons <= set(counts)
    assert sum(row["kept"] for row in report["asked"].values()) == counts["kept"]
    assert sum(report["measured"].values()) == counts["kept"]
    asked = sum(row["candidates"] for row in report["asked"].values())
    assert asked == counts["rows"] + counts["lost"]
    assert report["sources"]["kept"] == len({pair.src for pair in pairs})


def test_killed_and_resumed_it_ends_with_identical_files(sentences, tmp_path, monkeypatch):
    settings = config(student=STUDENT)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    run(settings, sentences, whole)
    real = self_distill._rows

    def killed(codes, writer, unit):
        if TEXTS[4] in [source.text for source in unit.sources]:
            raise KeyboardInterrupt
        return real(codes, writer, unit)

    monkeypatch.setattr(self_distill, "_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        run(settings, sentences, broken)
    with Journal(broken / self_distill.JOURNAL_FILE) as journal:
        assert 0 < len(journal) < len(TEXTS)
    monkeypatch.setattr(self_distill, "_rows", real)
    run(settings, sentences, broken)
    assert contents(whole) == contents(broken)


def test_what_was_written_is_not_written_again(sentences, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run(config(student=STUDENT), sentences, out)
    # Other critics, and another choice, ask for no other candidates.

    def fail(*_):
        raise AssertionError("asked again")

    monkeypatch.setattr(self_distill, "_rows", fail)
    looser = config(
        student={**STUDENT, "per_source": 9},
        critics={"rouge": {"enabled": False}, "way_back": {"enabled": False}},
    )
    assert run(looser, sentences, out)["kept"] > 0


def test_samples_do_not_depend_on_what_was_drawn_before():
    settings = from_table(Student, {"beams": 0, "samples": 3})
    code = (("<lex2>", "<ord0>", "<len1>"),) * 2
    writer = open_writer(settings, code)
    first = writer.write(TEXTS[:2], code, 1)
    assert writer.write(TEXTS[:2], code, 2) != first
    assert writer.write(TEXTS[:2], code, 1) == first
    assert writer.write([], [], 1) == []


def test_a_student_needs_sentences_and_a_package(sentences, tmp_path):
    with pytest.raises(InputError, match="needs sentences"):
        run(config(student={}), None, tmp_path / "out")
    with pytest.raises(ModelError, match="nowhere"):
        run(config(student={"model": "nowhere"}), sentences, tmp_path / "out")


def test_summaries_are_shorter_and_have_the_code_for_it(tmp_path):
    texts = [
        "He took up his empty glass with a shaking hand and drank a long drink out of it.",
        "I especially like the old hotel they used to shoot this in, it added to the suspense.",
        "The committee has decided that the new rules will be introduced at the end of the year.",
        "As far as we know, the bridge was closed because of the heavy rain that fell last night.",
    ]
    write_jsonl(tmp_path / "long.jsonl", [Source(text, "mine") for text in texts])
    # Whatever is shorter will do here, for another student says other things.
    off = {"enabled": False}
    summary = {"semantic": {"min_similarity": 0.5}, "entailment": off, "way_back": off}
    counts = run(
        config(student=STUDENT, summary=summary), tmp_path / "long.jsonl", tmp_path / "out"
    )
    pairs = list(read_jsonl(tmp_path / "out" / "pairs.jsonl.xz", Pair))
    assert counts["kept"] == len(pairs) > 0
    assert all("<len0>" in pair.controls for pair in pairs)


def test_syntax_without_a_parser_is_refused_before_any_work(sentences, tmp_path):
    try:
        import stanza  # noqa: F401
    except ImportError:
        with pytest.raises(OptionError, match="stanza"):
            run(config(student=STUDENT, syntax={}), sentences, tmp_path / "out")
        assert not (tmp_path / "out").exists()


def test_a_student_directory_writes_too(sentences, tmp_path):
    student = tiny_models.house_directory(tmp_path / "student")
    settings = {**STUDENT, "path": str(student), "codes": [["<lex2>", "<ord0>", "<len1>"]]}
    off = {name: {"enabled": False} for name in ("length", "numbers", "copies", "rouge")}
    off |= {name: {"enabled": False} for name in ("drift", "semantic", "way_back")}
    found = []
    for name in ("one", "two"):
        counts = run(config(student=settings, critics=off), sentences, tmp_path / name)
        assert counts["kept"] > 0
        found.append(contents(tmp_path / name))
    assert found[0] == found[1]


def test_the_chain_ends_in_a_package(tmp_path, capsys):
    start = tiny_models.house_directory(tmp_path / "start")
    texts = tmp_path / "texts.txt"
    texts.write_text("\n".join(TEXTS), "utf-8")
    plan = tmp_path / "plan.toml"
    plan.write_text(
        PLAN.format(
            out=(tmp_path / "out").as_posix(),
            texts=texts.as_posix(),
            start=start.as_posix(),
            pairs=tiny_models.write_pairs(tmp_path / "pairs.jsonl").as_posix(),
        )
    )
    assert main(["run", "--config", str(plan)]) == ExitCode.OK
    counts = json.loads(capsys.readouterr().out)
    assert list(counts) == ["sources", "impossible", "train", "merge"]
    assert counts["impossible"]["kept"] > 0
    assert counts["train"]["read"] == counts["impossible"]["kept"] + len(tiny_models.pairs())
    assert json.loads((tmp_path / "out" / "impossible" / RUN_FILE).read_text())["finished"]
    assert json.loads((tmp_path / "out" / "package" / "manifest.json").read_text())["parity"]
