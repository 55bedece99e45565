"""What a journal brings back, whole, torn or damaged."""

import json
import os
import random
import stat

import pytest
import scripted_review as script
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui import paths
from paraphraser_tui.document.review import (
    Decide,
    Decision,
    Review,
    Status,
    journal,
    recoverable,
)
from paraphraser_tui.document.review.story import told

POURED = Decide(0, Decision(Status.ACCEPTED, "It poured."))
KEPT = Decide(1, Decision(Status.KEPT))
TEXT = "It rained. Nobody came.\n"


def crash(review):
    """The process has ended, and with it its lock."""
    review._journal.leave()


@pytest.fixture
def journals(tmp_path):
    return tmp_path / "journals"


@pytest.fixture
def story(tmp_path_factory):
    """The bytes of a journal, and the states it goes through."""
    journals, chance = tmp_path_factory.mktemp("story"), random.Random(3)
    review = Review.scratch(script.TEXT, journals=journals)
    states = [review.state]
    for _ in range(25):
        script.step(review, chance)
        states.append(review.state)
    (path,) = journals.iterdir()
    return path.read_bytes(), states


def test_a_journal_cut_at_every_byte_is_a_prefix(story):
    content, states = story
    head = content.index(b"\n") + 1
    for size in range(head):
        with pytest.raises(ValueError):
            told(content[:size])
    place = 0
    for size in range(head, len(content) + 1):
        state = told(content[:size]).history.state
        while state != states[place]:  # it only ever goes on
            place += 1
    assert state == states[-1]


@given(data=st.data())
def test_a_damaged_journal_never_raises(data, story_bytes):
    head = story_bytes.index(b"\n") + 1
    at = data.draw(st.integers(head, len(story_bytes)))
    damage = data.draw(st.binary(min_size=1, max_size=20) | st.just(b"[" * 100_000))
    found = told(story_bytes[:at] + damage + story_bytes[at + len(damage) :])
    assert head <= found.size <= len(story_bytes) + len(damage)


@pytest.fixture(scope="module")
def story_bytes(tmp_path_factory):
    journals, chance = tmp_path_factory.mktemp("bytes"), random.Random(4)
    review = Review.scratch(script.TEXT, journals=journals)
    for _ in range(10):
        script.step(review, chance)
    (path,) = journals.iterdir()
    return path.read_bytes()


@pytest.mark.parametrize(
    "line",
    [
        b"[]", b"{}", b'{"decide": 99, "status": "kept", "text": null}', b'{"thaw": 1}',
        b'{"decide": 0, "status": "good", "text": null}', b'{"together": [3]}',
        b'{"step": "undo"}', b'{"step": "back"}', b"\xff", b"\0\0",
    ],
)  # fmt: skip
def test_nothing_is_read_behind_a_line_that_cannot_be(line, journals):
    review = Review.scratch(TEXT, journals=journals)
    review.do(POURED)
    review.undo()
    (path,) = journals.iterdir()
    review.do(KEPT)
    good = path.read_bytes().replace(b'{"step": "undo"}\n', b"")
    head, first, _ = good.splitlines(keepends=True)
    if line == b'{"step": "undo"}':
        first = b""
    assert told(head + first + line + b"\n" + first).size == len(head + first)


@pytest.mark.parametrize(
    ("field", "value"), [("journal", 2), ("format", "papyrus"), ("sentences", "2"), ("name", None)]
)
def test_a_head_that_is_not_understood_is_left_alone(field, value, journals):
    review = Review.scratch(TEXT, journals=journals)
    review.do(POURED)
    crash(review)
    (path,) = journals.iterdir()
    head, rest = path.read_bytes().split(b"\n", 1)
    path.write_bytes(json.dumps(json.loads(head) | {field: value}).encode() + b"\n" + rest)
    assert recoverable(journals) == [] and path.exists()


def test_a_journal_is_private_and_where_it_belongs():
    review = Review.scratch(TEXT)
    review.do(POURED)
    folder = paths.state_dir() / "reviews"
    (path,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    review.close()
    assert list(folder.iterdir()) == []


def test_a_failing_journal_does_not_stop_the_review_and_catches_up(journals, monkeypatch):
    review = Review.scratch(TEXT, journals=journals)
    review.do(POURED)
    write, full = os.write, OSError(28, "No space left on device")

    def half(handle, data):
        if len(data) < 5:
            raise full
        return write(handle, data[: len(data) // 2])

    monkeypatch.setattr(journal.os, "write", half)
    review.do(KEPT)
    review.undo()
    assert "No space left" in review.journal_error and not review.state.decisions.get(1)
    monkeypatch.undo()
    review.redo()
    assert review.journal_error is None
    crash(review)
    assert recoverable(journals)[0].restore().state == review.state


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    review = Review.scratch(TEXT, journals=tmp_path / "file" / "journals")
    review.do(POURED)
    assert review.journal_error and "\n" not in review.journal_error
    assert review.text(0) == "It poured."
    review.close()
