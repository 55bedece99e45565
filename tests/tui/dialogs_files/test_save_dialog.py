"""Saving and exporting: names, folders, and files that are already there."""

from pathlib import Path

import pytest
from dialog_host import EVIL, NOT_YET, Host, dangerous, ready
from textual.widgets import OptionList

from paraphraser_tui.document.review.export import Export
from paraphraser_tui.tui.dialogs.base import Problem, SafeInput
from paraphraser_tui.tui.dialogs.files.confirm import ConfirmDialog
from paraphraser_tui.tui.dialogs.files.export import ExportChoice, ExportDialog
from paraphraser_tui.tui.dialogs.files.save import SaveAsDialog
from paraphraser_tui.tui.dialogs.files.tree import FolderTree


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "texts"
    (folder / "sub").mkdir(parents=True)
    (folder / "essay.md").write_text("It rained.")
    return folder


def problem(app) -> str:
    return app.screen.query_one(Problem).content.plain


async def test_enter_takes_a_free_name(folder):
    app = Host(SaveAsDialog(folder, "new.md"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == folder / "new.md"


async def test_a_file_is_replaced_only_after_a_yes(folder):
    app = Host(SaveAsDialog(folder, "essay.md"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press("enter")  # no is what Enter meets first
        await pilot.pause()
        assert (app.answer, app.screen) == (NOT_YET, app.dialog)
        await pilot.press("enter", "y")
        await pilot.pause()
        assert app.answer == folder / "essay.md"


async def test_a_folder_of_the_tree(folder):
    app = Host(SaveAsDialog(folder, "new.md"))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.screen.query_one(FolderTree).focus()
        await pilot.press("down", "enter")
        await ready(pilot)
        assert "in " + str(folder / "sub") in app.screen.query_one("#folder").content.plain
        await pilot.press("s")
        await pilot.pause()
        assert app.answer == folder / "sub" / "new.md"


async def test_a_file_of_the_tree_is_asked_about(folder):
    app = Host(SaveAsDialog(folder, "new.md"))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.screen.query_one(FolderTree).focus()
        await pilot.press("down", "down", "enter")
        await ready(pilot)
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press("y")
        await pilot.pause()
        assert app.answer == folder / "essay.md"


async def test_up(folder):
    app = Host(SaveAsDialog(folder / "sub", "new.md"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("#above")
        await ready(pilot)
        app.screen.query_one(SafeInput).focus()
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == folder / "new.md"


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        (" ", "the file needs a name"),
        ("sub", "that is a folder"),
        ("gone/new.md", "there is no such folder"),
        ("essay.md/new.md", "there is no such folder"),
        ("a\0b", "that cannot be reached"),
        ("x" * 5000, "that cannot be reached"),
    ],
)
async def test_impossible_names(folder, name, complaint):
    app = Host(SaveAsDialog(folder, ""))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(SafeInput).value = name
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer is NOT_YET
        assert complaint in problem(app)


async def test_an_odd_name_is_suggested_as_it_is_shown(folder):
    app = Host(SaveAsDialog(folder, EVIL + "\udce9"))
    async with app.run_test(size=(80, 24)) as pilot:
        assert not dangerous(app.shown())
        shown = app.screen.query_one(SafeInput).value
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == folder / shown
        assert not dangerous(str(app.answer))


@pytest.mark.parametrize(
    ("downs", "kind", "name"),
    [
        (0, Export.CLEAN, "essay-new.md"),
        (1, Export.DIFF, "essay.diff"),
        (2, Export.SIDE_BY_SIDE, "essay-columns.txt"),
        (3, Export.JSONL, "essay.jsonl"),
    ],
)
async def test_each_form_suggests_a_name(folder, downs, kind, name):
    app = Host(ExportDialog(folder, "essay", ".md"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["down"] * downs, "enter")
        await pilot.pause()
        assert app.answer == ExportChoice(kind, folder / name)


async def test_a_name_of_the_users_own_stays(folder):
    app = Host(ExportDialog(folder, "essay"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(SafeInput).value = "mine"
        app.screen.query_one(OptionList).focus()
        await pilot.press("down", "s")
        await pilot.pause()
        assert app.answer == ExportChoice(Export.DIFF, folder / "mine")


async def test_an_export_asks_before_it_replaces(folder):
    (folder / "essay.jsonl").write_text("")
    app = Host(ExportDialog(folder, "essay"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("up", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press("n", "escape")
        await pilot.pause()
        assert app.answer is None
