"""Settings, models, themes, commands: what is about no document in particular."""

import os
from pathlib import Path

import pytest

from paraphraser_tui.settings.files import user_file
from paraphraser_tui.tui import themes
from paraphraser_tui.tui.dialogs.program.models import ModelsScreen
from paraphraser_tui.tui.dialogs.program.settings import SettingsScreen
from paraphraser_tui.tui.screens.keys import TOPICS
from paraphraser_tui.tui.widgets.dials_panel import DialsPanel


async def test_a_setting_that_is_saved_counts_at_once(started, letter):
    async with started(letter) as ui:
        await ui.press("f2")
        assert isinstance(ui.app.screen, SettingsScreen)
        ui.app.screen._changes = {"diversity": 70}  # as if typed; the dialog's own tests type it
        await ui.press("ctrl+s")
        assert ui.desk.options.diversity == 70
        assert ui.app.screen.query_one(DialsPanel).options.diversity == 70
        assert ui.desk.options.num == 5  # what a review shows where nothing is set
    file = user_file(os.environ, Path.cwd())
    assert "diversity = 70" in file.read_text()


async def test_a_broken_settings_file_is_told_and_stays(started, letter):
    file = user_file(os.environ, Path.cwd())
    file.parent.mkdir(parents=True)
    file.write_text("diversity = [")
    async with started(letter) as ui:
        await ui.press("f2")
        assert ui.app.screen is ui.app.review_screen
        assert len(ui.app._notifications) == 1
    assert file.read_text() == "diversity = ["


async def test_another_model_is_loaded_and_asked_anew(started, letter, engine):
    async with started(letter) as ui:
        asked = len(engine.asked)
        await ui.press("f3")
        assert isinstance(ui.app.screen, ModelsScreen)
        ui.app.screen.dismiss("other")
        await ui.settle()
        assert ui.app.model == "other"
        assert engine.closed  # the one before
        assert len(engine.asked) > asked
        assert "other (fake)" in ui.text()


async def test_the_theme_is_remembered(started, letter):
    async with started(letter) as ui:
        assert ui.app.theme == themes.DEFAULT
        ui.app.action_next_theme()
        chosen = ui.app.theme
    assert themes.remembered() == chosen != themes.DEFAULT


@pytest.mark.parametrize("theme", themes.THEMES)
async def test_every_theme_draws_the_review(started, letter, theme):
    async with started(letter) as ui:
        ui.app.theme = theme
        await ui.press("enter", "x", "d")
        assert "Diversity" in ui.text()


async def test_every_key_is_a_command_too(started, letter):
    async with started(letter) as ui:
        titles = {command.title for command in ui.app.get_system_commands(ui.app.screen)}
        assert {key.tooltip or key.description for k in TOPICS.values() for key in k} <= titles
        await ui.press("ctrl+p")
        await ui.type("keep the sentence")
        await ui.press("enter")
        assert ui.desk.counts.decided == 1


async def test_a_failing_journal_is_told_once(started, letter, monkeypatch):
    async with started(letter) as ui:
        monkeypatch.setattr(type(letter), "journal_error", "the disk is full")
        await ui.press("x", "x")
        told = [n.message for n in ui.app._notifications]
        assert [str(message) for message in told].count("the disk is full") == 1


async def test_a_model_that_cannot_be_loaded_is_told(letter):
    from paraphraser_tui.engine.options import Options
    from paraphraser_tui.errors import ModelError
    from paraphraser_tui.tui.app import ParaphraserApp

    def broken():
        raise ModelError("model.bin does not match its checksum")

    app = ParaphraserApp(letter, Options(), "broken", lambda _: broken)
    async with app.run_test(size=(120, 34)) as pilot:
        for _ in range(9):
            await pilot.pause()
        rows = app.screen._compositor.render_strips()
        shown = "".join(cells.text for row in rows for cells in row)
        assert "does not match its checksum" in shown
        await pilot.press("x")  # decisions need no model
        assert letter.state.decisions
