"""The command in this process, with the fake engine, and in processes of its own."""

import io
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest
from fake_engine import FakeParaphraser

from paraphraser_tui.cli import main as command


@dataclass
class Outcome:
    """What a run of the command left behind."""

    code: int
    out: bytes
    err: str
    engines: list


class Stream:
    """A text stream as `sys.stdin` or `sys.stdout`, over bytes."""

    def __init__(self, data=b""):
        self.buffer = io.BufferedReader(io.BytesIO(data)) if data is not None else io.BytesIO()
        self.closed = False

    def isatty(self):
        return False


@pytest.fixture
def paraphrase(monkeypatch, capsys):
    """Run the command here: paraphrase(*arguments, stdin=bytes) -> Outcome."""
    engines = []

    class Engine(FakeParaphraser):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            engines.append(self)

    monkeypatch.setattr(command, "Paraphraser", Engine)

    def run(*arguments, stdin=b""):
        out = Stream(None)
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", Stream(stdin))
            patch.setattr(sys, "stdout", out)
            code = command.main([str(a) for a in arguments])
        return Outcome(code, out.buffer.getvalue(), capsys.readouterr().err, engines)

    return run


@pytest.fixture
def process():
    """Run the real command in a process of its own: process(*arguments, input=..., env=...)."""

    def run(*arguments, env=None, **options):
        return subprocess.run(
            [sys.executable, "-m", "paraphraser_tui", *map(str, arguments)],
            env=os.environ | (env or {}),
            capture_output=True,
            timeout=120,
            **options,
        )

    return run
