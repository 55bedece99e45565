"""From a text file to filtered pairs by the command line, killed on the way and resumed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from teacher_server import TeacherServer

import distill
from distill.records import Pair, read_jsonl

TEXTS = [
    f"The {size} {what} near the river helped many people in {place}."
    for size in ("big", "small", "important")
    for what in ("house", "street", "car")
    for place in ("Oslo", "Cairo")
]
CONFIG = """
out = "out"

[sources]
[[sources.corpora]]
path = "mine.txt"
licence = "open"

[generate]
model = "tiny-teacher"
paraphrases = 3
server = { base_url = "BASE_URL", concurrency = 2, api_key_env = "CHAIN_KEY" }

[filter]
"""
KEY = "sk-chain-0123456789"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine.txt").write_text("\n".join(TEXTS), "utf-8")
    return tmp_path


def start(folder, server, out):
    (folder / "distill.toml").write_text(CONFIG.replace("BASE_URL", server.base_url), "utf-8")
    command = [sys.executable, "-m", "distill", "run", "--config", "distill.toml", "--out", out]
    home = Path(distill.__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(home), "CHAIN_KEY": KEY}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def files(folder):
    """All files but those that tell the time."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "timing.json")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_killed_and_resumed_the_chain_ends_with_identical_files(folder):
    with TeacherServer(delay_s=0.1) as server:
        process = start(folder, server, "out")
        deadline = time.monotonic() + 60
        while len(server.requests) < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
        process.kill()
        process.communicate()
        asked = len(server.requests)
        assert asked >= 5
        said = start(folder, server, "out").communicate()
        assert len(server.requests) <= len(TEXTS) + 2
        start(folder, server, "calm").communicate()
    resumed, calm = files(folder / "out"), files(folder / "calm")
    assert "filter/report.png" in resumed, said
    assert resumed == calm
    assert not any(KEY.encode() in content for content in [*resumed.values(), *said])
    pairs = list(read_jsonl(folder / "out" / "filter" / "pairs.jsonl.xz", Pair))
    assert len(pairs) >= len(TEXTS)
    assert {(pair.set, pair.teacher, pair.licence) for pair in pairs} == {
        ("mine", "tiny-teacher", "open")
    }
