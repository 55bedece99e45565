"""A review from its file and back: what is kept, what is noticed."""

import os
import stat
import time

import pytest
from docx_samples import body, docx, paragraph

from paraphraser_tui.document.formats import Format
from paraphraser_tui.document.review import (
    Action,
    Decide,
    Decision,
    Freeze,
    Reopen,
    Review,
    Status,
    Together,
)
from paraphraser_tui.errors import InputError, OutputError

TEXT = "It rained. Nobody came.\n"
DO_MAX = 0.005  # seconds on a large document


def poured(number: int = 0, text: str = "It poured.") -> Action:
    return Decide(number, Decision(Status.ACCEPTED, text))


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "rain.txt").write_text(TEXT)
    return folder / "rain.txt"


def names(path):
    return sorted(entry.name for entry in path.parent.iterdir())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("\r\n  It rained.\r\nNobody  came.  \r\n\r\n\tYes.", "utf-8"),
        ("It rained.\rNobody came at all.\r", "utf-8-sig"),
        ("It rained. “Nobody” came.\n", "utf-16"),
    ],
)
def test_all_else_stays_byte_for_byte(text, encoding, path):
    path.write_bytes(text.encode(encoding))
    path.chmod(0o640)
    review = Review.open(path)
    assert review.output() == path.read_bytes()
    review.do(poured())
    review.save()
    assert path.read_bytes() == text.replace("It rained.", "It poured.").encode(encoding)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(path) == ["rain.txt", "rain.txt~"]
    review.close()


def test_a_named_encoding_and_what_it_cannot_store(path):
    path.write_bytes("It rained at the café.\n".encode("latin-1"))
    review = Review.open(path, encoding="latin-1")
    assert review.fits(0, "It poured at the café.")
    assert not review.fits(0, "It rained → café.")
    assert not review.fits(0, " ")
    review.do(poured(text="At the café it poured."))
    assert review.output() == "At the café it poured.\n".encode("latin-1")


def test_a_link_stays_a_link(path):
    link = path.with_name("link.txt")
    link.symlink_to("rain.txt")
    review = Review.open(link)
    review.do(poured())
    assert review.save() == link and link.is_symlink()
    assert path.read_text() == "It poured. Nobody came.\n"
    assert not review.changed_on_disk()


def test_a_word_document(path):
    file = path.with_name("rain.docx")
    file.write_bytes(docx(paragraph("It rained. Nobody came.")))
    review = Review.open(file)
    assert review.format is Format.DOCX and review.output() == file.read_bytes()
    review.do(poured())
    review.save()
    assert "It poured. Nobody came." in body(file.read_bytes())
    assert Review.open(file).text(0) == "It poured."


def test_format_by_contents_by_name_or_as_told(path):
    hidden = path.with_name("letter.txt")
    hidden.write_bytes(docx(paragraph("It rained.")))
    markdown = path.with_name("letter.md")
    markdown.write_text("# It\n\nIt *rained*.\n")
    assert Review.open(hidden).format is Format.DOCX
    assert Review.open(markdown).text(0) == "It rained."
    assert Review.open(markdown, format=Format.PLAIN).text(0) != "It rained."


@pytest.mark.parametrize("make", ["missing", "folder", "pipe", "binary", "nul"])
def test_what_cannot_be_opened(make, tmp_path):
    path = tmp_path / "it"
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    elif make == "binary":
        path.write_bytes(b"\0\1")
    elif make == "nul":
        path = tmp_path / "a\0b"
    with pytest.raises(InputError) as caught:
        Review.open(path)
    assert "\n" not in str(caught.value)


def test_only_the_first_version_is_backed_up(path):
    review = Review.open(path)
    for text in ("It poured.", "It drizzled.", "It hailed."):
        review.do(poured(text=text))
        review.save()
    assert path.with_name("rain.txt~").read_text() == TEXT
    other = Review.open(path)
    other.do(poured())
    other.save(backup=False)
    other.save()
    assert path.with_name("rain.txt~").read_text() == TEXT


