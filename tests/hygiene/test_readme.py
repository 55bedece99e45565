"""What README.md says is true: its commands, its examples and its links.

A ```console block holds commands behind "$ ", each followed by exactly what it prints.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXIT_CODES = {"0", "1", "2", "3", "4", "5", "130"}


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def examples():
    """(command, output) pairs."""
    found = []
    for block in blocks("console"):
        first, *parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
        assert first == "", "a console block begins with a command"
        for part in parts:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.fixture
def commands(tmp_path):
    """An environment in which `paraphrase` is the command under test."""
    place = tmp_path / "bin"
    place.mkdir()
    script = place / "paraphrase"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m paraphraser_tui "$@"\n')
    script.chmod(0o755)
    return os.environ | {"PATH": f"{place}{os.pathsep}{os.environ['PATH']}"}


def test_there_are_examples():
    assert len(examples()) >= 3


@pytest.mark.parametrize(("command", "output"), examples(), ids=[c for c, _ in examples()])
def test_an_example_prints_what_it_says(command, output, commands):
    done = subprocess.run(
        ["bash", "-c", command], env=commands, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == output


def test_two_set_up_commands():
    run, test = (block.strip() for block in blocks("sh"))
    assert run.endswith("paraphrase docs/example.txt") and (ROOT / "docs/example.txt").is_file()
    assert "-c constraints.txt" in test and test.endswith("pytest")
    assert "\n" not in run + test


def test_ci_runs_the_test_command_of_the_readme():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"sed -n '(s/.*?/p)'", script)
    taken = subprocess.run(
        ["sed", "-n", pattern, ROOT / "README.md"], capture_output=True, text=True, check=True
    )
    assert taken.stdout == blocks("sh")[1]


def test_the_bundled_example_is_reworded(commands):
    done = subprocess.run(
        ["paraphrase", "docs/example.txt"], env=commands, cwd=ROOT, capture_output=True, check=True
    )
    text = (ROOT / "docs/example.txt").read_bytes()
    assert done.stdout != text and done.stderr == b""
    assert done.stdout.count(b"\n") == text.count(b"\n")


def test_python_examples_run(tmp_path):
    for code in blocks("python"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_every_option_that_is_named_exists(commands):
    known = subprocess.run(
        ["paraphrase", "--help"], env=commands, capture_output=True, text=True, check=True
    ).stdout
    named = set(re.findall(r"`(--[a-z-]+)", README))
    assert named and all(option in known or option == "--help" for option in named)


def test_the_table_of_exit_codes_is_complete():
    assert set(re.findall(r"^\| (\d+) \|", README, re.MULTILINE)) == EXIT_CODES


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
