"""A finished stage is skipped, a changed one runs again, and `run.json` tells what was done."""

import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from distill import stage as stages
from distill.stage import RUN_FILE, TIMING_FILE, Stage, execute, plain, sha256
from paraphraser_tui.errors import InputError


@dataclass(frozen=True)
class Config:
    words: int = 1
    files: tuple[Path, ...] = ()
    seed: int = 0


@pytest.fixture
def stage(monkeypatch):
    """A stage that counts how often it ran."""
    ran = []

    def run(config, inputs, out_dir):
        ran.append(config)
        if config.words < 0:
            raise KeyboardInterrupt
        (out_dir / "out.txt").write_text("word " * config.words)
        return {"words": config.words}

    module = SimpleNamespace(Config=Config, run=run)
    monkeypatch.setattr(stages.importlib, "import_module", lambda name: module)
    made = Stage("count", "anywhere", "out.txt")
    return made, ran


def read(path):
    return json.loads((path / RUN_FILE).read_text())


def test_a_finished_stage_is_skipped_until_something_changes(stage, tmp_path):
    made, ran = stage
    given = tmp_path / "in.txt"
    given.write_text("one")
    extra = tmp_path / "extra.txt"
    extra.write_text("two")
    config = Config(2, (extra,))
    out = tmp_path / "out"
    for _ in range(2):
        assert execute(made, config, given, out) == {"words": 2}
    assert len(ran) == 1
    extra.write_text("changed")
    execute(made, config, given, out)
    given.write_text("changed")
    execute(made, config, given, out)
    execute(made, Config(3, (extra,)), given, out)
    assert len(ran) == 4


def test_an_interrupted_stage_is_not_finished(stage, tmp_path):
    made, ran = stage
    with pytest.raises(KeyboardInterrupt):
        execute(made, Config(-1), None, tmp_path)
    assert read(tmp_path)["finished"] is False
    with pytest.raises(KeyboardInterrupt):
        execute(made, Config(-1), None, tmp_path)
    assert len(ran) == 2


def test_run_json_is_the_same_for_equal_runs_elsewhere(stage, tmp_path):
    made, _ = stage
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "in.txt").write_text("text")
        execute(made, Config(seed=7), tmp_path / name / "in.txt", tmp_path / name)
    first, second = ((tmp_path / name / RUN_FILE).read_bytes() for name in ("a", "b"))
    assert first == second
    run = json.loads(first)
    assert run["config"] == {"words": 1, "files": [], "seed": 7}
    assert run["counts"] == {"words": 1}
    assert run["inputs"]["in.txt"] == sha256(tmp_path / "a" / "in.txt")
    assert "python" in run["versions"]
    assert "finished_at" in json.loads((tmp_path / "a" / TIMING_FILE).read_text())


def test_missing_inputs_are_one_line(stage, tmp_path):
    with pytest.raises(InputError, match="count"):
        execute(stage[0], Config(), tmp_path / "none", tmp_path / "out")
    with pytest.raises(InputError, match="gone"):
        execute(stage[0], Config(files=(tmp_path / "gone",)), None, tmp_path / "out")


def test_a_directory_is_its_files_and_their_names(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a").write_text("x")
    before = sha256(folder)
    (folder / RUN_FILE).write_text("{}")
    assert sha256(folder) == before
    (folder / "a").rename(folder / "b")
    assert sha256(folder) != before


def test_plain_values():
    assert plain(Config(files=(Path("a") / "b",))) == {"words": 1, "files": ["a/b"], "seed": 0}
