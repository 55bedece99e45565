"""Pipes, terminals and signals, with the fake engine in a process of its own."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, str(Path(__file__).with_name("fake_command.py"))]
GENEROUS = 60  # seconds until a test gives up; nothing here takes that long


@pytest.fixture
def start():
    """Start the command with pipes for what is not given; killed at the end of the test."""
    running = []

    def popen(*arguments, **streams):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        running.append(subprocess.Popen([*COMMAND, *arguments], **(pipes | streams)))
        return running[-1]

    yield popen
    for process in running:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()


@pytest.fixture
def terminal():
    """Both ends of a pseudo-terminal: (ours, the command's)."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)


def read_until(handle, wanted):
    """What comes from a file descriptor until `wanted` is in it, or nothing more comes."""
    seen = b""
    while wanted not in seen and select.select([handle], [], [], GENEROUS)[0]:
        try:
            chunk = os.read(handle, 65536)
        except OSError:  # how Linux says that a terminal's other side has gone
            break
        if not chunk:
            break
        seen += chunk
    return seen


def test_a_paragraph_is_answered_before_the_input_ends(start):
    process = start()
    for text, answer in (
        (b"It rained.\n\n", b"IT RAINED.\n\n"),
        (b"We left.\n\n", b"WE LEFT.\n\n"),
    ):
        process.stdin.write(text)
        process.stdin.flush()
        assert read_until(process.stdout.fileno(), answer) == answer
    process.stdin.close()
    assert process.wait(GENEROUS) == 0


def test_json_lines_stream_too(start):
    process = start("--format", "jsonl")
    process.stdin.write(b"It rained.\n\n")
    process.stdin.flush()
    assert b'"IT RAINED."' in read_until(process.stdout.fileno(), b"}\n")


def test_a_reader_who_has_seen_enough_leaves_no_trace(start):
    process = start(stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    process.communicate(timeout=GENEROUS)
    process = start()
    process.stdin.write(b"It rained.\n\n")
    process.stdin.flush()
    read_until(process.stdout.fileno(), b"\n\n")
    process.stdout.close()  # as `head -1` does
    process.stdout = None
    _, err = process.communicate(b"It rained.\n\n" * 20_000, timeout=GENEROUS)
    assert (process.returncode, err) == (0, b"")


def test_a_named_pipe_is_read_once(start, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = start(str(pipe))
    with pipe.open("wb") as stream:  # waits until the command opens the other end
        stream.write(b"It rained all day.\n")
    assert read_until(process.stdout.fileno(), b"\n") == b"IT RAINED ALL DAY.\n"
    assert process.wait(GENEROUS) == 0


def test_a_reader_that_leaves_a_named_pipe_is_no_error(start, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = start("-o", str(pipe))
    reader = os.open(pipe, os.O_RDONLY)  # waits until the command opens the other end
    os.close(reader)
    _, complaint = process.communicate(b"It rained all day.\n\n" * 3, timeout=GENEROUS)
    assert (process.returncode, complaint) == (0, b"")


def test_an_interrupt_keeps_what_is_done_and_says_nothing(start):
    process = start()
    process.stdin.write(b"It rained.\n\nWe")
    process.stdin.flush()
    assert read_until(process.stdout.fileno(), b"\n\n") == b"IT RAINED.\n\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(GENEROUS) == 130
    assert process.stderr.read() == b""


def test_standard_output_is_closed(start):
    process = start("--text", "It rained.", stdout=None, preexec_fn=lambda: os.close(1))
    _, err = process.communicate(timeout=GENEROUS)
    assert process.returncode == 5
    assert err.count(b"\n") == 1 and b"closed" in err


def test_escape_sequences_do_not_reach_a_terminal(start, terminal):
    ours, theirs = terminal
    attack = b"\x1b]0;owned\x07 It rained \xc2\x9b31m here \x08\xe2\x80\xae now.\n"
    process = start(stdout=theirs)
    os.close(theirs)
    process.stdin.write(attack)
    process.stdin.close()
    seen = read_until(ours, b"NOW.\r\n")
    assert b"IT RAINED" in seen and "␛".encode() in seen
    for raw in (b"\x1b", b"\x07", b"\xc2\x9b", b"\x08", "\u202e".encode()):
        assert raw not in seen
    assert process.wait(GENEROUS) == 0


def test_a_pipe_gets_every_byte(start):
    process = start()
    out, _ = process.communicate(b"\x1b[1m\n\nIt rained.\n", timeout=GENEROUS)
    assert out == b"\x1b[1m\n\nIT RAINED.\n"


def test_a_terminal_gets_utf_8_whatever_the_input_is(start, terminal):
    ours, theirs = terminal
    process = start(stdout=theirs)
    os.close(theirs)
    process.stdin.write("\ufeffIt rained in Málaga.\n".encode("utf-16-le"))
    process.stdin.close()
    assert read_until(ours, b".\r\n") == "IT RAINED IN MÁLAGA.\r\n".encode()


def test_a_progress_bar_is_for_terminals_only(start, terminal):
    text = b"It rained all day.\n\n" * 50
    process = start()
    _, err = process.communicate(text, timeout=GENEROUS)
    assert err == b""
    ours, theirs = terminal
    process = start(stderr=theirs)
    os.close(theirs)
    out, _ = process.communicate(text, timeout=GENEROUS)
    assert out == text.upper()
    assert b"sentences" in read_until(ours, b"sentences")


def test_a_summary_of_kept_sentences_is_for_terminals_only(start, terminal):
    text = b"It rained.\n\nKEEP this one.\n"
    process = start()
    assert process.communicate(text, timeout=GENEROUS)[1] == b""
    ours, theirs = terminal
    process = start(stderr=theirs)
    os.close(theirs)
    process.communicate(text, timeout=GENEROUS)
    assert b"kept 1 of 2 sentences; --verbose says why" in read_until(ours, b"why")
