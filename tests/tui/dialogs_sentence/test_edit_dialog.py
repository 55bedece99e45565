"""Editing a sentence by hand."""

import pytest
from sentence_host import NOT_YET, Host
from textual.widgets import Static, TextArea

from paraphraser_tui.tui.dialogs.sentence.edit import SAME, EditDialog

SOURCE = "The shop closes at nine."
# What no field keeps as it is, or shows as it is.
ODD = "The\u2028shop \x1b[31mcloses\x07 at\u202e nine."


def no_check(text):
    return []


def difference(host):
    return host.dialog.query_one("#difference", Static).visual


async def test_it_shows_what_differs_and_what_is_wrong():
    asked = []

    def check(text):
        asked.append(text)
        return ["changes [b]a number[/b]"] if "ten" in text else []

    host = Host(EditDialog(SOURCE, SOURCE, check))
    async with host.run_test(size=(80, 24)) as pilot:
        assert SAME in host.shown
        assert "changes" not in host.shown
        await pilot.press(*["backspace"] * 5, *"ten.")
        await pilot.pause()
        assert "! changes [b]a number[/b]" in host.shown
        assert difference(host).plain == "The shop closes at nine ten."
        struck, bold = (
            {
                difference(host).plain[s.start : s.end]
                for s in difference(host).spans
                if w in s.style
            }
            for w in ("strike", "bold")
        )
        assert (struck, bold) == ({"nine"}, {"ten"})
        assert asked[-1] == "The shop closes at ten."
        await pilot.press("ctrl+s")
    assert host.answer == "The shop closes at ten."


@pytest.mark.parametrize("key", ["enter", "ctrl+s", "ctrl+enter"])
async def test_what_is_not_touched_comes_back_as_it_was(key):
    host = Host(EditDialog(SOURCE, ODD, no_check))
    async with host.run_test(size=(80, 24)) as pilot:
        for raw in "\x1b\x07\u202e":
            assert raw not in host.shown
        await pilot.press("x", "backspace", key)
    assert host.answer == ODD


async def test_line_breaks_become_blanks():
    host = Host(EditDialog(SOURCE, "One.", no_check))
    async with host.run_test(size=(80, 24)) as pilot:
        host.dialog.query_one(TextArea).insert(" Two\nthree\r\nfour.\n")
        await pilot.press("ctrl+s")
    assert host.answer == "One. Two three four."


async def test_an_empty_sentence_is_not_accepted():
    host = Host(EditDialog(SOURCE, "No.", no_check))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["backspace"] * 3, "space", "enter")
        await pilot.pause()
        assert "cannot be empty" in host.shown
        assert host.answer is NOT_YET
        await pilot.press("escape")
    assert host.answer is None


async def test_the_buttons_do_it_too():
    host = Host(EditDialog(SOURCE, "No.", no_check))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press(*" 2")
        await pilot.click("#accept")
    assert host.answer == "No. 2"


async def test_enter_on_cancel_cancels():
    host = Host(EditDialog(SOURCE, "No.", no_check))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "tab", "tab", "right", "enter")
    assert host.answer is None
