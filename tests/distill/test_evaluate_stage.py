"""The whole stage on small files: rows, figures, report, plots; what is wrong is said."""

import json
import math

import pytest
from evaluate_fakes import WordEncoder

from distill.config import from_table
from distill.evaluate import Config, evaluation, report, results
from distill.evaluate.bootstrap import Score
from distill.evaluate.metrics import Encoders, columns
from distill.evaluate.results import Result, SetResult
from distill.stage import STAGES, execute
from paraphraser_tui.errors import InputError, OptionError

ROWS = [
    ("The red cat sat on the mat.", "A red cat was sitting on the mat."),
    ("He did not buy 3 apples.", "He bought no 3 apples."),
    ("Where is Anna?", "Where might Anna be?"),
    ("It rains in London today.", "Today there is rain in London."),
]
OURS = [
    "The red cat rested on the mat.",
    "He bought 3 apples.",
    "Where is Anna?",
    "Today it rains.",
]
STAGE = next(stage for stage in STAGES if stage.name == "evaluate")


@pytest.fixture(autouse=True)
def words_as_vectors(monkeypatch):
    monkeypatch.setattr(evaluation, "_encoders", lambda _: Encoders(WordEncoder(), WordEncoder()))


@pytest.fixture
def table(tmp_path):
    write(tmp_path / "small.jsonl", [{"src": src, "tgt": tgt} for src, tgt in ROWS])
    outputs(tmp_path / "ours.jsonl", OURS)
    ours = {"name": "ours", "kind": "outputs", "path": str(tmp_path / "ours.jsonl")}
    return {"sets": [str(tmp_path / "small.jsonl")], "systems": [ours], "resamples": 50}


def write(path, rows):
    path.write_text("\n".join(map(json.dumps, rows)))


def outputs(path, texts):
    write(path, [{"src": src, "out": out} for (src, _), out in zip(ROWS, texts, strict=True)])


def run(table, out_dir, inputs=None):
    counts = execute(STAGE, from_table(Config, table, "evaluate"), inputs, out_dir)
    return counts, json.loads((out_dir / "report.json").read_text())


def rows_of(found, index=0):
    return {row["system"]: row["scores"] for row in found["sets"][index]["rows"]}


def test_figures_and_rows(table, tmp_path):
    counts, found = run(table, tmp_path / "out")
    assert counts == {"sets": 1, "sources": 4, "systems": 1}
    assert found["sets"][0]["signature"].startswith("nrefs:1|case:lc|eff:no|tok:13a|smooth:exp")
    rows = rows_of(found)
    assert list(rows) == ["copy", "references", "ours"]
    copy, references, ours = rows.values()
    assert (copy["copies"]["value"], copy["self_bleu"]["value"]) == (100, pytest.approx(100))
    assert (copy["bert_ibleu"]["value"], copy["drift"]["value"]) == (0, 0)
    assert copy["cosine"]["value"] == pytest.approx(1)
    # iBLEU of a copy: 0.7 BLEU - 30.
    assert copy["ibleu_0.7"]["value"] == pytest.approx(0.7 * copy["bleu"]["value"] - 30)
    assert "bleu" not in references
    assert "parascore" not in references
    assert 0 < references["self_bleu"]["value"] < 100
    # A negation lost in the second output, a name in the fourth; the third is a copy.
    assert (ours["negation"]["value"], ours["name"]["value"]) == (25, 25)
    assert ours["copies"]["value"] == 25
    low, value, high = (ours["cosine"][key] for key in ("low", "value", "high"))
    assert low < value < high < 1


def test_report_shows_every_row_and_how_it_was_measured(table, tmp_path):
    run(table, tmp_path / "out")
    text = (tmp_path / "out" / "report.md").read_text("utf-8")
    for expected in ("## small", "| copy |", "| references |", "| ours |", "iBLEU(0.7)"):
        assert expected in text
    assert "`nrefs:1|case:lc|eff:no|tok:13a|smooth:exp|version:" in text
    assert "a = 0.7" in text
    assert "50 resamples, seed 0" in text
    for name in ("change", "drift"):
        image = tmp_path / "out" / "plots" / f"small-{name}.png"
        assert f"](plots/{image.name})" in text
        assert image.read_bytes().startswith(b"\x89PNG")


def test_equal_runs_are_equal_files(table, tmp_path):
    table["sheet"] = {"items": 2}
    for name in ("a", "b"):
        run(table, tmp_path / name)
    files = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*.*"))
    assert len(files) > 5
    for file in files:
        if file.name != "timing.json":
            assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_differences_from_a_baseline(table, tmp_path):
    outputs(tmp_path / "worse.jsonl", [""] * 3 + ["It rains."])
    worse = {"name": "worse", "kind": "outputs", "path": str(tmp_path / "worse.jsonl")}
    table |= {"systems": [*table["systems"], worse], "baseline": "ours"}
    _, found = run(table, tmp_path / "out")
    rows = {row["system"]: row for row in found["sets"][0]["rows"]}
    assert rows["ours"]["gaps"] == {}
    gap = rows["worse"]["gaps"]["cosine"]
    assert gap["value"] == pytest.approx(
        rows["worse"]["scores"]["cosine"]["value"] - rows["ours"]["scores"]["cosine"]["value"]
    )
    assert gap["high"] < 0
    assert "### Difference from ours" in (tmp_path / "out" / "report.md").read_text("utf-8")


