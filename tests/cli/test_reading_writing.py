"""Files in, a file out: what is refused, what is kept, and what a failure leaves behind."""

import os
import stat
import sys
from pathlib import Path

import pytest

from paraphraser_tui.cli.writing import Closed, Writer
from paraphraser_tui.errors import OutputError

IN = b"It rained.\n"
OUT = b"IT RAINED.\n"


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "place"
    path.mkdir()
    return path


def names(path):
    return sorted(p.name for p in path.iterdir())


@pytest.mark.parametrize("name", ["missing", "directory", "no/such", "x" * 300, "a\0b"])
def test_unreadable_input(name, paraphrase, place):
    (place / "directory").mkdir()
    done = paraphrase(place / name)
    assert (done.code, done.out) == (4, b"")
    assert done.err.count("\n") == 1 and "\0" not in done.err
    assert not done.engines  # told before the model is loaded


def test_a_missing_second_file_is_told_before_the_first_is_done(paraphrase, place):
    (place / "a").write_bytes(IN)
    done = paraphrase(place / "a", place / "b")
    assert (done.code, done.out) == (4, b"")


@pytest.mark.parametrize(
    ("data", "message"), [(b"It \xff rained.\n", "offset 3"), (b"\0\0", "binary")]
)
def test_input_that_is_no_text(data, message, paraphrase):
    done = paraphrase(stdin=data)
    assert done.code == 4
    assert message in done.err and done.err.count("\n") == 1


def test_an_unknown_encoding(paraphrase):
    done = paraphrase("--encoding", "klingon", stdin=IN)
    assert done.code == 4
    assert "unknown encoding 'klingon'" in done.err


def test_closed_standard_input(paraphrase, monkeypatch):
    from paraphraser_tui.cli import main as command

    monkeypatch.setattr(sys, "stdin", None)
    assert command.main([]) == 4


def test_output_to_a_new_file(paraphrase, place):
    done = paraphrase("-o", place / "out", stdin=IN)
    assert (done.code, done.out) == (0, b"")
    assert (place / "out").read_bytes() == OUT
    assert names(place) == ["out"]


def test_a_new_file_has_ordinary_permissions(paraphrase, place):
    old = os.umask(0o027)
    try:
        paraphrase("-o", place / "out", stdin=IN)
    finally:
        os.umask(old)
    assert stat.S_IMODE((place / "out").stat().st_mode) == 0o640


def test_a_replaced_file_keeps_its_permissions(paraphrase, place):
    (place / "out").write_bytes(b"old")
    (place / "out").chmod(0o604)
    paraphrase("-o", place / "out", stdin=IN)
    assert (place / "out").read_bytes() == OUT
    assert stat.S_IMODE((place / "out").stat().st_mode) == 0o604


def test_the_input_file_may_be_the_output_file(paraphrase, place):
    (place / "text").write_bytes(IN)
    assert paraphrase(place / "text", "-o", place / "text").code == 0
    assert (place / "text").read_bytes() == OUT


def test_a_link_is_followed_and_stays_a_link(paraphrase, place):
    (place / "real").mkdir()
    (place / "real" / "out").write_bytes(b"old")
    (place / "link").symlink_to("real/out")
    paraphrase("-o", place / "link", stdin=IN)
    assert (place / "link").is_symlink()
    assert (place / "real" / "out").read_bytes() == OUT
    assert names(place / "real") == ["out"]


@pytest.mark.parametrize("data", [b"It rained.\n\n\xff\n", b"KEEP this.\n\n\0"])
def test_a_failure_leaves_the_old_file(data, paraphrase, place):
    (place / "out").write_bytes(b"old")
    assert paraphrase("-o", place / "out", stdin=data).code == 4
    assert (place / "out").read_bytes() == b"old"
    assert names(place) == ["out"]


def test_an_interruption_leaves_the_old_file(paraphrase, place, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("paraphraser_tui.cli.job.parts", interrupted)
    (place / "out").write_bytes(b"old")
    done = paraphrase("-o", place / "out", stdin=IN)
    assert (done.code, done.err) == (130, "")
    assert (place / "out").read_bytes() == b"old"
    assert names(place) == ["out"]


def test_a_bad_model_leaves_the_old_file(paraphrase, place):
    (place / "out").write_bytes(b"old")
    done = paraphrase("-o", place / "out", "--model", "nobody", stdin=IN)
    assert done.code == 3
    assert "there is no model 'nobody'" in done.err and done.err.count("\n") == 1
    assert (place / "out").read_bytes() == b"old"
    assert names(place) == ["out"]


@pytest.mark.parametrize("name", ["no/such/out", "directory", "file/out"])
def test_unwritable_output(name, paraphrase, place):
    (place / "directory").mkdir()
    (place / "file").write_bytes(b"")
    done = paraphrase("-o", place / name, stdin=IN)
    assert (done.code, done.out) == (5, b"")
    assert "cannot be written" in done.err and done.err.count("\n") == 1
    assert names(place) == ["directory", "file"]


def test_a_device_is_written_to_and_not_replaced(paraphrase):
    assert paraphrase("-o", "/dev/null", stdin=IN).code == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device(paraphrase):
    done = paraphrase("-o", "/dev/full", stdin=IN)
    assert done.code == 5
    assert "No space left" in done.err and done.err.count("\n") == 1


class Broken:
    def __init__(self, error):
        self.error = error

    def isatty(self):
        return False

    def write(self, data):
        raise self.error


def test_a_reader_who_left_is_no_error():
    with pytest.raises(Closed):
        Writer(Broken(BrokenPipeError()), "it").write(b"x")


def test_a_device_that_fails_is_an_output_error():
    with pytest.raises(OutputError, match="it cannot be written: Input/output error"):
        Writer(Broken(OSError(5, "Input/output error")), "it").write(b"x")


def test_the_engine_is_closed_after_success_and_failure(paraphrase):
    assert paraphrase(stdin=IN).engines[-1].closed
    assert paraphrase(stdin=b"It rained.\n\n\xff").engines[-1].closed


def test_options_reach_the_engine(paraphrase):
    done = paraphrase("-n", "2", "--threads", "3", "--freeze", "rain", stdin=IN)
    (engine,) = done.engines
    assert (engine.model, engine.threads) == ("house", 3)
    assert (engine.options.num, engine.options.freeze) == (2, ("rain",))


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        ("KEEP this.\n", (), 0),
        ("KEEP this.\n", ("--strict",), 1),
        ("It rained.\n\nKEEP this.\n", ("--strict",), 1),
        ("It rained.\n", ("--strict",), 0),
        ("Hello.\n", ("--strict",), 0),  # a greeting is nobody's failure
    ],
)
def test_strict(text, arguments, code, paraphrase):
    done = paraphrase(*arguments, stdin=text.encode())
    assert (done.code, done.err) == (code, "")


def test_verbose_says_which_are_kept_and_why(paraphrase):
    done = paraphrase("-v", stdin=b"It rained.\n\nKEEP this.\nHello.\n")
    assert done.err.splitlines() == [
        "paraphrase: sentence 2 kept: no candidate passed the checks (number 2)",
        "paraphrase: sentence 3 kept: a greeting or closing",
    ]


def test_an_escape_sequence_in_a_file_name_is_not_shown_raw(paraphrase, place):
    done = paraphrase(place / "\x1b]0;owned\x07\n")
    assert done.code == 4
    assert "\x1b" not in done.err and "\x07" not in done.err and done.err.count("\n") == 1
