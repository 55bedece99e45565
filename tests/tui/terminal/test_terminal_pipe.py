"""`paraphraser-tui` between two commands: keys from the terminal, text through the pipe."""

import subprocess

import pytest

from paraphraser_tui.errors import ExitCode

DRAFT = (
    b"The meeting was postponed.\r\n\r\nNobody na\xc3\xafve came: it never rained. We left.  \r\n"
)
READY = "change"
GENEROUS = 60
PIPE = subprocess.PIPE


def feed(ui, data: bytes) -> None:
    """All of standard input."""
    ui.process.stdin.write(data)
    ui.process.stdin.close()
    ui.process.stdin = None


def test_the_middle_of_a_pipe(start, left_behind):
    ui = start(stdin=PIPE, stdout=PIPE)
    feed(ui, DRAFT)
    ui.wait_for(READY)
    assert "standard input" in ui.text()
    ui.press("enter")
    ui.wait_for("1 done")
    ui.press("ctrl+s")
    assert ui.ended() == 0
    assert ui.is_restored
    new, _, rest = ui.process.stdout.read().partition(b"\r\n\r\n")
    assert new.endswith(b", the gathering was delayed.")
    assert rest == DRAFT.partition(b"\r\n\r\n")[2]
    assert left_behind() == []


@pytest.mark.parametrize("keys", [["enter", "ctrl+q", "d"], ["ctrl+q"]], ids=["discarded", "none"])
def test_without_decisions_the_text_goes_on_byte_for_byte(start, keys, left_behind):
    ui = start(stdin=PIPE, stdout=PIPE)
    feed(ui, DRAFT)
    ui.wait_for(READY)
    for key in keys:
        ui.press(key)
        ui.settle()
    assert ui.ended() == 0
    assert ui.process.stdout.read() == DRAFT
    assert left_behind() == []


def test_the_result_may_go_to_a_file(start, tmp_path):
    final = tmp_path / "final.txt"
    with final.open("wb") as stream:
        ui = start(stdin=PIPE, stdout=stream)
        feed(ui, DRAFT)
        ui.wait_for(READY)
        ui.press("x", "ctrl+s")
        assert ui.ended() == 0
    assert final.read_bytes() == DRAFT


def test_a_file_whose_result_goes_on_stays_as_it_was(start, tmp_path, left_behind):
    draft = tmp_path / "draft.txt"
    draft.write_bytes(DRAFT)
    ui = start(draft, stdout=PIPE)
    ui.wait_for(READY)
    ui.press("enter")
    ui.wait_for("1 done")
    ui.press("ctrl+s")
    assert ui.ended() == 0
    result = ui.process.stdout.read()
    assert draft.read_bytes() == DRAFT != result
    assert result.splitlines()[1:] == DRAFT.splitlines()[1:]
    assert left_behind() == []


def test_the_screen_is_as_large_as_the_terminal(start):
    ui = start(stdin=PIPE, stdout=PIPE, columns=110)
    feed(ui, DRAFT)
    ui.wait_for(READY)
    ui.settle()
    titles = ui.text().splitlines()[1]
    assert len(titles) == 110 and "Document" in titles and "Variants" in titles


def test_nobody_reads_the_result(start, left_behind):
    ui = start(stdin=PIPE, stdout=PIPE)
    feed(ui, DRAFT)
    ui.wait_for(READY)
    ui.process.stdout.close()
    ui.process.stdout = None
    ui.press("ctrl+s")
    assert ui.ended() == 0
    assert "Traceback" not in ui.text()


def test_closed_streams_are_empty_ones(start, tmp_path):
    note = tmp_path / "note.txt"
    note.write_bytes(DRAFT)
    ui = start(note, within=("sh", "-c", '"$@" <&- >&-', "sh"))
    ui.wait_for(READY)
    ui.press("ctrl+q")
    assert ui.ended() == 0
    assert note.read_bytes() == DRAFT


@pytest.mark.parametrize("arguments", [[], ["-"], ["FILE"]])
def test_without_a_terminal_it_says_so(arguments, tmp_path, fake_command, left_behind):
    note = tmp_path / "note.txt"
    note.write_bytes(DRAFT)
    arguments = [str(note) if a == "FILE" else a for a in arguments]
    done = subprocess.run(
        [*fake_command, *arguments],
        input=DRAFT,
        capture_output=True,
        start_new_session=True,
        timeout=GENEROUS,
    )
    assert done.returncode == ExitCode.INPUT
    assert done.stdout == b""
    assert is_one_line(done.stderr) and b"no terminal" in done.stderr
    assert left_behind() == []


WRONG = {
    "missing": (["gone.txt"], ExitCode.INPUT, "gone.txt cannot be read"),
    "directory": (["."], ExitCode.INPUT, "is no file"),
    "binary": (["odd.bin"], ExitCode.INPUT, "binary data"),
    "nul": (["nul.txt"], ExitCode.INPUT, "binary data"),
    "bytes": (["latin.txt"], ExitCode.INPUT, "--encoding"),
    "encoding": (["good.txt", "--encoding", "x"], ExitCode.INPUT, "unknown encoding"),
    "no document": (["odd.docx"], ExitCode.INPUT, "damaged"),
    "hostile name": (["\x1b]0;gone\x07"], ExitCode.INPUT, "␛]0;gone␇"),
    "served": (["--serve", "gone.txt"], ExitCode.INPUT, "gone.txt cannot be read"),
    "two files": (["good.txt", "more.txt"], ExitCode.USAGE, "more.txt"),
    "a port alone": (["--port", "8000"], ExitCode.USAGE, "--serve"),
    "a port too far": (["--serve", "--port", "65536"], ExitCode.USAGE, "65535"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_reviewed_is_told_in_one_line(what, start, tmp_path, left_behind):
    (tmp_path / "odd.bin").write_bytes(bytes(range(256)))
    (tmp_path / "nul.txt").write_bytes(b"It rained.\0 We left.\n")
    (tmp_path / "latin.txt").write_bytes("Café.".encode("latin-1"))
    (tmp_path / "odd.docx").write_bytes(b"PK\x03\x04 is not enough")
    (tmp_path / "good.txt").write_bytes(DRAFT)
    arguments, code, words = WRONG[what]
    ui = start(*arguments, cwd=tmp_path, stderr=PIPE)
    assert ui.ended() == code
    told = ui.process.stderr.read()
    assert told.startswith(b"paraphraser-tui: ") and is_one_line(told)
    assert words in told.decode()
    assert ui.written == b""
    assert left_behind() == []


def is_one_line(text: bytes) -> bool:
    return text.endswith(b"\n") and text.count(b"\n") == 1 and b"\x1b" not in text
