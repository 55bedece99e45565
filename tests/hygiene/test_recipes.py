"""What docs/recipes.md says works: every block is run, with an engine that answers at once."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAKE = ROOT / "tests/cli/fake_command.py"
PAGE = (ROOT / "docs/recipes.md").read_text(encoding="utf-8")
SENTENCE = "The meeting was postponed until Monday."
TEXT = f"# Notes\n\n{SENTENCE}\n\n    code stays\n\nGoodbye.\n"
REWORDED = TEXT.replace(SENTENCE, SENTENCE.upper())
COVERED = set()


def sections():
    """The blocks below each heading, as pairs of kind and text."""
    parts = re.split(r"^## (.*)\n", PAGE, flags=re.MULTILINE)
    block = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
    return {
        title: block.findall(text) for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }


SECTIONS = sections()


def recipe(heading):
    """Give a test the texts of the blocks below a heading."""
    COVERED.add(heading)
    return pytest.mark.parametrize("blocks", [[text for _, text in SECTIONS[heading]]], ids=[""])


def needs(*programs):
    """Skip a test where one of these is not installed."""
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with texts, in which `paraphrase` is the command with the fake engine."""
    programs = tmp_path / "bin"
    programs.mkdir()
    script = programs / "paraphrase"
    words = shlex.join([sys.executable, str(FAKE)])
    script.write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    made = tmp_path / "work"
    for name in ("letter.md", "notes/a.md", "notes/b c.md", "notes/deep/d.md"):
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    monkeypatch.chdir(made)
    return made


