"""Files that are rewritten where they are, or into another directory."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest


@pytest.fixture
def place(tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    for name in ("a.txt", "b.txt"):
        (place / name).write_bytes(f"It rained on {name[0]}.\r\n".encode())
    return place


def names(place):
    return sorted(path.name for path in place.iterdir())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_in_place(paraphrase, place, jobs):
    (place / "a.txt").chmod(0o640)
    (place / "link").symlink_to("b.txt")
    done = paraphrase("--in-place", "--jobs", jobs, place / "a.txt", place / "link")
    assert (done.code, done.out, done.err) == (0, b"", "")
    assert (place / "a.txt").read_bytes() == b"IT RAINED ON A.\r\n"
    assert (place / "b.txt").read_bytes() == b"IT RAINED ON B.\r\n"
    assert (place / "a.txt").stat().st_mode & 0o777 == 0o640
    assert (place / "link").is_symlink()
    assert names(place) == ["a.txt", "b.txt", "link"]
    assert len(done.engines) == 1


def test_a_copy_is_kept(paraphrase, place):
    (place / "a.txt.old").write_text("older")
    paraphrase("--in-place=.old", place / "a.txt")
    assert (place / "a.txt.old").read_bytes() == b"It rained on a.\r\n"
    assert (place / "a.txt").read_bytes() == b"IT RAINED ON A.\r\n"
    assert names(place) == ["a.txt", "a.txt.old", "b.txt"]


def test_encodings_stay(paraphrase, place):
    for name, mark, codec in (("u.txt", "\ufeff", "utf-16-le"), ("v.txt", "\ufeff", "utf-8")):
        (place / name).write_bytes((mark + "It rained.\r\n").encode(codec))
        assert paraphrase("--in-place", place / name).code == 0
        assert (place / name).read_bytes() == (mark + "IT RAINED.\r\n").encode(codec)


def test_one_that_fails_does_not_stop_the_others(paraphrase, place):
    (place / "bad").write_bytes(b"It rained.\n\0")
    done = paraphrase("--in-place", place / "a.txt", place / "bad", place / "b.txt")
    assert done.code == 4
    assert done.err.splitlines() == [
        f"paraphrase: error: {place}/bad: this is binary data, not text",
        "paraphrase: 1 of 3 files failed and are as they were",
    ]
    assert (place / "bad").read_bytes() == b"It rained.\n\0"
    assert (place / "b.txt").read_bytes() == b"IT RAINED ON B.\r\n"
    assert names(place) == ["a.txt", "b.txt", "bad"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_cannot_be_read_is_told_and_the_others_are_rewritten(paraphrase, place, jobs):
    gone, folder = place / "go\x1bne", place / "fol\nder"
    folder.mkdir()
    done = paraphrase("--in-place", "--jobs", jobs, gone, place / "a.txt", folder, place / "b.txt")
    assert done.code == 4
    assert done.err.splitlines() == [
        f"paraphrase: error: {place}/go␛ne cannot be read: No such file or directory",
        f"paraphrase: error: {place}/fol␊der is a directory",
        "paraphrase: 2 of 4 files failed and are as they were",
    ]
    assert (place / "a.txt").read_bytes() == b"IT RAINED ON A.\r\n"
    assert (place / "b.txt").read_bytes() == b"IT RAINED ON B.\r\n"
    assert names(place) == ["a.txt", "b.txt", "fol\nder"]
    assert names(folder) == []


def test_the_highest_code_of_all_failures_counts(paraphrase, place):
    new = place / "new"
    (new / "b.txt").mkdir(parents=True)  # in the way of the output
    done = paraphrase("--output-dir", new, place / "gone", place / "b.txt", place / "a.txt")
    assert done.code == 5
    first, second, last = done.err.splitlines()
    assert "gone cannot be read" in first and "b.txt cannot be written" in second
    assert last == "paraphrase: 2 of 3 files failed and are as they were"
    assert (new / "a.txt").read_bytes() == b"IT RAINED ON A.\r\n"


def test_where_nothing_can_be_read_no_model_is_loaded(paraphrase, place):
    done = paraphrase("--in-place", place / "gone", "--model", "no such model")
    assert done.code == 4 and done.err.count("\n") == 1 and "gone cannot be read" in done.err
    assert done.engines == []


def test_into_one_output_a_missing_file_stops_all(paraphrase, place):
    done = paraphrase("-o", place / "new", place / "a.txt", place / "gone", place / "b.txt")
    assert (done.code, done.err.count("\n")) == (4, 1) and "gone cannot be read" in done.err
    assert done.engines == [] and names(place) == ["a.txt", "b.txt"]


def test_into_another_directory(paraphrase, place):
    done = paraphrase("--output-dir", place / "new" / "er", place / "a.txt", place / "b.txt")
    assert done.code == 0
    assert (place / "new" / "er" / "b.txt").read_bytes() == b"IT RAINED ON B.\r\n"
    assert (place / "a.txt").read_bytes() == b"It rained on a.\r\n"
    views = paraphrase("--output-dir", place / "views", "--format", "jsonl", place / "a.txt")
    assert views.code == 0 and b'"source"' in (place / "views" / "a.txt").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--in-place"], "wants the names of files"),
        (["--in-place", "-"], "want the names of files"),
        (["--in-place", "--text", "It rained."], "wants the names of files"),
        (["--in-place", "-o", "x", "a.txt"], "not both"),
        (["--in-place", "--diff", "a.txt"], "drop --format"),
        (["--in-place", "-n", "2", "a.txt"], "drop --num"),
        (["--in-place=../x", "a.txt"], "no slash"),
        (["--jobs", "2", "a.txt"], "counts only with"),
        (["--in-place", "--jobs", "0", "a.txt"], "jobs must be"),
        (["--in-place", "--jobs", "2", "--sample", "--seed", "1", "a.txt"], "drop --jobs"),
        (["--output-dir", "new", "a.txt", "sub/../a.txt"], "two of the files"),
    ],
)
def test_what_makes_no_sense(paraphrase, place, monkeypatch, arguments, told):
    monkeypatch.chdir(place)
    (place / "sub").mkdir()
    done = paraphrase(*arguments)
    assert done.code == 2 and told in done.err and done.err.count("\n") == 1
    assert (place / "a.txt").read_bytes() == b"It rained on a.\r\n"


KILLS = int(os.environ.get("PARAPHRASER_KILLS", "6"))
LINES = 2000  # enough that some kills hit the writing
REPLACING = 0.02  # seconds; enough to copy the old file and to put the new one there


def is_written(place, size):
    """Whether the new file is complete under its passing name, or has it no more."""
    try:
        return any(p.stat().st_size >= size for p in place.glob(".long.txt*"))
    except FileNotFoundError:
        return True


def test_a_kill_leaves_the_old_file_or_the_new_one(place):
    command = [sys.executable, str(Path(__file__).with_name("fake_command.py")), "--in-place=.old"]
    target, copy = place / "long.txt", place / "long.txt.old"
    old = "".join(f"It rained on day {i}.\n" for i in range(LINES)).encode()
    target.write_bytes(old)
    start = time.monotonic()
    subprocess.run([*command, target], check=True)
    whole = time.monotonic() - start
    new = target.read_bytes()
    assert new == old.upper()
    found = Counter()
    for kill in range(KILLS):
        share = (kill + 1) / KILLS
        target.write_bytes(old)
        for other in place.glob("*long.txt?*"):
            other.unlink()
        process = subprocess.Popen([*command, target])
        if kill % 2:
            time.sleep(whole * share)
        else:  # in the last moments, when the copy is made
            while process.poll() is None and not is_written(place, len(new)):
                pass
            time.sleep(REPLACING * share**2)
        process.kill()
        process.wait()
        assert target.read_bytes() in (old, new)
        assert not copy.exists() or copy.read_bytes() == old
        assert copy.exists() or target.read_bytes() == old
        found[f"new: {target.read_bytes() == new}, copy: {copy.exists()}"] += 1
    print(dict(found))  # to be seen with -s
