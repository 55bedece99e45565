"""Opening, saving, exporting, leaving and coming back."""

import pytest

from paraphraser_tui.document.review import Decide, Decision, Status
from paraphraser_tui.document.review.recovery import recoverable
from paraphraser_tui.document.review.review import Review
from paraphraser_tui.tui.dialogs.files.changed import ChangedDialog
from paraphraser_tui.tui.dialogs.files.quit import QuitDialog
from paraphraser_tui.tui.dialogs.program.introduction import IntroScreen
from paraphraser_tui.tui.recent import recent_files

TEXT = "The meeting was postponed until Monday. We decided to buy a new house.\n"


@pytest.fixture
def note(tmp_path):
    """A file with two sentences."""
    path = tmp_path / "note.txt"
    path.write_text(TEXT)
    return path


async def test_a_decision_is_saved_with_a_copy_of_the_old_file(started, note):
    async with started(Review.open(note)) as ui:
        await ui.press("enter", "ctrl+s")
        assert note.read_bytes() == ui.desk.review.output() != TEXT.encode()
        assert note.with_name("note.txt~").read_text() == TEXT
        assert not ui.desk.review.dirty
        await ui.press("ctrl+q")
        assert not ui.app.is_running
    assert recent_files() == (note,)
    assert recoverable() == []


async def test_leaving_with_decisions_is_asked_about(started, note):
    async with started(Review.open(note)) as ui:
        await ui.press("enter", "ctrl+q")
        assert isinstance(ui.app.screen, QuitDialog)
        await ui.press("escape")
        assert ui.app.is_running
        await ui.press("ctrl+q", "d")
        assert not ui.app.is_running
    assert note.read_text() == TEXT


async def test_leaving_and_saving_in_one(started, note):
    async with started(Review.open(note)) as ui:
        await ui.press("enter", "ctrl+q", "s")
        assert not ui.app.is_running
    assert note.read_text() != TEXT


async def test_a_file_that_another_program_changed_is_not_overwritten_unasked(started, note):
    async with started(Review.open(note)) as ui:
        await ui.press("enter")
        note.write_text("Somebody else was here.\n")
        await ui.press("ctrl+s")
        assert isinstance(ui.app.screen, ChangedDialog)
        await ui.press("escape")
        assert note.read_text() == "Somebody else was here.\n"
        await ui.press("ctrl+s", "o")
        assert note.read_bytes() == ui.desk.review.output()


async def test_a_scratch_text_is_saved_under_a_name_that_is_asked_for(
    started, letter, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    async with started(letter) as ui:
        await ui.press("enter", "ctrl+s", "enter")
        assert (tmp_path / "letter.md").read_bytes() == ui.desk.review.output()


async def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_lost(started, note):
    async with started(Review.open(note)) as ui:
        await ui.press("enter")
        ui.desk.review.path = note.parent / "gone" / "note.txt"
        ui.desk.review._on_disk = None
        await ui.press("ctrl+s")
        assert "cannot be written" in str([n.message for n in ui.app._notifications])
        assert ui.desk.review.dirty and ui.app.is_running


async def test_export(started, note):
    async with started(Review.open(note)) as ui:
        await ui.press("enter", "ctrl+e", "down", "enter", "enter")
        assert (note.parent / "note.diff").read_text().startswith("--- note.txt")


async def test_another_document(started, note, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("It was very old.\n")
    async with started(Review.open(note)) as ui:
        await ui.press("ctrl+o", "tab")
        while ui.app.focused.id != "path":
            await ui.press("tab")
        await ui.type(str(other))
        await ui.press("enter")
        assert ui.desk.review.name == "other.txt"
        assert "It was very old." in ui.text()


async def test_a_binary_file_is_refused_in_one_line(started, tmp_path):
    odd = tmp_path / "odd.bin"
    odd.write_bytes(bytes(range(256)))
    async with started(None) as ui:
        await ui.press("o", "tab")
        while ui.app.focused.id != "path":
            await ui.press("tab")
        await ui.type(str(odd))
        await ui.press("enter")
        assert len(ui.app._notifications) == 1
        assert ui.desk is None


async def test_a_text_is_pasted_and_reviewed(started):
    async with started(None) as ui:
        assert isinstance(ui.app.screen, IntroScreen)
        await ui.press("p")
        await ui.type("It was a very old house.")
        await ui.press("ctrl+s")
        assert ui.desk.review.name == "scratch"
        assert ui.desk.result(0).variants


async def test_the_first_run_offers_an_example(started):
    async with started(None) as ui:
        await ui.press("t")
        assert ui.desk.review.name == "example.md"
        assert len(ui.desk.segments) > 10


async def test_a_review_that_was_cut_off_is_offered_and_goes_on(started, note):
    cut = Review.open(note)
    cut.do(Decide(0, Decision(Status.ACCEPTED, "We meet on Monday.")))
    cut._journal.leave()  # as if the process had died
    async with started(None) as ui:
        assert "note.txt" in ui.text()
        await ui.press("r")
        assert ui.desk.review.text(0) == "We meet on Monday."
        assert ui.desk.current == 1
        await ui.press("ctrl+s")
    assert note.read_text().startswith("We meet on Monday.")


async def test_the_same_command_again_offers_what_was_cut_off(started, note, tmp_path):
    for path in (note, tmp_path / "other.txt"):
        path.write_text(TEXT)
        cut = Review.open(path)
        cut.do(Decide(0, Decision(Status.ACCEPTED, "We meet on Monday.")))
        cut._journal.leave()
    async with started(Review.open(note)) as ui:
        assert "note.txt" in ui.text() and "other.txt" not in ui.text()
        await ui.press("r")
        assert ui.desk.review.text(0) == "We meet on Monday."
    async with started(Review.open(note)) as ui:
        await ui.press("escape")  # later
        assert ui.desk.review.text(0) != "We meet on Monday."


@pytest.mark.parametrize(("keys", "is_new"), [(["s"], True), (["d"], False)])
async def test_in_a_pipe_the_result_goes_on_or_the_text_as_it_was(started, note, keys, is_new):
    piped = Review.scratch(TEXT)
    async with started(piped, piped=True) as ui:
        await ui.press("enter", "ctrl+q", *keys)
        assert not ui.app.is_running
        assert (ui.app.output == piped.output()) is is_new
        assert (ui.app.output == TEXT.encode()) is not is_new


async def test_saving_in_a_pipe_is_handing_on(started):
    async with started(Review.scratch(TEXT), piped=True) as ui:
        await ui.press("enter", "ctrl+s")
        assert not ui.app.is_running
        assert ui.app.output.decode().endswith("We decided to buy a new house.\n")
