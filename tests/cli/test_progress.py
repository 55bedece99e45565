"""The bar over many files, on a terminal and nowhere else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from paraphraser_tui.cli.progress import FileProgress

COMMAND = [sys.executable, str(Path(__file__).with_name("fake_command.py"))]
ANSI = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
TEXT = "It rained all day.\n\n" * 40
WIDTH = 100


def on_a_terminal(*arguments, stdout=subprocess.DEVNULL):
    """The exit code, and what stderr shows on a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        env=os.environ | {"COLUMNS": str(WIDTH), "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # how Linux says that a terminal's other side has gone
            chunk = b""
        if not chunk:
            break
        seen += chunk
    os.close(ours)
    return process.wait(), seen.decode()


@pytest.fixture
def files(tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    found = [place / name for name in ("[bold]a.txt", "b\x1b]0;owned\x07.txt", "c.txt")]
    for path in found:
        path.write_text(TEXT)
    return found


@pytest.mark.parametrize("jobs", [1, 2])
def test_it_says_which_file_of_how_many(files, jobs):
    code, seen = on_a_terminal("--in-place", "--jobs", jobs, *files)
    assert code == 0 and all(path.read_text() == TEXT.upper() for path in files)
    shown = ANSI.sub("", seen)
    assert "file 1 of 3: [bold]a.txt" in shown  # a name is no markup
    assert "file 2 of 3: b␛]0;owned␇.txt" in shown  # and moves nothing
    assert "file 3 of 3: c.txt" in shown
    assert "100%" in shown
    assert "\x1b]0" not in seen and "\x07" not in seen


def test_what_goes_wrong_stands_above_the_bar(files):
    files[1].write_bytes(b"It rained.\n\0")
    code, seen = on_a_terminal("--in-place", *files)
    assert code == 4
    told = [line for line in re.split("[\r\n]+", ANSI.sub("", seen)) if "error" in line]
    assert len(told) == 1 and told[0].startswith("paraphrase: error: ")
    assert "100%" in seen  # a file that failed is done too


def test_a_long_name_leaves_room_for_the_bar(files):
    long = files[0].with_name("x" * 200 + ".txt")
    files[0].rename(long)
    _, seen = on_a_terminal("--in-place", long, files[1])
    first = next(line for line in re.split("[\r\n]+", ANSI.sub("", seen)) if "file 1 of 2" in line)
    assert "%" in first and len(first) <= WIDTH


def test_one_file_counts_its_sentences(files):
    _, seen = on_a_terminal("--in-place", files[2])
    assert "40 sentences" in ANSI.sub("", seen) and "file 1" not in seen


def test_no_terminal_no_bar(files):
    done = subprocess.run([*COMMAND, "--in-place", *files], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


class Whole:
    """Remembers what is counted."""

    def __init__(self):
        self.counted = []

    def add(self, done, sentences):
        self.counted.append((done, sentences))


def test_a_file_counts_for_its_size_whatever_it_holds():
    whole = Whole()
    share = FileProgress(whole, 10)
    share.add(4, 1)
    share.add(100, 2)
    share.finish()
    assert whole.counted == [(4, 1), (6, 2), (0, 0)]
    share = FileProgress(whole, 10)
    share.finish()
    assert whole.counted[-1] == (10, 0)