def run(*command):
    """Its standard output; it must succeed and complain about nothing."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def shell(block):
    return run("bash", "-euo", "pipefail", "-c", block)


def git(*words):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(
        ["git", *identity, *words], capture_output=True, text=True, check=True
    )  # fmt: skip


def test_every_recipe_is_tried():
    assert {*SECTIONS} == COVERED
    assert all(SECTIONS.values())


def test_kinds_of_blocks():
    kinds = {kind for blocks in SECTIONS.values() for kind, _ in blocks}
    assert kinds == {"sh", "vim", "elisp", "json"}
    assert PAGE.count("```") == 2 * sum(map(len, SECTIONS.values()))


@recipe("Vim")
def test_vim(blocks, folder):
    needs("vim")
    (block,) = blocks
    commands = [word for line in block.splitlines() for word in ("-c", line.removeprefix(":"))]
    subprocess.run(
        ["vim", "-u", "NONE", "-i", "NONE", "-n", "-es", *commands, "-c", "wq", "letter.md"],
        stdin=subprocess.DEVNULL, capture_output=True, check=True,
    )  # fmt: skip
    assert Path("letter.md").read_text() == REWORDED


@recipe("Emacs")
def test_emacs(blocks, folder):
    needs("emacs")
    (block,) = blocks
    Path("code.el").write_text(block)
    Path("word.txt").write_text("Before it.\nÄ naïve man said nothing.\nAfter it.\n")
    rewrite = '(progn (find-file "word.txt") (paraphrase-region 12 38) (save-buffer))'
    subprocess.run(
        ["emacs", "--batch", "-Q", "-l", "code.el", "--eval", rewrite],
        capture_output=True, check=True,
    )  # fmt: skip
    assert Path("word.txt").read_text() == "Before it.\nÄ NAÏVE MAN SAID NOTHING.\nAfter it.\n"


@recipe("VS Code")
def test_vs_code(blocks, folder):
    tasks = json.loads(*blocks)["tasks"]
    assert len({task["label"] for task in tasks}) == len(tasks) == 2
    shown, nothing = (
        run(task["command"], *(a.replace("${file}", "notes/b c.md") for a in task["args"]))
        for task in tasks
    )
    assert f"\n-{SENTENCE}\n+{SENTENCE.upper()}\n" in shown and nothing == ""
    assert Path("notes/b c.md").read_text() == REWORDED
    assert Path("notes/b c.md.bak").read_text() == TEXT


@recipe("Git: look at staged Markdown before a commit")
def test_git(blocks, folder):
    needs("git")
    git("init", "-q")
    hook = folder / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(*blocks)
    hook.chmod(0o755)
    (folder / "other.txt").write_text("It rained all day.")
    git("add", "notes/b c.md", "other.txt")
    (folder / "notes/b c.md").write_text("Changed since then.\n")
    done = git("commit", "-q", "-m", "x")
    said = done.stdout + done.stderr
    assert said.count("+++ ") == 1 and "+++ ./notes/b c.md" in said
    assert f"\n-{SENTENCE}\n+{SENTENCE.upper()}\n" in said
    assert git("show", "HEAD:notes/b c.md").stdout == TEXT
    assert (folder / "notes/b c.md").read_text() == "Changed since then.\n"
    assert not list(folder.parent.glob("tmp.*"))
    # Neither without Markdown nor with a text that cannot be read does it stop a commit.
    (folder / "bad.md").write_bytes(b"\0\1\2")
    git("add", "bad.md")
    assert "error" in git("commit", "-q", "-m", "y").stderr
    (folder / "other.txt").write_text("It rained.")
    done = git("commit", "-q", "-m", "z", "other.txt")
    assert done.stdout + done.stderr == ""


@recipe("A diff first, then the change")
def test_patch(blocks, folder):
    needs("patch")
    for block in blocks:
        Path("letter.md").write_text(TEXT)
        assert "letter.md" in shell(block)
        assert Path("letter.md").read_text() == REWORDED


@recipe("A folder of Markdown")
def test_a_folder(blocks, folder):
    beside, in_place, below = blocks
    shell(beside)
    assert {p.name: p.read_text() for p in Path("reworded").iterdir()} == {
        "a.md": REWORDED,
        "b c.md": REWORDED,
    }
    assert Path("notes/a.md").read_text() == TEXT
    shell(in_place)
    for name in ("a.md", "b c.md"):
        assert Path("notes", name).read_text() == REWORDED
        assert Path("notes", f"{name}.bak").read_text() == TEXT
    assert Path("notes/deep/d.md").read_text() == TEXT
    shell(below)
    assert Path("notes/deep/d.md").read_text() == REWORDED
    assert Path("notes/deep/d.md.bak").read_text() == TEXT


@recipe("JSON Lines and jq")
def test_jq(blocks, folder):
    needs("jq")
    kept, variants = map(shell, blocks)
    assert kept == "a greeting or closing: Goodbye.\n"
    rows = [line.split("\t") for line in variants.splitlines()]
    assert [row[2] for row in rows] == [SENTENCE.upper()]  # and not those of less meaning
    assert float(rows[0][0]) >= 0.9


@recipe("A dialogue with another program")
def test_line_by_line(blocks, folder):
    assert shell(*blocks) == "IT RAINED ALL DAY.\nNOBODY CAME.\n"


@recipe("No network")
def test_no_network(blocks, folder):
    needs("unshare")
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:
        pytest.skip("unshare is not permitted")
    assert shell(*blocks) == "NOTHING LEAVES THIS MACHINE.\n"


@recipe("Completion")
def test_completion(blocks, folder, tmp_path):
    for block, place in zip(
        blocks,
        (
            ".local/share/bash-completion/completions/paraphrase",
            ".zfunc/_paraphrase",
            ".config/fish/completions/paraphrase.fish",
        ),
        strict=True,
    ):
        shell(block)
        assert "preset" in (tmp_path / "home" / place).read_text()


@recipe("The manual page")
def test_the_manual_page(blocks, folder, tmp_path):
    read, install = blocks
    shell(install)
    page = tmp_path / "home/.local/share/man/man1/paraphrase.1"
    assert page.read_text().startswith('.TH "PARAPHRASE"')
    needs("man")
    if subprocess.run(["man", "-l", page], capture_output=True).returncode:
        pytest.skip("this man does not read files")
    assert "NAME" in shell(read) and "paraphrase" in shell(read)
