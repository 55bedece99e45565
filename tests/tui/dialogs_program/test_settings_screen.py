"""The settings screen shows what counts, and hands over what was changed."""

import pytest
from textual.app import App
from textual.widgets import Select

from paraphraser_tui.errors import OptionError
from paraphraser_tui.settings.keys import KEYS
from paraphraser_tui.settings.origin import Origin, Source, Value
from paraphraser_tui.settings.resolve import resolve
from paraphraser_tui.tui import themes
from paraphraser_tui.tui.dialogs.base import Problem, SafeInput
from paraphraser_tui.tui.dialogs.program.settings import SettingsChoice, SettingsScreen
from paraphraser_tui.tui.dialogs.program.table import Table

ROWS = {key.field: row for row, key in enumerate(KEYS)}


class Host(App):
    """Opens the screen and keeps its answer."""

    def __init__(self, tmp_path, own=(), save=None, path=True, **given):
        super().__init__()
        themes.register(self)
        self.theme = "night"
        self.saved = []
        self.answers = []
        mine = {
            field: Value(value, (Origin(Source.USER, str(tmp_path)),))
            for field, value in dict(own).items()
        }
        settings = resolve(given, {"PARAPHRASER_CONFIG": ""}, tmp_path)
        path = tmp_path / "settings.toml" if path else None
        self.dialog = SettingsScreen(settings, mine, path, save or self.saved.append)

    def on_mount(self):
        self.push_screen(self.dialog, self.answers.append)

    def row(self, field):
        return [cell.plain for cell in self.dialog.query_one(Table).get_row(field)]

    @property
    def problem(self):
        return str(self.dialog.query_one(Problem).content)


async def edit(pilot, field, line):
    """Mark a setting and type a value for it."""
    table = pilot.app.screen.query_one(Table)
    table.focus()
    table.move_cursor(row=ROWS[field])
    await pilot.press("enter")
    pilot.app.screen.query_one("#value", SafeInput).value = line
    await pilot.press("enter")


async def test_values_and_sources_are_shown(tmp_path):
    app = Host(tmp_path, {"num": 3}, diversity=70)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.row("num") == ["num", "3", "1"]
        assert app.row("diversity") == ["diversity", "", "70 (command line)"]
        assert app.row("lexical") == ["lexical", "", "as diversity"]


async def test_a_typed_value_is_saved(tmp_path):
    app = Host(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down", "enter", "4", "enter")
        assert app.row("num")[1] == "4*"
        await pilot.press("ctrl+s")
        assert app.saved == [{"num": 4}]
        assert app.answers == [SettingsChoice({"num": 4}, "night")]


async def test_a_wrong_value_is_told_and_stays_to_be_put_right(tmp_path):
    app = Host(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await edit(pilot, "num", "99")
        assert "between 1 and 20" in app.problem
        assert app.focused.value == "99" and app.row("num")[1] == ""
        await pilot.press("escape")
        assert isinstance(app.focused, Table) and app.screen is app.dialog


async def test_an_error_of_saving_is_told_and_nothing_is_lost(tmp_path):
    def save(values):
        raise OptionError("[bold]no[/]")

    app = Host(tmp_path, save=save)
    async with app.run_test(size=(80, 24)) as pilot:
        await edit(pilot, "num", "2")
        await pilot.press("ctrl+s")
        assert app.problem == "[bold]no[/]"
        assert app.row("num")[1] == "2*" and app.answers == []


async def test_a_value_is_taken_out_and_a_change_taken_back(tmp_path):
    app = Host(tmp_path, {"num": 3, "freeze": ("a",)})
    async with app.run_test(size=(80, 24)) as pilot:
        await edit(pilot, "num", "")
        await edit(pilot, "freeze", "b")
        assert app.row("num")[1] == "*"
        await edit(pilot, "freeze", "a")
        await pilot.press("ctrl+s")
        assert app.saved == [{"num": None}]


async def test_the_delete_key_takes_out(tmp_path):
    app = Host(tmp_path, {"preset": "bold"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("delete", "ctrl+s")
        assert app.saved == [{"preset": None}]


async def test_changes_are_not_dropped_by_one_slip(tmp_path):
    app = Host(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await edit(pilot, "num", "2")
        await pilot.press("escape")
        assert "not saved" in app.problem and app.answers == []
        await pilot.press("escape")
        assert app.answers == [None] and app.saved == []


@pytest.mark.parametrize(("key", "left"), [("ctrl+s", "paper"), ("escape", "night")])
async def test_a_theme_is_put_on_at_once_and_off_by_escape(tmp_path, key, left):
    app = Host(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.dialog.query_one(Select).value = "paper"
        await pilot.pause()
        assert app.theme == "paper"
        await pilot.press(key)
        assert app.theme == left and app.saved == []


async def test_without_a_file_only_the_theme_can_be_changed(tmp_path):
    app = Host(tmp_path, path=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "delete", "ctrl+s")
        assert app.saved == [] and app.answers == [SettingsChoice({}, "night")]


async def test_what_a_file_says_is_safe_to_show_and_not_written_back(tmp_path):
    app = Host(tmp_path, {"preset": "[red]\x1b]0;x\x07"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "enter")
        assert app.row("preset")[1] == "[red]␛]0;x␇"
        drawn = "".join(s.text for strip in app.screen._compositor.render_strips() for s in strip)
        assert "\x1b" not in drawn and "\x07" not in drawn
        await pilot.press("ctrl+s")
        assert app.saved == []