def test_dirty_is_what_the_file_has_otherwise(path):
    review = Review.open(path)
    review.do(Together((Freeze("rain"), Decide(1, Decision(Status.KEPT)))))
    review.do(poured(text="It rained."))
    assert not review.dirty
    review.do(poured())
    assert (review.dirty, review.unsaved) == (True, 1)
    review.save()
    assert not review.dirty
    review.do(Reopen(0))
    assert review.dirty and review.text(0) == "It rained."
    review.undo()
    assert not review.dirty
    review.undo()
    assert review.dirty
    review.redo()
    assert not review.dirty


def test_a_text_without_a_file(path):
    review = Review.scratch(TEXT)
    assert (review.name, review.path, review.changed_on_disk()) == ("scratch", None, False)
    with pytest.raises(OutputError, match="no file"):
        review.save()
    review.do(poured())
    target = path.with_name("new.txt")
    assert review.save(target) == target
    assert (review.name, review.path, review.dirty) == ("new.txt", target, False)
    review.do(poured(1, "No one came."))
    review.save()
    assert target.read_text() == "It poured. No one came.\n"
    assert names(path) == ["new.txt", "rain.txt"]  # nobody else's version was lost
    with pytest.raises(InputError):
        Review.scratch("\ud800 rained.")


def test_a_change_on_disk_is_noticed(path):
    review = Review.open(path)
    assert not review.changed_on_disk()
    os.utime(path, ns=(1, 1))
    assert not review.changed_on_disk()  # touched, but the same
    path.write_text(TEXT.replace("rained", "snowed"))
    assert review.changed_on_disk() and review.changed_on_disk()
    review.do(poured())
    review.save()
    assert not review.changed_on_disk()
    path.unlink()
    assert review.changed_on_disk()


def test_a_failure_leaves_the_file_and_the_decisions(path, monkeypatch):
    review = Review.open(path)
    review.do(poured())

    def full(handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("paraphraser_tui.saving.os.fsync", full)
        with pytest.raises(OutputError, match="No space left") as caught:
            review.save()
    assert "\n" not in str(caught.value)
    assert path.read_text() == TEXT and names(path) == ["rain.txt"]
    assert review.dirty and not review.changed_on_disk()
    review.save()
    assert path.with_name("rain.txt~").read_text() == TEXT


@pytest.mark.parametrize("name", ["no/such", "folder", "a\0b"])
def test_a_place_that_cannot_be_written(name, path):
    path.with_name("folder").mkdir()
    review = Review.open(path)
    with pytest.raises(OutputError, match="cannot be written"):
        review.save(path.parent / name)
    assert review.path == path


def test_a_long_name(path):
    long = path.with_name("r" * 250 + ".txt")
    review = Review.scratch(TEXT)
    review.save(long)
    assert long.read_text() == TEXT


def test_a_sentence_that_is_not_there():
    review = Review.scratch(TEXT)
    for number in (-1, 2):
        with pytest.raises(IndexError):
            review.do(Together((poured(), poured(number))))
    assert not review.can_undo and review.undo() is None and review.redo() is None


def test_deciding_is_quick_in_a_large_document(monkeypatch):
    monkeypatch.setattr("paraphraser_tui.document.review.journal.os.fsync", lambda handle: None)
    count = 10_000
    review = Review.scratch("".join(f"Sentence {n} says that it rained.\n\n" for n in range(count)))
    everything = tuple(poured(n, f"It rained, says sentence {n}.") for n in range(count))
    review.do(Together(everything))
    assert review.unsaved == count
    times = []
    for number in range(25):
        start = time.process_time()
        review.do(Reopen(number))
        times.append(time.process_time() - start)
    assert sorted(times)[len(times) // 2] < DO_MAX
    review.close()
