"""Reviews that were cut off: which are offered, and how they go on."""

import pytest

from paraphraser_tui.document.formats import Format
from paraphraser_tui.document.review import (
    Decide,
    Decision,
    Freeze,
    Reopen,
    Review,
    Status,
    Together,
    recoverable,
)
from paraphraser_tui.errors import InputError

POURED = Decide(0, Decision(Status.ACCEPTED, "It poured."))
KEPT = Decide(1, Decision(Status.KEPT))
TEXT = "It rained. Nobody came.\n"


def crash(review):
    """The process has ended, and with it its lock."""
    review._journal.leave()


@pytest.fixture
def journals(tmp_path):
    return tmp_path / "journals"


def test_a_review_comes_back_and_goes_on(tmp_path, journals):
    path = tmp_path / "rain.md"
    path.write_text(TEXT)
    review = Review.open(path, journals=journals)
    review.do(Together((POURED, KEPT)))
    review.do(Freeze("rain"))
    review.undo()
    crash(review)
    path.write_text("Something else.\n")

    (found,) = recoverable(journals)
    assert (found.name, found.path, found.decisions) == ("rain.md", path, 2)
    back = found.restore()
    assert (back.state, back.format, back.can_redo) == (review.state, Format.MARKDOWN, True)
    assert back.output() == b"It poured. Nobody came.\n" and back.dirty
    assert back.changed_on_disk()
    back.redo()
    back.do(Reopen(1))
    crash(back)
    again = recoverable(journals)[0].restore()
    assert again.state == back.state
    again.close()
    assert list(journals.iterdir()) == []


def test_a_torn_end_is_cut_off_before_the_review_goes_on(journals):
    review = Review.scratch(TEXT, journals=journals)
    review.do(POURED)
    crash(review)
    (path,) = journals.iterdir()
    with path.open("ab") as stream:
        stream.write(b'{"decide": 1, "stat')
    back = recoverable(journals)[0].restore()
    back.do(KEPT)
    crash(back)
    assert set(recoverable(journals)[0].restore().state.decisions) == {0, 1}


def test_a_journal_in_use_is_nobody_elses(tmp_path, journals):
    path = tmp_path / "rain.txt"
    path.write_text(TEXT)
    first, second = (Review.open(path, journals=journals) for _ in range(2))
    first.do(POURED)
    assert recoverable(journals) == []
    second.do(KEPT)
    assert len(list(journals.iterdir())) == 2 and recoverable(journals) == []
    crash(first)
    (found,) = recoverable(journals)
    back = found.restore()
    with pytest.raises(InputError, match="in use"):
        found.restore()
    found.discard()
    back.close()
    with pytest.raises(InputError, match="in use or gone"):
        found.restore()
    assert len(list(journals.iterdir())) == 1  # of the second, which goes on


def test_what_is_discarded_is_gone(journals):
    review = Review.scratch(TEXT, journals=journals)
    review.do(POURED)
    crash(review)
    recoverable(journals)[0].discard()
    assert list(journals.iterdir()) == []


def test_a_review_with_nothing_unsaved_is_not_offered(tmp_path, journals):
    looked_at = Review.scratch(TEXT, journals=journals)
    crash(looked_at)
    assert not journals.exists()
    review = Review.scratch(TEXT, journals=journals)
    review.do(POURED)
    review.save(tmp_path / "poured.txt")
    crash(review)
    assert recoverable(journals) == [] and list(journals.iterdir()) == []


def test_what_was_saved_is_known_after_a_crash(tmp_path, journals):
    path = tmp_path / "rain.txt"
    path.write_text(TEXT)
    review = Review.open(path, journals=journals)
    review.do(POURED)
    review.save()
    review.do(Decide(1, Decision(Status.EDITED, "No one came.")))
    crash(review)
    back = recoverable(journals)[0].restore()
    assert (back.unsaved, back.changed_on_disk()) == (1, False)
    back.undo()
    assert not back.dirty
    back.redo()
    back.save()
    assert path.with_name("rain.txt~").read_text() == TEXT  # not the version of between
    back.close()


def test_another_cut_into_sentences_is_refused(journals, monkeypatch):
    review = Review.scratch(TEXT, journals=journals)
    review.do(POURED)
    crash(review)
    (found,) = recoverable(journals)
    monkeypatch.setattr("paraphraser_tui.document.review.review.digest", lambda document: "other")
    for _ in range(2):  # and it is free again
        with pytest.raises(InputError, match="another version"):
            found.restore()
