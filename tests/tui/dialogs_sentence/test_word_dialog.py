"""Changing a sentence word by word."""

import pytest
from sentence_host import Host
from textual.widgets import OptionList

from paraphraser_tui.engine.alternatives import Alternative, word_spans
from paraphraser_tui.engine.result import Kept, Paraphrase, Result
from paraphraser_tui.tui.dialogs.sentence import word_line
from paraphraser_tui.tui.dialogs.sentence.word import (
    ASKING_WORDS,
    NO_BEGINNINGS,
    NO_WORDS,
    WordDialog,
)
from paraphraser_tui.tui.dialogs.sentence.word_line import WordLine

SOURCE = "The firm said it would close the shop."
TEXT = "The firm will close the shop."


class WordHost(Host):
    """Notes what is asked."""

    def __init__(self, text=TEXT):
        super().__init__(WordDialog(SOURCE, text))
        self.asked = []

    def on_word_dialog_word_asked(self, event):
        self.asked.append((event.text, event.place))

    def on_word_dialog_lock_asked(self, event):
        self.asked.append(event.beginning)

    @property
    def choices(self):
        return [str(option.prompt) for option in self.dialog.query_one(OptionList).options]


def other(text, *warnings):
    return Alternative("", text, warnings)


def beginnings(*texts):
    return Result(SOURCE, tuple(Paraphrase(text, 1, 0, 1) for text in texts))


@pytest.mark.parametrize("text", [TEXT, "", " a\x1cb\x85 c\u00a0d\u2009e  ", "漢字 x\ty"])
def test_words_are_counted_as_the_engine_counts_them(text):
    assert word_line.word_spans(text) == word_spans(text)


async def test_words_are_asked_for_as_the_mark_moves():
    host = WordHost()
    async with host.run_test(size=(80, 24)) as pilot:
        assert ASKING_WORDS in host.shown
        await pilot.press("right", "right", "left", "left", "left")
        assert host.asked == [(TEXT, place) for place in (0, 1, 2, 1, 0, 0)]
        await pilot.click(WordLine, offset=(TEXT.index("shop"), 0))
        assert host.asked[-1] == (TEXT, 5)
        await pilot.press("right")
        assert host.asked[-1] == (TEXT, 5)


async def test_a_choice_takes_its_whole_text_and_goes_on():
    host = WordHost()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "right")
        one = "The firm plans to shut the shop."
        two = "The firm is [b]closing[/b] \x1b[2Jit."
        host.dialog.show(2, [other(one), other(two, "drops [i]“shop”")])
        await pilot.pause()
        assert host.choices == ["plans to shut the shop.", "! is [b]closing[/b] ␛[2Jit."]
        assert "The firm plans to shut the shop." in host.shown
        await pilot.press("down")
        await pilot.pause()
        assert "! drops [i]“shop”" in host.shown
        assert "\x1b" not in host.shown
        await pilot.press("enter")
        await pilot.pause()
        assert host.asked[-1] == (two, 3)
        assert host.choices == []
        await pilot.press("enter", "z")
        assert host.asked[-1] == (TEXT, 2)
        await pilot.press("z")
        host.dialog.show(2, [other(one)])
        await pilot.press("enter", "a")
    assert host.answer == one


async def test_late_answers_are_left_out():
    host = WordHost()
    async with host.run_test(size=(80, 24)) as pilot:
        host.dialog.show(0, [other("A firm will close the shop."), other(TEXT)])
        assert len(host.choices) == 1
        await pilot.press("right")
        host.dialog.show(0, [other("This firm will.")])
        assert host.choices == []
        host.dialog.show(1, [other("The company will."), other("A shop will.")])
        assert host.choices == ["company will."]
        host.dialog.show_beginnings(beginnings("The firm shuts the shop."))
        assert host.choices == ["company will."]
        await pilot.press("l")
        host.dialog.show(1, [other("The company will.")])
        assert host.choices == []


async def test_a_locked_beginning():
    host = WordHost()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "l")
        assert host.asked[-1] == "The firm"
        kept = "The firm means to close the shop."
        host.dialog.show_beginnings(beginnings("A firm.", kept))
        await pilot.pause()
        assert host.choices == ["means to close the shop."]
        await pilot.press("enter")
        assert host.asked[-1] == (kept, 2)
        await pilot.press("l")
        host.dialog.show_beginnings(beginnings("A firm."))
        await pilot.pause()
        assert NO_BEGINNINGS in host.shown
        host.dialog.show_beginnings(Result(SOURCE, kept=Kept.TOO_LONG))
        await pilot.pause()
        assert Kept.TOO_LONG in host.shown
        await pilot.press("ctrl+s")
    assert host.answer == kept


async def test_there_may_be_nothing_to_choose():
    host = WordHost()
    async with host.run_test(size=(80, 24)) as pilot:
        host.dialog.show(0, [])
        await pilot.pause()
        assert NO_WORDS in host.shown
        await pilot.press("enter")
        host.dialog.fail("the model is \x1b[31mgone [b]")
        await pilot.pause()
        assert "the model is ␛[31mgone [b]" in host.shown
        await pilot.press("escape")
    assert host.answer is None


async def test_a_text_without_words_asks_nothing():
    host = WordHost(" ")
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "l", "z", "a")
    assert host.asked == []
    assert host.answer == " "
