"""Word diffs as styled text, and bars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.tui.widgets.diff_text import diff_text
from paraphraser_tui.tui.widgets.meter import bar, meter


def marked(old: str, new: str, show_removed: bool = False) -> list[tuple[str, str]]:
    content = diff_text(old, new, show_removed)
    return [(content.plain[s.start : s.end], str(s.style).split()[0]) for s in content.spans]


def test_marks_of_a_diff():
    assert marked("It was fun.", "It was great fun.") == [("great", "bold")]  # without the blank
    assert marked("It was great fun.", "It was fun.") == []
    assert marked("It was great fun.", "It was fun.", True) == [("great", "strike")]


@given(st.text("ab. \n"), st.text("ab. \n"))
def test_the_text_is_the_new_version(old, new):
    assert diff_text(old, new).plain == new.replace("\n", "␊")


def test_a_removed_word_stands_apart_from_what_replaces_it():
    assert diff_text("Dogs bark.", "Cats bark.", True).plain == "Dogs Cats bark."


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "    "), (1, "████"), (0.5, "██  "), (1 / 32, "▏   "), (31 / 32, "███▉"), (0.01, "    ")],
)
def test_bars(share, shown):
    assert bar(share, 4) == shown


@given(st.floats(-1, 2), st.integers(1, 20))
def test_a_bar_fills_its_cells_and_no_more(share, width):
    assert len(bar(share, width)) == width


def test_a_meter_has_a_name_and_a_figure():
    assert meter("change", 0.5, 4).plain == "change ██   0.50"
