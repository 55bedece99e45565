"""The list of frozen terms."""

from sentence_host import Host

from paraphraser_tui.tui.dialogs.sentence.freeze import NONE, FreezeDialog, Terms


async def test_terms_are_added_once_and_in_order():
    host = Host(FreezeDialog(["Acme", "delay"], "next year"))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *" delay ", "enter", *"x", "enter", "enter")
    assert host.answer == ("Acme", "delay", "next year", "x")


async def test_a_suggestion_can_be_dropped():
    host = Host(FreezeDialog(["Acme"], "next year"))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
    assert host.answer == ("Acme",)


async def test_terms_are_removed_with_the_keyboard():
    host = Host(FreezeDialog(["a", "b", "c"], ""))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "down", "delete", "backspace")
        assert host.dialog.query_one(Terms).option_count == 1
        await pilot.press("ctrl+d")
        await pilot.pause()
        assert NONE in host.shown
        await pilot.press("ctrl+d", *"new", "enter", "enter")
    assert host.answer == ("new",)


async def test_terms_are_removed_with_the_mouse():
    host = Host(FreezeDialog(["a", "b", "c"], ""))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.click(Terms, offset=(3, 2))
        await pilot.click("#remove")
        await pilot.click("#accept")
    assert host.answer == ("a", "c")


async def test_odd_terms_are_shown_safely_and_kept_to_the_letter():
    odd = ("[b]x[/b]", "\x1b[31m", "a\u202eb")
    host = Host(FreezeDialog(odd, "\x07"))
    async with host.run_test(size=(80, 24)) as pilot:
        assert "[b]x[/b]" in host.shown
        assert not set("\x1b\x07\u202e") & set(host.shown)
        await pilot.press("enter", "ctrl+s")
    assert host.answer == (*odd, "\x07")


async def test_escape_changes_nothing():
    host = Host(FreezeDialog(["a"], "b"))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "escape")
    assert host.answer is None
