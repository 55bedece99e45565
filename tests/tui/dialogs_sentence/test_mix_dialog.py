"""Mixing two wordings of a sentence."""

from sentence_host import NOT_YET, Host

from paraphraser_tui.tui.dialogs.sentence.mix import SAME, MixDialog, Wording
from paraphraser_tui.tui.dialogs.sentence.mix_line import NOWHERE, Mixture
from paraphraser_tui.tui.mixing import Mix

SOURCE = "We agreed to meet again in May."
FIRST = "We decided to meet once more in May."
SECOND = "It was agreed to meet again next May."
HOSTILE = "We \x1b[31magreed\x07 [b]to\u202e meet[/b]."
OTHERS = (Wording(0, SOURCE), Wording(2, SECOND))


def dialog(check=lambda _: [], others=OTHERS):
    return MixDialog(Wording(1, FIRST), others, len(others) - 1, check)


async def test_keys_choose_parts_and_the_other_text():
    host = Host(dialog())
    async with host.run_test(size=(80, 24)) as pilot:
        assert host.dialog.mix == Mix.of(FIRST, SECOND)
        await pilot.press("right", "space")
        assert host.dialog.mix == Mix.of(FIRST, SECOND).move(1).switch()
        await pilot.press("down")
        assert host.dialog.mix == Mix.of(FIRST, SOURCE)
        await pilot.press("2", "7", "space", "left", "enter")
    assert host.answer == "It was agreed to meet once more in May."


async def test_it_shows_both_texts_the_mixture_and_what_to_mind():
    host = Host(dialog(lambda text: ["loses [b]May[/b]"] if "next" in text else []))
    async with host.run_test(size=(80, 24)) as pilot:
        assert f" 1 {FIRST}" in host.shown and f" 2 {SECOND}" in host.shown
        assert "loses" not in host.shown
        await pilot.press("right", "space")
        await pilot.pause()
        assert "We decided to meet again next May." in host.shown
        assert "! loses [b]May[/b]" in host.shown


async def test_escape_leaves_and_the_same_text_is_said_to_be_the_same():
    host = Host(dialog(others=[Wording(2, FIRST)]))
    async with host.run_test(size=(80, 24)) as pilot:
        assert SAME in host.shown
        await pilot.press("space", "right", "escape")
    assert host.answer is None


async def test_a_part_that_one_text_has_not_can_be_seen_and_clicked():
    host = Host(dialog(others=[Wording(2, "Then we met.")]))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.click(Mixture, offset=(4, 2))
        await pilot.pause()
        assert host.dialog.mix.text != FIRST
        assert host.answer is NOT_YET
    host = Host(MixDialog(Wording(1, "It was wet."), [Wording(2, "It was.")], 0, lambda _: []))
    async with host.run_test(size=(80, 24)) as pilot:
        assert NOWHERE in host.shown


async def test_nothing_of_a_hostile_text_reaches_the_terminal():
    host = Host(dialog(others=[Wording(2, HOSTILE)]))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        assert not {"\x1b", "\x07", "\u202e"} & {*host.shown}
        assert "[b]to" in host.shown
