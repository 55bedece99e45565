"""Documents of every format through the command, in every view."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from paraphraser_tui.document.formats import read

MARKDOWN = """# A heading stays

Some *plain* words are in here. See [the page](http://x.y/) for more.

    code stays

- It rained.
"""
REWRITTEN = """# A heading stays

SOME *PLAIN* WORDS ARE IN HERE. SEE [the page](http://x.y/) FOR MORE.
"""


@pytest.fixture
def notes(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text("# It stays\n\nIt *all* rained on.\n\n    it is code\n\nWe left.\n")
    return path


def test_the_name_tells_the_format(paraphrase, notes):
    done = paraphrase(notes)
    # The fake writes capitals: what the words "all" was, is not there to be set in italics.
    assert done.out.decode() == "# It stays\n\nIt *all* rained on.\n\n    it is code\n\nWE LEFT.\n"
    assert done.engines[0].groups == [["It all rained on.", "We left."]]


def test_the_format_can_be_named(paraphrase, notes):
    done = paraphrase(notes, "--input-format", "plain")
    assert b"IT *ALL* RAINED ON." in done.out and b"IT IS CODE" in done.out
    page = b"<p>It rained.</p><pre>it is code</pre>"
    assert paraphrase("--input-format", "html", stdin=page).out == page.replace(
        b"It rained.", b"IT RAINED."
    )


def test_a_kept_sentence_says_that_its_markup_has_no_place(paraphrase, notes):
    assert (
        "sentence 1 kept: no candidate passed the checks (markup 1)" in paraphrase("-v", notes).err
    )


def test_tab_separated_values(paraphrase):
    done = paraphrase("--format", "tsv", "-n", "2", stdin=b"It rained.\n\nKEEP it.\n")
    rows = [line.split("\t") for line in done.out.decode().splitlines()]
    assert rows[0] == "sentence variant source text meaning change fluency note".split()
    assert {len(row) for row in rows} == {8}
    assert rows[-1][:4] == ["2", "0", "KEEP it.", "KEEP it."]
    assert [row[1] for row in rows[1:3]] == ["1", "2"] and rows[2][7] == "doubtful"


def test_a_diff_can_be_patched(paraphrase, notes, tmp_path):
    done = paraphrase("--diff", notes)
    lines = done.out.decode().splitlines()
    assert lines[:2] == [f"--- {notes}\t", f"+++ {notes}\t"]
    assert [line for line in lines[2:] if line[0] in "+-"] == ["-We left.", "+WE LEFT."]
    assert paraphrase("--diff", stdin=b"KEEP it.\n").out == b""
    if shutil.which("patch"):
        wanted = paraphrase(notes).out
        subprocess.run(["patch", "-p0", "-s", str(notes)], input=done.out, check=True)
        assert notes.read_bytes() == wanted


def test_a_diff_of_several_files(paraphrase, notes, tmp_path):
    other = tmp_path / "other.txt"
    other.write_bytes("\ufeffIt rained.\r\nCafé is open.".encode())
    out = paraphrase("--format", "diff", notes, other).out.decode()
    assert out.count("--- ") == 2
    assert "-\ufeffIt rained.\r\n" in out and "\\ No newline at end of file\n" in out


def test_a_diff_of_what_patch_cannot_read(paraphrase):
    done = paraphrase("--diff", stdin="\ufeffIt rained.".encode("utf-16-le"))
    assert done.code == 4 and "utf-16" in done.err
    assert paraphrase("--diff", "-n", "2", stdin=b"It rained.").code == 2


def test_side_by_side(paraphrase, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    done = paraphrase(
        "--format", "side-by-side", stdin=b"It rained all day and night.\n\nKEEP it.\n"
    )
    assert done.out.decode() == (
        "It rained all day   IT RAINED ALL DAY\nand night.          AND NIGHT.\n\n"
        "KEEP it.            =\n\n"
    )


def test_a_report(paraphrase):
    done = paraphrase("--report", stdin=b"It rained. KEEP it.\n")
    assert done.out == b"IT RAINED. KEEP it.\n"
    assert "paraphrase: sentences: 2, reworded: 1 (50%)" in done.err
    assert "reading ease" in done.err


def test_json_is_whole_when_a_later_text_is_binary(paraphrase, tmp_path):
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_text("It rained.")
    bad.write_bytes(b"\0\1")
    done = paraphrase("--format", "json", good, bad)
    assert done.code == 4
    assert len(json.loads(done.out)) == 1


WORD = Path(__file__).parents[1] / "document" / "data" / "libreoffice.docx"


def sentences(data):
    return [segment.source for segment in read(data).document.segments]


def test_a_word_document(paraphrase, tmp_path):
    done = paraphrase(WORD, "-o", tmp_path / "new.docx")
    assert (done.code, done.err) == (0, "")
    before, after = sentences(WORD.read_bytes()), sentences((tmp_path / "new.docx").read_bytes())
    reworded = [new for old, new in zip(before, after, strict=True) if new == old.upper() != old]
    assert reworded and set(after) <= set(before) | {old.upper() for old in before}
    # By its content, and to a pipe.
    assert paraphrase(stdin=WORD.read_bytes()).out == (tmp_path / "new.docx").read_bytes()


def test_a_word_document_in_other_views(paraphrase):
    before = sentences(WORD.read_bytes())
    rows = paraphrase("--format", "jsonl", WORD).out.decode().splitlines()
    assert [json.loads(row)["source"] for row in rows] == before
    assert f"--- {WORD}\t" in paraphrase("--diff", WORD).out.decode()


def test_word_documents_that_make_no_sense(paraphrase, tmp_path):
    done = paraphrase(WORD, WORD)
    assert done.code == 2 and "--output-dir" in done.err
    (tmp_path / "no.docx").write_bytes(b"PK\3\4" + bytes(60))
    done = paraphrase(tmp_path / "no.docx")
    assert done.code == 4 and done.err.count("\n") == 1
    done = paraphrase("--input-format", "docx", stdin=b"It rained.")
    assert done.code == 4 and done.err.count("\n") == 1
