"""The real command in a real terminal, from start to saved file."""

import signal
import termios

LETTER = """\
# A letter

The meeting was **postponed** because the manager had fallen ill.

We decided to buy a new house in the village next year.

The committee will announce its decision tomorrow morning.
"""
FIRST = LETTER.splitlines()[2]
NARROW = 80  # columns, where no pane stands beside another
READY = "change"  # a meter that every variant has


def marked_variant(screen: str) -> str:
    """The text of the first variant."""
    return next(line[3:] for line in screen.splitlines() if line.startswith("▌1 "))


def test_a_letter_is_reviewed_and_saved(start, tmp_path, left_behind):
    letter = tmp_path / "letter.md"
    letter.write_text(LETTER)
    ui = start(letter, real=True, columns=NARROW)
    ui.wait_for(READY)
    ui.settle()
    accepted = marked_variant(ui.text())
    ui.press("enter")
    ui.wait_for("2/3 · 1 done")
    ui.press("x")
    ui.wait_for("3/3 · 2 done")
    ui.press("e")
    ui.wait_for("Edit the sentence")
    ui.press("f7")  # selects all
    ui.press("They decide tomorrow.")
    ui.wait_for("They decide tomorrow.")
    ui.press("ctrl+s")
    ui.wait_for("3 done")
    ui.press("u")
    ui.wait_for("2 done")
    assert left_behind() != []
    ui.press("ctrl+s")
    ui.wait_for("Saved:")
    ui.press("ctrl+q")
    assert ui.ended() == 0
    assert ui.is_restored
    accepted = accepted.replace("postponed", "**postponed**")
    assert letter.read_text() == LETTER.replace(FIRST, accepted) != LETTER
    assert letter.with_name("letter.md~").read_text() == LETTER
    assert left_behind() == []


def test_the_terminal_is_as_it_was(start, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("It was a very old house.\n")
    ui = start(note)
    before = termios.tcgetattr(ui.handle)
    ui.wait_for(READY)
    assert not ui.is_restored
    assert termios.tcgetattr(ui.handle) != before
    ui.press("ctrl+q")
    assert ui.ended() == 0
    assert ui.is_restored
    assert termios.tcgetattr(ui.handle) == before


def test_another_size_of_the_window_is_another_layout(start, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("It was a very old house.\n")
    ui = start(note)
    ui.wait_for(READY)
    ui.settle()
    side_by_side = ui.text().splitlines()[1]
    assert "Document" in side_by_side and "Variants" in side_by_side
    ui.resize(24, NARROW)
    ui.wait_until(lambda: "Variants" not in ui.text().splitlines()[1], "panes one above the other")
    assert ui.process.poll() is None


def test_a_polite_signal_loses_nothing(start, tmp_path, left_behind):
    note = tmp_path / "note.txt"
    note.write_text("It was a very old house. They arrived.\n")
    ui = start(note)
    ui.wait_for(READY)
    ui.press("enter")
    ui.wait_for("1 done")
    ui.process.send_signal(signal.SIGTERM)
    assert ui.ended() == 128 + signal.SIGTERM
    assert ui.is_restored
    assert len(left_behind()) == 1
