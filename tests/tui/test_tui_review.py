"""Every key of the review, on an engine without a model."""

import pytest

from paraphraser_tui.document.review import Status
from paraphraser_tui.tui.dialogs.sentence.mix import MixDialog
from paraphraser_tui.tui.dialogs.sentence.word import WordDialog
from paraphraser_tui.tui.mixing import Mix
from paraphraser_tui.tui.screens.keys import TOPICS
from paraphraser_tui.tui.widgets.dials_panel import DialsPanel
from paraphraser_tui.tui.widgets.document_view import DocumentView
from paraphraser_tui.tui.widgets.variant_list import VariantList

MONDAY, HOUSE, BIG, NEVER, CALL, PEOPLE = range(6)


def statuses(ui) -> list[str]:
    return [str(ui.desk.review.state.status(n)) for n in range(6)]


async def test_enter_takes_the_marked_variant_and_goes_on(started, letter):
    async with started(letter) as ui:
        variants = ui.app.screen.query_one(VariantList).variants
        assert len(variants) == 3
        await ui.press("down", "enter")
        assert ui.desk.review.text(MONDAY) == variants[1].text
        assert ui.desk.current == HOUSE
        assert variants[1].text.split(",")[0] in ui.text()


async def test_a_number_takes_that_variant(started, letter):
    async with started(letter) as ui:
        text = ui.app.screen.query_one(VariantList).variants[2].text
        await ui.press("3")
        assert ui.desk.review.text(MONDAY) == text


async def test_keep_reopen_undo_and_redo(started, letter):
    async with started(letter) as ui:
        await ui.press("x", "x")
        assert statuses(ui)[:3] == ["kept", "kept", "open"]
        await ui.press("u")
        assert statuses(ui)[:2] == ["kept", "open"] and ui.desk.current == HOUSE
        await ui.press("U")
        assert statuses(ui)[1] == "kept"
        await ui.press("backspace")
        assert statuses(ui)[1] == "open"
        await ui.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert set(statuses(ui)) == {"open"}
        assert "nothing to undo" in str([n.message for n in ui.app._notifications])


async def test_ways_through_the_document(started, letter):
    async with started(letter) as ui:
        await ui.press("n", "n")
        assert ui.desk.current == BIG
        await ui.press("p")
        assert ui.desk.current == HOUSE
        await ui.press("x", "p", "space")
        assert ui.desk.current == BIG
        await ui.press("right", "left")
        assert ui.desk.current == BIG
        assert ui.app.screen.query_one(DocumentView).current == BIG


async def test_a_sentence_without_variants_says_why(started, letter):
    async with started(letter) as ui:
        await ui.press("n", "n", "n")
        assert ui.desk.current == NEVER
        assert "Stays as it is: no candidate passed" in ui.text() or "Stays as it is" in ui.text()


async def test_all_and_accept_all_that_are_safe(started, letter):
    async with started(letter) as ui:
        await ui.press("a", "A")
        assert statuses(ui) == ["accepted"] * 3 + ["open", "open", "accepted"]
        await ui.press("u")
        assert set(statuses(ui)) == {"open"}


async def test_a_run_can_be_cancelled_while_the_user_goes_on(started, letter, engine):
    from paraphraser_tui.engine.fake import Gate

    async with started(letter) as ui:
        ui.desk.proposals.clear()
        gate = engine.gate = Gate()
        await ui.press("a")
        gate.wait_for_call()
        assert "▕" in ui.text()
        await ui.press("x")  # a key while the engine is busy
        assert statuses(ui)[MONDAY] == "kept"
        await ui.press("a")
        engine.gate = None
        gate.let_through(9)
        await ui.settle()
        assert "▕" not in ui.text()
        assert ui.desk.proposals.newest(PEOPLE) is None


async def test_dials_act_at_once(started, letter):
    async with started(letter) as ui:
        before = ui.app.screen.query_one(VariantList).variants
        await ui.press("plus")
        assert ui.desk.options.diversity == 65
        assert ui.app.screen.query_one(VariantList).variants != before
        await ui.press("minus")
        assert ui.app.screen.query_one(VariantList).variants == before
        await ui.press("d")
        panel = ui.app.screen.query_one(DialsPanel)
        assert panel.display and panel.has_focus_within
        await ui.press("right")
        await ui._pilot.pause(0.3)  # a dial counts as set after a moment
        await ui.settle()
        assert ui.desk.options.diversity == 55
        await ui.press("enter")  # back to the variants, and nothing is taken
        assert ui.app.focused is ui.app.screen.query_one(VariantList)
        assert statuses(ui)[MONDAY] == "open"
        await ui.press("d")
        assert not panel.display and ui.app.focused is ui.app.screen.query_one(VariantList)


async def test_others_are_drawn_for_this_sentence_only(started, letter, engine):
    async with started(letter) as ui:
        before = ui.app.screen.query_one(VariantList).variants
        asked = engine.asked.count(letter.document.segments[MONDAY].source)
        await ui.press("r")
        assert engine.asked.count(letter.document.segments[MONDAY].source) == asked + 1
        await ui.press("n", "p")
        assert ui.app.screen.query_one(VariantList).variants == before


async def test_no_sentence_is_asked_for_twice(started, letter, engine):
    async with started(letter) as ui:
        await ui.press("n", "n", "n", "n", "p")
        assert len(engine.asked) == len(set(engine.asked)) == 6


