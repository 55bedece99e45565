"""Leaving, a changed file, interrupted reviews, pasted text."""

from datetime import datetime
from pathlib import Path

import pytest
from dialog_host import EVIL, NOT_YET, Host, dangerous
from textual import events

from paraphraser_tui.document.review import Recovery
from paraphraser_tui.tui.dialogs.base import SafeTextArea
from paraphraser_tui.tui.dialogs.files.changed import ChangedChoice, ChangedDialog
from paraphraser_tui.tui.dialogs.files.confirm import ConfirmDialog
from paraphraser_tui.tui.dialogs.files.paste import PasteDialog
from paraphraser_tui.tui.dialogs.files.quit import QuitChoice, QuitDialog
from paraphraser_tui.tui.dialogs.files.recover import RecoverChoice, RecoverDialog

WHEN = datetime(2025, 3, 4, 17, 5)
FOUND = [
    Recovery("essay.md", Path("/texts/essay.md"), WHEN, 3, Path("/journals/1")),
    Recovery(EVIL, None, WHEN, 1, Path("/journals/2")),
]


async def answer(dialog, *keys):
    """What a dialog is dismissed with after these keys."""
    app = Host(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        assert not dangerous(app.shown())
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        return app.answer


@pytest.mark.parametrize(
    ("key", "choice"),
    [
        ("enter", QuitChoice.SAVE),
        ("s", QuitChoice.SAVE),
        ("d", QuitChoice.DISCARD),
        ("b", None),
        ("escape", None),
    ],
)
async def test_leaving(key, choice):
    assert await answer(QuitDialog(EVIL, 3), key) == choice


@pytest.mark.parametrize(("unsaved", "said"), [(1, "has 1 sentence that"), (2, "has 2 sentences")])
async def test_leaving_says_what_is_not_saved(unsaved, said):
    app = Host(QuitDialog("essay.md", unsaved))
    async with app.run_test(size=(80, 24)):
        assert f"essay.md {said}" in app.shown()


@pytest.mark.parametrize(
    ("key", "choice"),
    [
        ("enter", ChangedChoice.SAVE_AS),
        ("s", ChangedChoice.SAVE_AS),
        ("o", ChangedChoice.OVERWRITE),
        ("b", None),
        ("escape", None),
    ],
)
async def test_a_changed_file(key, choice):
    assert await answer(ChangedDialog(Path(EVIL)), key) == choice


@pytest.mark.parametrize(
    ("keys", "sure"), [(["y"], True), (["enter"], None), (["n"], None), (["escape"], None)]
)
async def test_only_a_deliberate_yes_confirms(keys, sure):
    assert await answer(ConfirmDialog("Sure?", EVIL), *keys) is sure


@pytest.mark.parametrize(
    ("keys", "choice"),
    [
        (["enter"], RecoverChoice(FOUND[0], restore=True)),
        (["down", "r"], RecoverChoice(FOUND[1], restore=True)),
        (["down", "d", "y"], RecoverChoice(FOUND[1], restore=False)),
        (["d", "enter"], NOT_YET),
        (["d", "n", "l"], None),
        (["escape"], None),
    ],
)
async def test_recovering(keys, choice):
    assert await answer(RecoverDialog(FOUND), *keys) == choice


async def test_what_can_be_recovered_is_told_apart():
    app = Host(RecoverDialog(FOUND))
    async with app.run_test(size=(80, 24)):
        shown = app.shown()
        assert "essay.md  3 decisions, 2025-03-04 17:05" in shown
        assert "1 decision, 2025-03-04 17:05" in shown
        assert "/texts" in shown
        assert "no file" in shown


async def test_pasted_text_comes_out_as_it_was():
    text = "He went home.\n\n\tIt \u200f[red]rained\x1b[2J.\n"
    app = Host(PasteDialog())
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Paste(text))
        await pilot.pause()
        assert "rained␛[2J" in app.shown()
        assert not dangerous(app.shown())
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.answer == text


async def test_nothing_is_not_a_text():
    app = Host(PasteDialog())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "enter", "ctrl+s")
        await pilot.pause()
        assert app.answer is NOT_YET
        assert "there is no text yet" in app.shown()
        await pilot.press("escape")
        await pilot.pause()
        assert app.answer is None


@pytest.mark.parametrize(("keys", "left"), [(["y"], True), (["enter"], False), (["n"], False)])
async def test_a_text_is_not_dropped_lightly(keys, left):
    app = Host(PasteDialog())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Rain.", "escape")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press(*keys)
        await pilot.pause()
        assert app.answer is (None if left else NOT_YET)
        if not left:
            assert app.screen.query_one(SafeTextArea).text == "Rain."
