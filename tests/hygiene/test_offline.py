"""What a run of the command touches: no network, no files but its own, no heavy libraries."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = Path(__file__).with_name("watched.py")
TEXT = b"The meeting was postponed because the manager had fallen ill.\n"
TRAINING = {"torch", "transformers", "peft", "datasets", "openai", "convert", "distill"}
CLIENTS = {"http", "huggingface_hub", "requests", "httpx"}


def watched(*arguments, directory):
    done = subprocess.run(
        [sys.executable, "-B", WATCHED, *arguments],
        input=TEXT, capture_output=True, cwd=directory, check=True, env=os.environ,
    )  # fmt: skip
    return done.stdout, json.loads(done.stderr.splitlines()[-1])


@pytest.fixture(scope="module")
def one_run(tmp_path_factory):
    """Standard input to a file, with sampling, so that every library that is used is loaded."""
    place = tmp_path_factory.mktemp("place")
    out, report = watched("--sample", "--seed", "1", "-o", str(place / "out"), directory=place)
    return place, out, report


def test_the_hook_sees_sins(tmp_path):
    _, report = watched("--sin", str(tmp_path / "sin"), directory=tmp_path)
    assert report["sockets"] and report["written"] == [str(tmp_path / "sin")]


def test_no_socket_is_ever_touched(one_run):
    _, _, report = one_run
    assert report["code"] == 0
    assert report["sockets"] == []


def test_nothing_is_written_but_the_output(one_run):
    place, out, report = one_run
    assert out == b""
    assert report["written"]
    assert {str(Path(p).parent) for p in report["written"]} <= {str(place), "/dev"}
    assert [p.name for p in place.iterdir()] == ["out"]


def test_neither_training_nor_screen_nor_network_libraries_are_loaded(one_run):
    _, _, report = one_run
    loaded = set(report["modules"])
    assert "ctranslate2" in loaded
    assert not loaded & (TRAINING | CLIENTS | {"textual", "rich"})


def test_the_home_directory_stays_empty(tmp_path):
    watched("--text", "Hello there.", directory=tmp_path)
    assert list((tmp_path / "home").iterdir()) == []
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("module", ["paraphraser_tui", "paraphraser_tui.cli.main"])
def test_importing_is_cheap(module):
    script = f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    heavy = {"ctranslate2", "numpy", "tokenizers", "sentencepiece", "textual", "rich"}
    assert not loaded & (heavy | TRAINING | CLIENTS | {"socket", "ssl"})


def test_usage_errors_load_no_model_libraries():
    script = (
        "import sys; from paraphraser_tui.cli.main import main; code = main(['-n', '0']);"
        "sys.exit(10 * code + ('ctranslate2' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], stderr=subprocess.PIPE).returncode == 20
