"""What the screens show of a document, and what their keys do to it."""

import pytest

from paraphraser_tui.document.review import Status
from paraphraser_tui.engine.fake import FakeEngine
from paraphraser_tui.engine.options import Options
from paraphraser_tui.tui.desk import Desk
from paraphraser_tui.tui.figures import figures
from paraphraser_tui.tui.widgets.marks import Look

MONDAY, HOUSE, BIG, NEVER, CALL, PEOPLE = range(6)


@pytest.fixture
def desk(letter):
    """The letter, with nothing asked yet."""
    desk = Desk(letter, Options(num=3))
    yield desk
    letter.close()


def ask(desk: Desk, *numbers: int) -> None:
    for number, sentence in desk.missing(numbers or range(len(desk.segments))):
        [result] = next(iter(FakeEngine().batches([[sentence]], desk.asked_options)))
        desk.propose(number, desk.asked_options, result)


def best(desk: Desk, number: int) -> str:
    return desk.result(number).variants[0].text


def test_a_sentence_is_marked_by_what_is_known_of_it(desk):
    assert desk.look(MONDAY) is Look.OPEN
    ask(desk)
    looks = [desk.look(n) for n in range(6)]
    assert looks == [Look.READY] * 3 + [Look.OPEN, Look.WARNED, Look.READY]
    assert desk.warnings(CALL) and not desk.warnings(MONDAY)
    desk.marked(range(6))
    assert desk.counts.warned == 1


def test_what_is_taken_stands_in_the_document(desk):
    ask(desk)
    text = best(desk, MONDAY)
    assert desk.accept(text)
    assert desk.look(MONDAY) is Look.ACCEPTED
    assert text in desk.review.output().decode()
    assert desk.texts() == {MONDAY: text}
    assert (desk.counts.decided, desk.counts.changed) == (1, 1)


def test_the_original_taken_is_a_sentence_kept(desk):
    desk.accept(desk.segments[MONDAY].source, edited=True)
    assert desk.look(MONDAY) is Look.KEPT
    assert desk.counts.changed == 0


def test_a_text_without_a_place_for_the_markup_is_refused(desk):
    desk.current = NEVER
    assert not desk.accept("Somebody saw it.")
    assert desk.review.state.status(NEVER) is Status.OPEN


def test_an_edited_sentence_is_known_as_edited(desk):
    assert desk.accept("We meet on Monday instead.", edited=True)
    assert desk.look(MONDAY) is Look.EDITED
    desk.reopen()
    assert desk.look(MONDAY) is Look.OPEN


def test_the_next_open_sentence_is_one_with_variants_or_hopes_of_them(desk):
    ask(desk)
    desk.keep()
    visited = []
    while desk.next_open():
        visited.append(desk.current)
        desk.keep()
    assert visited == [HOUSE, BIG, CALL, PEOPLE]  # for NEVER nothing was found


def test_all_without_warnings_are_accepted_in_one_step(desk):
    ask(desk)
    desk.current = HOUSE
    desk.keep()
    assert desk.accept_safe() == 3
    assert desk.look(CALL) is Look.WARNED
    assert desk.undo()
    assert desk.counts.decided == 1
    assert desk.redo()
    assert desk.counts.decided == 4
    assert desk.accept_safe() == 0


def test_undo_goes_where_it_happened(desk):
    desk.keep()
    desk.current = PEOPLE
    assert desk.undo()
    assert desk.current == MONDAY
    assert not desk.undo()


def test_what_is_frozen_is_asked_for_and_makes_old_proposals_void(desk):
    ask(desk)
    assert desk.freeze(["house", "Monday"])
    assert desk.asked_options.freeze == ("house", "Monday")
    assert desk.result(MONDAY) is None and desk.look(MONDAY) is Look.OPEN
    ask(desk, HOUSE)
    assert "house" in best(desk, HOUSE)
    assert not desk.freeze(["house", "Monday"])
    assert desk.freeze(["Monday"]) and desk.review.state.frozen == ("Monday",)


def test_other_dials_are_another_question(desk):
    ask(desk, MONDAY)
    desk.options = Options(num=3, diversity=80)
    assert desk.result(MONDAY) is None
    assert desk.look(MONDAY) is Look.READY  # something was found


def test_a_late_answer_about_another_document_is_known_by_its_source(desk):
    ask(desk, MONDAY)
    result = desk.result(MONDAY)
    assert desk.has(MONDAY, result)
    assert not desk.has(HOUSE, result)
    assert not desk.has(99, result)


def test_steps_end_at_the_ends(desk):
    assert not desk.step(-1)
    assert desk.step(5) and desk.current == PEOPLE
    assert not desk.step(1)


def test_figures_tell_what_was_done(desk):
    ask(desk)
    desk.accept_safe()
    told = list(figures(desk))
    assert told[0] == "sentences: 6, decided: 4 (4 accepted, 0 edited, 0 kept)"
    assert told[1] == "changed: 4 (67%)"
    assert any(line.startswith("meaning") for line in told)
    assert sum(line.startswith(("words", "different words", "reading ease")) for line in told) == 3


def test_figures_of_an_empty_document(letter):
    from paraphraser_tui.document.review.review import Review

    review = Review.scratch("")
    assert next(iter(figures(Desk(review, Options())))).startswith("sentences: 0")
    review.close()
