"""The models screen: what is there, and what can be done with it."""

import threading
from pathlib import Path

import pytest
from textual.app import App

from paraphraser_tui.models import chosen, conversion, store
from paraphraser_tui.models.install import install
from paraphraser_tui.models.manifest import Role
from paraphraser_tui.tui.dialogs.base import PlainText, Problem
from paraphraser_tui.tui.dialogs.program import shelf
from paraphraser_tui.tui.dialogs.program.install import InstallDialog, InstallRequest
from paraphraser_tui.tui.dialogs.program.models import ModelsScreen
from paraphraser_tui.tui.dialogs.program.table import Table
from tests.models.small_package import write_package


@pytest.fixture(autouse=True)
def two_bundled(tmp_path, monkeypatch):
    """Small ones, so that looking at them takes no time."""
    place = tmp_path / "bundled"
    write_package(place / "house", name="house")
    write_package(place / "minilm", name="minilm", role=Role.ENCODER)
    monkeypatch.setattr(store, "BUNDLED", place)


@pytest.fixture
def installed(tmp_path):
    """One more, for this user."""
    return install(str(write_package(tmp_path / "package"))).path


class Host(App):
    def __init__(self, current="house"):
        super().__init__()
        self.dialog = ModelsScreen(current)
        self.answers = []

    def on_mount(self):
        self.push_screen(self.dialog, self.answers.append)

    def rows(self):
        table = self.dialog.query_one(Table)
        return [
            [cell.plain for cell in table.get_row_at(row)][:2] for row in range(table.row_count)
        ]

    def said(self, widget):
        return str(self.dialog.query_one(widget).content)


async def settled(pilot):
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_model_is_chosen(installed):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.rows() == [
            ["house", "in use, default, bundled"],
            ["minilm", "bundled"],
            ["small", ""],
        ]
        await pilot.press("down", "down", "enter")
        assert app.answers == ["small"]


async def test_an_encoder_is_none_to_choose():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "u")
        assert "does not paraphrase" in app.said(Problem) and app.answers == []


async def test_damage_is_seen_and_not_loaded(installed):
    (installed / "model.bin").write_bytes(b"[red]")
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.rows()[2] == ["small", "damaged"]
        await pilot.press("end", "down", "down", "v")
        await settled(pilot)
        assert "instead of 256" in app.said(Problem)
        await pilot.press("u")
        assert "damaged" in app.said(Problem) and app.answers == []


async def test_an_intact_model_is_verified():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("v")
        await settled(pilot)
        assert app.said("#news") == "house is intact: 4 files match their checksums"


async def test_one_is_installed_made_the_default_and_removed(tmp_path):
    package = write_package(tmp_path / "package")
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("i")
        app.screen.query_one("#source").value = str(package)
        await pilot.press("enter")
        await settled(pilot)
        assert app.said("#news") == "installed small"
        await pilot.press("down", "down", "d")
        await settled(pilot)
        assert chosen.chosen() == "small" and app.rows()[2] == ["small", "default"]
        await pilot.press("r", "escape")
        await settled(pilot)
        assert store.by_name("small")
        await pilot.press("r", "y")
        await settled(pilot)
        assert app.said("#news") == "removed small" and store.by_name("small") is None


async def test_a_failed_install_can_be_put_right(tmp_path):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("i", *"/no", "enter")
        await settled(pilot)
        assert "there is no file or directory /no" in app.said(Problem)
        await pilot.press("i")
        assert app.screen.query_one("#source").value == "/no"


@pytest.mark.parametrize("name", ["house", "small"])
async def test_what_is_bundled_or_in_use_stays(installed, name):
    app = Host(current="small")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.dialog.query_one(Table).move_cursor(row=[r[0] for r in app.rows()].index(name))
        await pilot.press("r")
        assert app.screen is app.dialog and name in app.said(Problem)


async def test_one_thing_at_a_time_and_a_change_is_not_left_alone(monkeypatch):
    gate = threading.Event()

    def slow(request):
        assert gate.wait(10)
        return "installed it"

    monkeypatch.setattr(shelf, "install", slow)
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("i", "x", "enter")
        assert app.dialog.has_class("busy")
        await pilot.press("escape", "v")
        assert app.screen is app.dialog and "not done yet" in app.said(Problem)
        gate.set()
        await settled(pilot)
        assert app.said("#news") == "installed it" and not app.dialog.has_class("busy")
        await pilot.press("escape")
        assert app.answers == [None]


async def test_what_to_install():
    answers = []
    app = App()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(InstallDialog(), answers.append)
        await pilot.press("ctrl+s")
        assert "a path is needed" in str(app.screen.query_one(Problem).content)
        await pilot.press(*"a b", "tab", *"n", "tab")
        assert "[ ] Replace" in str(app.focused.render())
        await pilot.press("space")
        assert "[x] Replace" in str(app.focused.render())
        await pilot.press("ctrl+s")
        assert answers == [InstallRequest("a b", "n", True)]


def test_a_home_is_understood(tmp_path, monkeypatch):
    write_package(Path.home() / "package")
    assert shelf.install(InstallRequest("~/package", "mine")) == "installed mine"


@pytest.mark.parametrize(
    ("source", "told"),
    [("hub:tiny/t5@v1", "pip install 'paraphraser-tui[convert]'"), ("hub:t5", "hub:OWNER/NAME")],
)
def test_a_model_of_the_hub_is_understood(monkeypatch, source, told):
    monkeypatch.setattr(conversion, "find_spec", lambda name: None)
    outcome = shelf.after(lambda: shelf.install(InstallRequest(source)))
    assert told in outcome.problem and "\n" not in outcome.problem


async def test_names_are_safe_to_show(installed):
    installed.rename(installed.with_name("[b]x\x1b[31m"))
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.rows()[2][0] == "[b]x␛[31m"
        await pilot.press("down", "down")
        assert "[b]x␛[31m" in app.said("#about")
        assert isinstance(app.dialog.query_one("#about"), PlainText)
