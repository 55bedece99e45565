"""The frame, safe text and buttons that all dialogs share."""

from typing import ClassVar

import pytest
from dialog_host import EVIL, NOT_YET, Host, dangerous
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding, BindingType
from textual.widgets import Button

from paraphraser_tui.tui.dialogs.base import (
    Dialog,
    PlainText,
    Problem,
    SafeInput,
    SafeTextArea,
    plain,
    plain_line,
)


class Sample(Dialog[str]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "take", "Take it"),
        Binding("x", "other", "Another"),
        Binding("b", "cancel", "Back"),
    ]
    AUTO_FOCUS = "#take"

    def body(self):
        yield PlainText(EVIL)
        yield Problem()
        yield SafeInput(EVIL)
        yield SafeTextArea(EVIL)
        yield self.buttons("take", "other", "cancel")

    def action_take(self) -> None:
        self.dismiss("taken")


@pytest.mark.parametrize(
    ("key", "answer"), [("t", "taken"), ("enter", "taken"), ("escape", None), ("b", None)]
)
async def test_letters_enter_and_escape_answer(key, answer):
    app = Host(Sample("Sample"))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.answer is NOT_YET
        await pilot.press(key)
        await pilot.pause()
        assert app.answer == answer


async def test_arrows_go_along_the_buttons_and_the_mouse_presses():
    app = Host(Sample("Sample"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "right")
        assert app.focused.id == "cancel"
        await pilot.press("left")
        assert app.focused.id == "other"
        await pilot.click("#take")
        await pilot.pause()
        assert app.answer == "taken"


async def test_a_button_shows_its_letter():
    app = Host(Sample("Sample"))
    async with app.run_test(size=(80, 24)):
        take, other, back = app.screen.query(Button)
        assert (take.label.plain, other.label.plain, back.label.plain) == (
            "Take it",
            "Another x",
            "Back",
        )
        assert [(span.start, span.end) for span in take.label.spans] == [(0, 1)]


async def test_nothing_dangerous_reaches_the_screen():
    app = Host(Sample(EVIL))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.complain(EVIL + "\udce9")
        await pilot.pause()
        shown = app.shown()
        assert shown.count("evil␛]52;c;eA==␇") == 5
        assert shown.count("[red]") == 5  # not obeyed as markup either
        assert not dangerous(shown)
        assert app.screen.query_one(SafeInput).value == EVIL
        assert app.screen.query_one(SafeTextArea).text == EVIL


async def test_the_problem_takes_room_only_when_there_is_one():
    app = Host(Sample("Sample"))
    async with app.run_test(size=(80, 24)):
        problem = app.screen.query_one(Problem)
        assert not problem.display
        app.screen.complain("no")
        assert problem.display
        app.screen.complain("")
        assert not problem.display


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (40, 12)])
async def test_the_frame_fits(size):
    app = Host(Sample("Sample"))
    async with app.run_test(size=size):
        region = app.screen.query_one("#frame").region
        assert app.screen.region.contains_region(region)
        assert region.width == min(72, size[0])


@given(st.text(st.characters(codec=None)))
def test_shown_text_can_be_shown_and_keeps_its_length(text):
    assert not dangerous(plain(text).plain.replace("\t", ""))
    assert not dangerous(plain_line(text).plain)
    assert len(plain(text).plain) == len(plain_line(text).plain) == len(text)
