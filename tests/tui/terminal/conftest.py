"""Commands in terminals of their own, for systems that have such terminals."""

import sys
from pathlib import Path

import pytest

pytest.importorskip("pty")
pytest.importorskip("pyte")

REAL = (sys.executable, "-m", "paraphraser_tui.tui")
FAKE = (sys.executable, str(Path(__file__).with_name("fake_review.py")))


@pytest.fixture
def fake_command():
    """`paraphraser-tui` on the fake engine."""
    return FAKE


@pytest.fixture
def start():
    """Start `paraphraser-tui`, by default on the fake engine; killed at the end of the test.

    within: a command that is to start it.
    """
    from pty_terminal import Terminal

    running = []

    def run(*arguments, real: bool = False, within=(), **settings) -> Terminal:
        command = [*within, *(REAL if real else FAKE), *map(str, arguments)]
        running.append(Terminal(command, **settings))
        return running[-1]

    yield run
    for terminal in running:
        terminal.close()


@pytest.fixture
def left_behind(tmp_path):
    """The reviews that the state folder of this test holds."""
    return lambda: [path.name for path in (tmp_path / "state" / "reviews").glob("*")]
