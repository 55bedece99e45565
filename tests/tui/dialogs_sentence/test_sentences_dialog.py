"""The jump list, and the statistics."""

import pytest
from sentence_host import Host
from textual.widgets import Tabs

from paraphraser_tui.document.review import Status
from paraphraser_tui.tui.dialogs.sentence.sentences import (
    SentenceRow,
    SentencesDialog,
    Show,
)
from paraphraser_tui.tui.dialogs.sentence.statistics import StatisticsDialog

ROWS = (
    SentenceRow(0, "Apples fall.", Status.OPEN),
    SentenceRow(1, "Pears [b]ripen\x1b[2J.", Status.ACCEPTED, ("a number",)),
    SentenceRow(2, "Plums rot.", Status.EDITED),
    SentenceRow(3, "Cherries 2 fall.", Status.OPEN, ("a name", "a date")),
    SentenceRow(4, "Grapes.", Status.KEPT),
)


def test_every_state_can_be_listed():
    assert {show.value for show in Show} == {*Status, "all", "warnings"}


async def test_what_became_of_each_sentence_is_listed():
    host = Host(SentencesDialog(ROWS, 2))
    async with host.run_test(size=(80, 24)):
        for text in (
            "1  open       Apples fall.",
            "2  accepted ! Pears [b]ripen␛[2J.",
            "5  kept       Grapes.",
            "all 5  open 2  accepted 1  edited 1  kept 1  warnings 2",
            "3 of 5",
        ):
            assert text in host.shown
        assert "\x1b" not in host.shown


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("FALL", [0, 3]),
        ("5", [4]),
        (" 2 ", [1, 3]),  # the second sentence, and the one with a 2 in it
    ],
)
def test_what_matches(query, numbers):
    assert SentencesDialog(ROWS).matching(query) == numbers


async def test_the_list_is_narrowed_down_by_state():
    host = Host(SentencesDialog(ROWS, 2))
    async with host.run_test(size=(80, 24)) as pilot:

        async def listed(*keys):
            await pilot.press(*keys)
            await pilot.pause()
            return list(host.dialog.found.items)

        assert await listed("ctrl+n") == [0, 3]
        assert await listed("ctrl+n") == [1]
        assert await listed(*["ctrl+n"] * 3) == [1, 3]
        assert await listed("shift+tab", "left") == [4]
        assert await listed("right", "right") == [0, 1, 2, 3, 4]
        await pilot.press("tab", *"rot", "enter")
    assert host.answer == 2


async def test_states_can_be_clicked_on():
    host = Host(SentencesDialog(ROWS))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.click("#kept")
        await pilot.pause()
        assert host.dialog.query_one(Tabs).active == "kept"
        assert "Apples" not in host.shown
        await pilot.click("#choose")
    assert host.answer == 4


@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_statistics_are_shown_and_closed(key):
    host = Host(StatisticsDialog(["words: [b]12[/b]", "odd: \x1b[2J", *["more"] * 60]))
    async with host.run_test(size=(80, 24)) as pilot:
        assert "words: [b]12[/b]" in host.shown
        assert "odd: ␛[2J" in host.shown
        assert "Close" in host.shown
        await pilot.press(key)
    assert host.answer is None
