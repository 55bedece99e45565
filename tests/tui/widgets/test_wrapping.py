"""Rows of cells: nothing is lost, nothing is too wide, words stay whole where they can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from paraphraser_tui.tui.widgets import wrapping
from paraphraser_tui.tui.widgets.wrapping import expanded, wrapped

LINES = st.text(st.sampled_from("ab -é日語“”\u0301👩"), max_size=60)
WIDTHS = st.integers(2, 12)


def wrapped_texts(line: str, width: int) -> list[str]:
    return [line[start:end] for start, end in wrapped(line, width)]


@pytest.mark.parametrize(
    ("line", "width", "rows"),
    [
        ("", 5, [""]),
        ("one", 5, ["one"]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("one   two", 5, ["one", "two"]),  # all blanks at a break go
        ("one two   ", 7, ["one two"]),
        ("   ", 2, ["  "]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a bcdefgh", 3, ["a", "bcd", "efg", "h"]),
        ("  a b", 4, ["  a", "b"]),  # the indentation stays
        ("    abc", 3, ["   ", "abc"]),
        ("日本語", 4, ["日本", "語"]),
        ("日本 語", 4, ["日本", "語"]),
        ("a日本", 2, ["a", "日", "本"]),
        ("日", 1, ["日"]),  # too wide for any row: shown all the same
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
    ],
)
def test_rows(line, width, rows):
    assert wrapped_texts(line, width) == rows


@given(LINES, WIDTHS)
def test_only_blanks_are_left_out(line, width):
    done = 0
    for start, end in wrapped(line, width):
        assert not line[done:start].strip(" ")
        done = end
    assert not line[done:].strip(" ")


@given(LINES, WIDTHS)
def test_no_row_is_too_wide(line, width):
    assert all(cell_len(row) <= width for row in wrapped_texts(line, width))


@given(st.lists(st.sampled_from(["a", "bcd", "é", "日本"])), st.integers(4, 12))
def test_words_that_fit_stay_whole(words, width):
    assert " ".join(wrapped_texts(" ".join(words), width)).split() == words


def test_what_counts_as_narrow_is_one_cell_wide():
    assert all(cell_len(character) == 1 for character in wrapping._NARROW)


@pytest.mark.parametrize(
    ("line", "column", "out"),
    [
        ("none", 3, "none"),
        ("\tx", 0, "        x"),
        ("a\tb\tc", 0, "a       b       c"),
        ("a\tb", 4, "a   b"),
        ("\t", 8, " " * 8),
        ("日\tb", 0, "日      b"),
    ],
)
def test_tab_stops(line, column, out):
    assert expanded(line, column) == out