def test_several_references_and_variants(table, tmp_path):
    write(tmp_path / "small.jsonl", [{"src": s, "refs": [t, s]} for s, t in ROWS])
    outputs(tmp_path / "ours.jsonl", [[out, out.upper()] for out in OURS])
    _, found = run(table, tmp_path / "out")
    rows = rows_of(found)
    assert found["sets"][0]["references"] == [2, 2]
    assert rows["copy"]["bleu"]["value"] == pytest.approx(100)
    assert rows["ours"]["within"]["value"] == pytest.approx(100)
    assert "within" not in rows["copy"]


def test_the_student_of_the_stage_before_is_tested(table, tmp_path, monkeypatch):
    folder = tmp_path / "student"
    folder.mkdir()
    (folder / "student.json").write_text("{}")

    def load(system, decoding):
        assert system.path == folder
        return lambda dial: (
            lambda texts: [
                evaluation.systems.Said((" ".join(["so"] * dial) + " " + text,)) for text in texts
            ]
        )

    monkeypatch.setattr(evaluation.systems, "load", load)
    table |= {"systems": [], "student_dial": [0, 2], "latency_items": 2, "baseline": "student-0"}
    counts, found = run(table, tmp_path / "out", folder)
    assert counts["systems"] == 2
    assert list(rows_of(found)) == ["copy", "references", "student-0", "student-2"]
    assert rows_of(found)["student-0"]["copies"]["value"] == 100
    assert rows_of(found)["student-2"]["copies"]["value"] == 0
    timed = json.loads((tmp_path / "out" / "latency.json").read_text())
    assert timed["student"]["sentences"] == 2
    assert "| student |" in (tmp_path / "out" / "latency.md").read_text()


def test_ratings_of_people_enter_the_report(table, tmp_path):
    table["sheet"] = {"items": 4}
    counts, _ = run(table, tmp_path / "out")
    sheet = tmp_path / "out" / "sheet.csv"
    # The copy is not rated, except where a system is one.
    assert counts["sheet_items"] == 8
    filled = tmp_path / "filled.csv"
    text = sheet.read_text("utf-8-sig").replace(",,,,\n", ",3,2,1,\n")
    assert text.count(",3,2,1,") == 8
    filled.write_text(text)
    table["sheet"]["filled"] = [str(filled)]
    _, found = run(table, tmp_path / "out")
    verdicts = {v["system"]: v for v in found["ratings"][0]["verdicts"]}
    assert set(verdicts) == {"references", "ours"}
    assert verdicts["ours"]["scores"]["faithful"]["value"] == 2
    assert "## Ratings by people" in (tmp_path / "out" / "report.md").read_text("utf-8")


def test_at_equal_change_between_settings_only():
    rows = [
        Result(name, {"lexical": Score(change), "cosine": Score(cosine)})
        for name, change, cosine in (("s-3", 0.35, 0.7), ("s-1", 0.15, 0.9), ("t", 0.2, 0.1))
    ]
    one = SetResult("set", 4, (1, 1), "", tuple(rows))
    found = results.at_equal_change(one, ["s-1", "s-3"], "cosine")
    assert found[1:3] == pytest.approx([0.85, 0.75])  # at 0.2 and 0.3
    assert all(math.isnan(found[i]) for i in (0, 3, 4))


def test_figures_in_tables():
    assert report.figure(Score(1.234, 1.0, 2.0), 2) == "1.23 [1.00, 2.00]"
    assert report.figure(Score(0.5), 1, sign="+") == "+0.5"
    assert report.figure(None, 1) == report.figure(Score(math.nan), 1) == "n/a"
    assert report.table(["a", "b"], [["x|y", "1"]]).splitlines()[2] == "| x\\|y | 1 |"


def test_every_measured_figure_has_a_column(table, tmp_path):
    _, found = run(table, tmp_path / "out")
    known = {metric.key for metric in columns(from_table(Config, table).metrics)}
    assert all(set(scores) <= known for scores in rows_of(found).values())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sets": []}, "at least one test set"),
        ({"baseline": "nobody"}, "'nobody' is not one of copy, references, ours"),
        ({"limit": -1}, "must not be negative"),
        ({"sheet": {"filled": []}, "judge": {"items": 1}}, "judge: needs a model"),
        ({"decoding": {"variants": 9}}, "decoding: decoding: more variants than beams"),
        ({"resample": 3}, "did you mean 'resamples'"),
    ],
)
def test_impossible_configurations(table, tmp_path, change, message):
    with pytest.raises(OptionError, match=message):
        run(table | change, tmp_path / "out")


def test_two_sets_or_rows_of_one_name(table, tmp_path):
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub" / "small.jsonl", [{"src": "a", "tgt": "b"}])
    twice = {**table, "sets": [*table["sets"], str(tmp_path / "sub" / "small.jsonl")]}
    with pytest.raises(OptionError, match="same file name"):
        run(twice, tmp_path / "out")
    with pytest.raises(OptionError, match="same name"):
        run({**table, "systems": table["systems"] * 2}, tmp_path / "out")


def test_inputs_that_are_no_system(table, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="neither outputs"):
        run(table, tmp_path / "out", tmp_path / "empty")
