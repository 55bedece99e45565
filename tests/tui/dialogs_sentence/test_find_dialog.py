"""Finding a sentence as you type."""

import pytest
from sentence_host import NOT_YET, Host

from paraphraser_tui.tui.dialogs.sentence.find import FindDialog

TEXTS = ["One costs 2.", "It is free.", "COSTS rise.", "Odd \x1b[31m\u202e [b]costs.", "Ends."]
MANY = 10_000


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("costs", [0, 2, 3]),
        ("Costs 2.", [0]),
        ("[b]", [3]),
        (".", [0, 1, 2, 3, 4]),
        ("x", []),
    ],
)
def test_what_matches(query, numbers):
    assert list(FindDialog(TEXTS, 0).matching(query)) == numbers


async def test_enter_goes_to_the_marked_sentence():
    host = Host(FindDialog(TEXTS, 1))
    async with host.run_test(size=(80, 24)) as pilot:

        async def marked(*keys):
            await pilot.press(*keys)
            return host.dialog.found.number

        assert await marked() == 1
        assert await marked("down") == 2
        assert await marked(*"costs") == 2
        assert await marked("down") == 3
        assert await marked("down") == 3
        assert await marked("pageup") == 0
        assert await marked("tab", "end") == 3
        assert await marked("k", "k", "j") == 2
        await pilot.press("enter")
    assert host.answer == 2


async def test_matches_are_counted_and_listed_safely():
    host = Host(FindDialog(TEXTS, 1))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"costs")
        await pilot.pause()
        assert "2 of 3" in host.shown
        assert "Odd ␛[31m\ufffd [b]costs." in host.shown
        assert not set("\x1b\u202e") & set(host.shown)
        assert "Ends." not in host.shown
        await pilot.press(*" nothing")
        await pilot.pause()
        assert "nothing found" in host.shown
        await pilot.press("up", "down", "pageup", "enter")
        assert host.answer is NOT_YET
        await pilot.press("escape")
    assert host.answer is None


async def test_a_hit_far_to_the_right_comes_into_view():
    host = Host(FindDialog(["word " * 40 + "needle " + "word " * 40], 0))
    async with host.run_test(size=(80, 24)) as pilot:
        assert "needle" not in host.shown
        await pilot.press(*"needle")
        await pilot.pause()
        assert "1  …word word word word needle word" in host.shown


async def test_a_click_goes_there():
    host = Host(FindDialog(TEXTS, 0))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.click("Lines", offset=(20, 10))
        assert host.answer is NOT_YET
        await pilot.click("Lines", offset=(20, 2))
    assert host.answer == 2


async def test_of_many_sentences_only_those_in_view_are_drawn():
    drawn = set()

    class Watched(FindDialog):
        def line(self, number, width):
            drawn.add(number)
            return super().line(number, width)

    host = Host(Watched([f"sentence {n}" for n in range(MANY)], 5000))
    async with host.run_test(size=(80, 24)) as pilot:
        assert "5001 of 10000" in host.shown
        await pilot.press(*"9", "tab", "end")
        await pilot.pause()
        assert "10000  sentence 9999" in host.shown
        assert len(drawn) < 200
        await pilot.press("pageup", "pagedown", "enter")
    assert host.answer == MANY - 1


async def test_there_may_be_no_sentences():
    host = Host(FindDialog([], 0))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"a", "enter", "escape")
    assert host.answer is None


async def test_the_list_begins_with_what_is_around_the_present_sentence():
    host = Host(FindDialog([f"sentence {n}." for n in range(100)], 50))
    async with host.run_test(size=(80, 24)):
        for near in ("sentence 47.", "sentence 53."):
            assert near in host.shown
