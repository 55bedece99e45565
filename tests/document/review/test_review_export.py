"""A review in other shapes."""

import json
import shutil
import subprocess
import sys

import pytest
from docx_samples import docx, paragraph

from paraphraser_tui.document.review import (
    Decide,
    Decision,
    Export,
    Review,
    Status,
    Together,
    exported,
)
from paraphraser_tui.errors import InputError

TEXT = "# Rain\n\nIt *rained*. Nobody\ncame. \x1b[31mRed.\n"


@pytest.fixture
def review(tmp_path):
    path = tmp_path / "rain report.md"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    review = Review.open(path)
    poured = Decide(0, Decision(Status.EDITED, "It rained a lot."))
    review.do(Together((poured, Decide(1, Decision(Status.KEPT)))))
    yield review
    review.close()


def test_clean_is_the_document(review):
    assert exported(review, Export.CLEAN) == review.output()
    assert review.output().decode() == "\ufeff" + TEXT.replace("*rained*", "*rained* a lot")


@pytest.mark.skipif(not shutil.which("patch"), reason="no patch here")
def test_patch_makes_the_document_of_a_diff(review, tmp_path):
    diff = exported(review, Export.DIFF)
    subprocess.run(["patch", "-p0", review.path], input=diff, check=True, cwd=tmp_path)
    assert review.path.read_bytes() == review.output()


def test_a_diff_of_a_word_document_and_one_that_cannot_be(tmp_path):
    path = tmp_path / "rain.docx"
    path.write_bytes(docx(paragraph("It rained. Nobody came.")))
    review = Review.open(path)
    review.do(Decide(0, Decision(Status.ACCEPTED, "It poured.")))
    lines = exported(review, Export.DIFF).decode().splitlines()
    assert lines[3:5] == ["-It rained. Nobody came.", "+It poured. Nobody came."]
    path = tmp_path / "rain.txt"
    path.write_bytes("It rained.\n".encode("utf-16"))
    with pytest.raises(InputError, match="patch cannot read"):
        exported(Review.open(path), Export.DIFF)


def test_a_text_that_does_not_fit_is_in_no_diff(review):
    review.do(Decide(0, Decision(Status.EDITED, "It \ud800 poured.")))
    assert exported(review, Export.DIFF) == b""
    assert review.output() == review.path.read_bytes()


def test_side_by_side_is_fit_for_a_terminal(review):
    rows = exported(review, Export.SIDE_BY_SIDE).decode().splitlines()
    assert rows[0].split("  ")[0] == "It rained." and rows[0].endswith("It rained a lot.")
    assert rows[2].endswith("=") and "\x1b" not in "".join(rows)
    assert exported(Review.scratch(""), Export.SIDE_BY_SIDE) == b""


def test_jsonl_has_every_sentence(review):
    rows = [json.loads(row) for row in exported(review, Export.JSONL).splitlines()]
    assert rows[0] == {"source": "It rained.", "text": "It rained a lot.", "status": "edited"}
    assert [row["status"] for row in rows] == ["edited", "kept", "open"][: len(rows)]
    assert len(rows) == len(review.document.segments)


def test_nothing_heavy_is_imported_for_a_review():
    heavy = "ctranslate2 numpy rich textual markdown_it platformdirs".split()
    code = (
        "import sys, paraphraser_tui.document.review\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