async def test_edit_by_hand(started, letter):
    async with started(letter) as ui:
        await ui.press("e", "f7")  # selects all
        await ui.type("We meet on Monday.")
        await ui.press("ctrl+s")
        assert ui.desk.review.text(MONDAY) == "We meet on Monday."
        assert ui.desk.review.state.status(MONDAY) is Status.EDITED
        assert ui.desk.current == HOUSE
        await ui.press("e", "escape")
        assert ui.desk.review.state.status(HOUSE) is Status.OPEN


async def test_word_by_word(started, letter):
    async with started(letter) as ui:
        await ui.press("w")
        assert isinstance(ui.app.screen, WordDialog)
        await ui.press("right", "enter", "ctrl+s")
        assert ui.desk.review.text(MONDAY).split()[1] == "another"
        assert ui.desk.review.state.status(MONDAY) is Status.EDITED


async def test_a_locked_beginning(started, letter):
    async with started(letter) as ui:
        await ui.press("w", "right", "right", "l")
        beginning = " ".join(ui.app.screen.step.text.split()[:3])
        await ui.press("enter", "ctrl+s")
        assert ui.desk.review.text(MONDAY).startswith(beginning)
        assert ui.desk.review.state.status(MONDAY) is not Status.OPEN


async def test_terms_frozen_for_the_whole_document(started, letter):
    async with started(letter) as ui:
        await ui.press("f")
        await ui.type("house")
        await ui.press("enter", "ctrl+s")
        assert letter.state.frozen == ("house",)
        await ui.press("n")
        variants = ui.app.screen.query_one(VariantList).variants
        assert all("house" in variant.text for variant in variants)


@pytest.mark.parametrize("key", ["s", "slash"])
async def test_jump_by_list_or_search(started, letter, key):
    async with started(letter) as ui:
        await ui.press(key)
        await ui.type("people")
        await ui.press("enter")
        assert ui.desk.current == PEOPLE


async def test_compare_and_jump(started, letter):
    async with started(letter) as ui:
        await ui.press("n", "enter", "p", "p", "c")
        assert "1 changed sentences of 6" in ui.text()
        await ui.press("enter")
        assert ui.desk.current == HOUSE


async def test_statistics(started, letter):
    async with started(letter) as ui:
        await ui.press("enter", "i")
        assert "sentences: 6, decided: 1" in ui.text()
        await ui.press("escape")


async def test_a_click_on_a_sentence_goes_there(started, letter):
    async with started(letter) as ui:
        view = ui.app.screen.query_one(DocumentView)
        rows = ui.text().splitlines()
        row = next(y for y, line in enumerate(rows) if "It was very big" in line)
        await ui.click(offset=(rows[row].index("very"), row))
        assert view.current == BIG == ui.desk.current


async def test_an_error_of_the_engine_is_told_and_the_rest_goes_on(started, letter, engine):
    engine.failing = "house"
    async with started(letter) as ui:
        await ui.press("n")
        assert "cannot say 'house'" in ui.text()
        await ui.press("n")
        assert ui.app.screen.query_one(VariantList).variants


async def test_help_lists_every_key(started, letter):
    async with started(letter) as ui:
        await ui.press("question_mark")
        listed = [row for group in ui.app.screen._groups for row in group.rows]
        assert {about for _, about in listed} == {
            key.tooltip or key.description for keys in TOPICS.values() for key in keys
        }


async def test_what_was_copied_is_the_variant(started, letter):
    async with started(letter) as ui:
        await ui.press("y")
        assert ui.app.clipboard == ui.app.screen.query_one(VariantList).variants[0].text


async def test_keys_without_a_document_do_nothing(started):
    async with started(None) as ui:
        await ui.press("escape")
        for key in (
            "enter",
            "x",
            "e",
            "w",
            "m",
            "r",
            "n",
            "space",
            "s",
            "c",
            "i",
            "a",
            "A",
            "u",
            "f",
        ):
            await ui.press(key)
        assert ui.app.screen is ui.app.review_screen
        await ui.press("ctrl+s")
        assert "no document" in str([n.message for n in ui.app._notifications])


async def test_the_beginning_of_one_variant_and_the_end_of_another(started, letter):
    async with started(letter) as ui:
        first, second, third = (v.text for v in ui.app.screen.query_one(VariantList).variants)
        source = ui.desk.segments[MONDAY].source
        await ui.press("m")
        dialog = ui.app.screen
        assert isinstance(dialog, MixDialog) and dialog.mix == Mix.of(first, second)
        await ui.press("3")
        assert dialog.mix == Mix.of(first, third)
        await ui.press("0", "right", "space")
        assert dialog.mix == Mix.of(first, source).move(1).switch()
        await ui.press("enter")
        assert ui.desk.review.text(MONDAY) == dialog.mix.text not in (first, source)
        assert ui.desk.review.state.status(MONDAY) is Status.EDITED
        await ui.press("u")
        assert ui.desk.review.state.status(MONDAY) is Status.OPEN
        await ui.press("m", "space", "escape")
        assert ui.desk.review.state.status(MONDAY) is Status.OPEN


async def test_a_mixture_that_is_a_variant_is_one(started, letter):
    async with started(letter) as ui:
        await ui.press("down", "m", "enter")
        assert ui.desk.review.state.status(MONDAY) is Status.ACCEPTED


async def test_a_sentence_without_variants_is_mixed_with_what_it_was(started, letter):
    async with started(letter) as ui:
        await ui.press("n", "n", "n", "m")
        assert "no other text" in str([n.message for n in ui.app._notifications])
        assert ui.app.screen is ui.app.review_screen
