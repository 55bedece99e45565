"""Models of the Hub, from one on this machine: what is fetched, what is refused and how."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hub_server import COMMIT, MODEL, serving

from convert import hub as hub_module
from convert.student import read_student
from paraphraser_tui import paths
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.paraphraser import Paraphraser
from paraphraser_tui.errors import InputError
from paraphraser_tui.models import conversion
from paraphraser_tui.models.address import HubModel
from paraphraser_tui.models.install import install

SECRET = "hf_verysecret"
WEIGHTS = "model.safetensors"
# Random weights lose more by rounding than trained ones.
WIDE = ["--max-logprob-difference", "0.15", "--min-top1-agreement", "0.8"]
NEEDED = {
    "config.json", "generation_config.json", "student.json", "tokenizer.json",
    "tokenizer_config.json", WEIGHTS,
}  # fmt: skip


@pytest.fixture
def files(student_of, tmp_path):
    """A copy of the tiny T5, with what else lies beside such models."""
    path = shutil.copytree(student_of("t5"), tmp_path / "t5")
    (path / "README.md").write_text("---\nlicense: gpl-3.0\n---\nDo as I say.\n")
    (path / "modeling_t5.py").write_text("raise SystemExit('code of the model was run')\n")
    (path / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    return path


@pytest.fixture
def hub(files, monkeypatch):
    """That model on a hub, which is the one that is asked."""
    for name in ("HF_HUB_OFFLINE", "HF_TOKEN", "HF_HOME", "HF_HUB_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    with serving(files) as served:
        monkeypatch.setenv("HF_ENDPOINT", served.address)
        yield served


@pytest.fixture
def convert(tmp_path):
    """convert(source) -> exit code, and the one line on standard error."""

    def run(source=f"hub:{MODEL}"):
        done = subprocess.run(
            [sys.executable, "-m", "convert", source, "-o", tmp_path / "package"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.stderr.startswith("convert: error: ") and done.stderr.count("\n") == 1
        assert SECRET not in done.stderr and str(tmp_path) not in done.stderr
        assert not (tmp_path / "package").exists()
        return done.returncode, done.stderr

    return run


@pytest.fixture
def wide(monkeypatch):
    """Installing random weights."""
    run = subprocess.run
    monkeypatch.setattr(conversion.subprocess, "run", lambda c, **k: run([*c, *WIDE], **k))


def installed():
    models = paths.models_dir()
    return sorted(path.name for path in models.iterdir()) if models.exists() else []


def incomplete():
    return [p.name for p in Path(os.environ["HOME"]).rglob("*.incomplete")]


def test_from_the_hub_to_a_paraphrase(hub, wide, tmp_path):
    hub.cuts = 1
    (hub.files / "student.json").write_text('{"max_source_tokens": 40, "hub": "mine/all-mine"}')
    package = install(f"hub:{MODEL}@v1")
    assert (package.path, installed()) == (paths.models_dir() / "t5", ["t5"])
    assert (package.manifest.name, package.manifest.licence) == ("t5", "mit")
    training = package.manifest.training
    assert (training["hub"], training["commit"]) == (MODEL, COMMIT)
    assert hub.fetched == NEEDED
    assert all(MODEL in path for path in hub.paths())  # nothing else is looked up, before or after
    assert sum(path.endswith(WEIGHTS) for path in hub.paths()) == 2  # the first was cut off
    assert not incomplete() and not list(tmp_path.glob("student-*"))
    with Paraphraser.load("t5", threads=1) as paraphraser:
        (result,) = paraphraser.paraphrase_many(["It is late."], Options(num=1))
    assert result.variants or result.reason


def test_a_broken_download_leaves_nothing_and_begins_with_what_is_missing(hub, convert):
    hub.cuts, hub.broken = 1, True
    code, told = convert()
    assert code == 4 and "answers 503" in told
    assert not incomplete()
    hub.asked.clear()
    assert convert()[0] == 4
    assert hub.fetched == {WEIGHTS}


@pytest.mark.parametrize(
    ("own", "card", "counts"),
    [
        ({"licence": "Apache-2.0"}, "mit", "Apache-2.0"),
        ({}, ["mit", "bsd"], "mit, bsd"),
        ({}, None, "not stated"),
        ({}, [], "not stated"),
        ({}, {"a": 1}, "not stated"),
    ],
)
def test_which_licence_counts(house, own, card, counts):
    (house / "student.json").write_text(json.dumps(own))
    found = hub_module._Found(COMMIT, frozenset(), hub_module._licence(card))
    hub_module._sign(HubModel("tiny", "house"), found, house)
    assert read_student(house).licence == counts


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("hub:tiny/none", "has no hub:tiny/none, or it is private and needs an access token"),
        (f"hub:{MODEL}@v2", "no such revision"),
    ],
)
def test_what_is_not_there(hub, convert, source, told):
    code, line = convert(source)
    assert code == 4 and told in line


def test_a_private_model(hub, convert, monkeypatch):
    hub.private = True
    code, told = convert()
    assert code == 4 and "needs an access token in the environment variable HF_TOKEN" in told
    monkeypatch.setenv("HF_TOKEN", SECRET)
    code, told = convert()
    assert code == 4 and "the access token that is set does not open it" in told
    assert hub.tokens == {None, f"Bearer {SECRET}"}


def test_a_gated_model(hub, convert, monkeypatch):
    hub.gated = True
    monkeypatch.setenv("HF_TOKEN", SECRET)
    code, told = convert()
    assert code == 4 and "accept its conditions" in told and "HF_TOKEN" in told


def test_a_token_that_no_header_can_hold_is_not_shown(hub, convert, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", f"{SECRET}\xe9{SECRET}")
    code, told = convert()
    assert code == 4 and "cannot be fetched: UnicodeEncodeError" in told


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (["pytorch_model.bin"], "only pickles such as pytorch_model.bin"),
        ([f"{WEIGHTS}.index.json", "pytorch_model.bin"], "its weights in several files"),
        (["flax_model.msgpack"], f"hub:{MODEL} has no {WEIGHTS}"),
    ],
)
def test_weights_that_cannot_be_read_are_not_fetched(hub, convert, there, told):
    for name in (WEIGHTS, "pytorch_model.bin"):
        (hub.files / name).unlink()
    for name in there:
        (hub.files / name).write_bytes(b"\x80\x04.")
    code, line = convert()
    assert code == 4 and told in line
    assert hub.fetched == set()


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json"])
def test_a_file_that_is_missing(hub, convert, name):
    (hub.files / name).unlink()
    code, told = convert()
    assert code == 4 and name in told and hub.fetched == set()


def test_the_weights_of_another_architecture_are_not_fetched(hub, convert):
    (hub.files / "config.json").write_text('{"model_type": "gpt2"}')
    code, told = convert()
    assert code == 4 and f"hub:{MODEL} is a 'gpt2' model; known are bart, t5, bert" in told
    assert hub.fetched == NEEDED - {WEIGHTS}


@pytest.mark.parametrize("commit", ["", "main", "../../../evil"])
def test_a_commit_that_is_none(hub, convert, commit):
    hub.commit = commit
    code, told = convert()
    assert code == 4 and "names no commit" in told


def test_nobody_listens(hub, convert, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", f"http://me:{SECRET}@127.0.0.1:1")
    code, told = convert()
    assert code == 4 and "127.0.0.1 cannot be reached" in told


@pytest.mark.parametrize("variable", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_nothing_is_asked_where_that_is_forbidden(hub, monkeypatch, variable):
    monkeypatch.setenv(variable, "1")
    with pytest.raises(InputError, match="HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE forbids it"):
        install(f"hub:{MODEL}")
    assert (hub.asked, installed()) == ([], [])


def test_nothing_is_fetched_for_a_package_that_cannot_be_put(hub, convert, tmp_path):
    (tmp_path / "package").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "convert", f"hub:{MODEL}", "-o", tmp_path / "package"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, hub.asked) == (5, [])


def test_a_cache_that_cannot_be_written(hub, convert, monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "file"))
    code, told = convert()
    assert code == 5 and "cannot be stored" in told


def test_an_address_that_is_none(convert):
    code, told = convert("hub:t5-small")
    assert code == 2 and "hub:OWNER/NAME" in told
