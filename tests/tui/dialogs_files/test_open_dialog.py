"""Opening: the tree, recent files, typed paths, and folders that are odd."""

import os
from pathlib import Path

import pytest
from dialog_host import EVIL, NOT_YET, Host, dangerous, ready
from textual.widgets import OptionList

from paraphraser_tui.tui.dialogs.base import Problem, SafeInput
from paraphraser_tui.tui.dialogs.files.open import OpenDialog
from paraphraser_tui.tui.dialogs.files.tree import FolderTree

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "texts"
    (folder / "sub").mkdir(parents=True)
    for name in ("essay.md", "sub/inner.txt", ".secret"):
        (folder / name).write_text("It rained.")
    return folder


def problem(app) -> str:
    return app.screen.query_one(Problem).content.plain


async def test_a_file_of_the_tree(folder):
    app = Host(OpenDialog(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("down", "down", "enter")
        await ready(pilot)
        assert app.answer == folder / "essay.md"


async def test_a_folder_unfolds(folder):
    app = Host(OpenDialog(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("down", "o")
        await ready(pilot)
        assert "inner.txt" in app.shown()
        assert app.answer is NOT_YET


async def test_hidden_files_come_and_go(folder):
    app = Host(OpenDialog(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert ".secret" not in app.shown()
        await pilot.press("h")
        await ready(pilot)
        assert ".secret" in app.shown()


async def test_up_shows_the_folder_above(folder):
    app = Host(OpenDialog(folder / "sub"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("backspace")
        await ready(pilot)
        assert "essay.md" in app.shown()
        assert Path(app.screen.query_one(FolderTree).path) == folder


async def test_up_ends_at_the_top():
    app = Host(OpenDialog(Path("/")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("u")
        await ready(pilot)
        assert Path(app.screen.query_one(FolderTree).path) == Path("/")


async def test_a_recent_file(folder):
    recent = [folder / "essay.md", folder / "sub/inner.txt"]
    app = Host(OpenDialog(folder, recent))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(OptionList).focus()
        await pilot.press("down", "o")
        await pilot.pause()
        assert app.answer == recent[1]


async def test_a_recent_file_that_is_gone(folder):
    app = Host(OpenDialog(folder, [folder / "gone.md"]))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(OptionList).focus()
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer is NOT_YET
        assert problem(app) == f"{folder / 'gone.md'}: there is no such file"


@pytest.mark.parametrize("typed", ["essay.md", "~/../texts/essay.md", "sub/../essay.md"])
async def test_a_typed_path(folder, typed):
    app = Host(OpenDialog(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        field = app.screen.query_one(SafeInput).focus()
        field.value = typed
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer.samefile(folder / "essay.md")


async def test_a_typed_folder_is_shown(folder):
    app = Host(OpenDialog(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(SafeInput).focus()
        await pilot.press(*"sub", "enter")
        await ready(pilot)
        assert "inner.txt" in app.shown()
        assert app.answer is NOT_YET


@pytest.mark.parametrize("typed", ["no\0thing", "x" * 5000, "~nobody-here/x", "essay.md/x", EVIL])
async def test_impossible_paths_are_refused(folder, typed):
    app = Host(OpenDialog(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        field = app.screen.query_one(SafeInput).focus()
        field.value = typed
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer is NOT_YET
        assert problem(app)
        assert not dangerous(app.shown())


@posix
async def test_a_pipe_is_not_opened(folder):
    os.mkfifo(folder / "pipe")
    app = Host(OpenDialog(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(SafeInput).focus()
        await pilot.press(*"pipe", "enter")
        await pilot.pause()
        assert app.answer is NOT_YET
        assert problem(app).endswith("that is not an ordinary file")


@posix
async def test_odd_names_are_shown_and_can_be_opened(tmp_path):
    folder = tmp_path / EVIL
    folder.mkdir()
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/\nA\xe9\x1b[2J.txt"))
    odd.write_text("It rained.")
    app = Host(OpenDialog(folder, [odd]))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        shown = app.shown()
        assert shown.count("␊A?␛[2J.txt") == 2
        assert not dangerous(shown)
        await pilot.press("down", "enter")
        await ready(pilot)
        assert app.answer == odd


async def test_a_folder_that_cannot_be_read(folder, monkeypatch):
    iterdir = Path.iterdir

    def closed(path):
        if path.name == "sub":
            raise PermissionError
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", closed)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    app = Host(OpenDialog(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("down", "enter")
        await ready(pilot)
        assert problem(app) == "that folder cannot be read"


async def test_a_start_that_is_gone_begins_at_what_is_left(folder):
    app = Host(OpenDialog(folder / "gone" / "deeper"))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert "essay.md" in app.shown()


async def test_escape_leaves(folder):
    app = Host(OpenDialog(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert app.answer is None
