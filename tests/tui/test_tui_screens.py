"""Every other screen in every size and theme, as stored in screens/, a file for each screen.

What it says is stored for each size, its looks for each theme in the smallest size.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from screen_text import agree, characters, looks, strips
from textual.widgets import Input

from paraphraser_tui.models import store
from paraphraser_tui.models.manifest import Role
from paraphraser_tui.tui import files
from paraphraser_tui.tui.dialogs.base import PlainText
from tests.models.small_package import write_package

STORED = Path(__file__).parent / "screens"
SMALL, MIDDLE, LARGE = (80, 24), (120, 34), (200, 60)
THEMES = ("paper", "ansi", "night")
DECIDED = "down enter x"
MOMENT = 0.02

# Paths are other ones on every machine, so these stand in their place.
FOLDER = "/home/anna/texts"
RECENT = [Path("/home/anna/letter.md"), Path("/home/anna/work/report.docx")]


@dataclass(frozen=True)
class Place:
    """A screen, by the keys that lead to it. path: the part of it that tells a path."""

    name: str
    keys: str
    path: str = ""


PLACES = (
    Place("sentences", f"{DECIDED} s"),
    Place("find", "slash t h e"),
    Place("compare", "1 1 c"),
    Place("statistics", f"{DECIDED} i"),
    Place("words", "w right right"),
    Place("edit", "e"),
    Place("mix", "m 0 right space"),
    Place("freeze", "f h o u s e enter"),
    Place("settings", "f2"),
    Place("models", "f3", path="#about"),
    Place("open", "ctrl+o", path="#folder"),
    Place("save", "f12", path="#folder"),
    Place("export", "ctrl+e", path="#folder"),
    Place("leave", f"{DECIDED} ctrl+q"),
    Place("help", "f1"),
    Place("introduction", ""),
)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """A folder and models that are the same on every machine."""
    folder = tmp_path / "texts"
    (folder / "drafts").mkdir(parents=True)
    (folder / "letter.md").touch()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(files, "recent_files", lambda: RECENT)
    write_package(tmp_path / "models" / "house", name="house")
    write_package(tmp_path / "models" / "minilm", name="minilm", role=Role.ENCODER)
    monkeypatch.setattr(store, "BUNDLED", tmp_path / "models")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
async def test_a_screen_looks_as_before(place, started, letter):
    async with started(None if place.name == "introduction" else letter, SMALL) as ui:
        await ui.press(*place.keys.split())
        while ui.app.screen.has_class("busy"):
            await ui._pilot.pause(MOMENT)
        for field in ui.app.screen.query(Input):
            field.cursor_blink = False
        ui.app.clear_notifications()
        if place.path:
            ui.app.screen.query_one(place.path, PlainText).say(FOLDER)
        told = []
        for theme in THEMES:
            ui.app.theme = theme
            await ui.settle()
            told += [f"= looks of {theme}", *looks(strips(ui.app)), ""]
        for size in (SMALL, MIDDLE, LARGE):
            await ui._pilot.resize_terminal(*size)
            await ui.settle()
            told += [f"= {size[0]}x{size[1]}", *characters(strips(ui.app)), ""]
    agree(STORED / f"{place.name}.txt", "\n".join(told))


def test_nothing_else_is_stored():
    assert {file.stem for file in STORED.iterdir()} == {place.name for place in PLACES}
