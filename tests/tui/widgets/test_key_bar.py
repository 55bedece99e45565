"""The row of keys: as many as fit, those of the focus, and a click presses one."""

from typing import ClassVar

from textual.app import App
from textual.binding import Binding
from textual.widgets import Input
from widget_host import rows

from paraphraser_tui.tui.widgets.key_bar import KeyBar


class Page(App):
    """Two keys, one of them hidden, and a field with a key of its own."""

    BINDINGS: ClassVar = [
        Binding("t,enter", "count", "Take"),
        Binding("h", "count", "Hidden", show=False),
        Binding("f1", "help", "Every key"),
    ]
    counted = 0

    def compose(self):
        yield Field()
        yield KeyBar()

    def action_count(self) -> None:
        self.counted += 1

    def action_help(self) -> None:
        """Nothing."""


class Field(Input):
    """Has a key."""

    BINDINGS: ClassVar = [Binding("f5", "other", "Other")]

    def action_other(self) -> None:
        """Nothing."""


async def shown(width: int, focused: bool) -> str:
    app = Page()
    async with app.run_test(size=(width, 5)) as pilot:
        app.query_one(Field).focus() if focused else app.screen.set_focus(None)
        await pilot.pause()
        return rows(app.query_one(KeyBar))[0]


async def test_the_keys_of_the_focus_come_first():
    assert await shown(80, focused=False) == " t Take   f1 Every key"
    assert await shown(80, focused=True) == " f5 Other   f1 Every key"  # t is a letter there


async def test_where_there_is_little_room_gaps_are_small_and_whole_keys_are_left_out():
    assert await shown(23, focused=False) == " t Take   f1 Every key"
    assert await shown(22, focused=False) == " t Take f1 Every key"
    assert await shown(20, focused=False) == " t Take"


async def test_a_click_presses_the_key():
    app = Page()
    async with app.run_test(size=(80, 5)) as pilot:
        app.screen.set_focus(None)
        await pilot.pause()
        await pilot.click(KeyBar, offset=(3, 0))
        await pilot.pause()
        assert app.counted == 1
        await pilot.click(KeyBar, offset=(70, 0))
        assert app.counted == 1
