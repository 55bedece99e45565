"""Line breaks of hard-wrapped text: taken out, and put back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.text.wrap import LINE_BREAK, marker_length, rewrap, soft_breaks, unwrap

WORDS = st.lists(st.text("abcXYZ.,“é", min_size=1, max_size=12), min_size=1, max_size=30)
BREAKS = st.sampled_from(["\n", "\r\n", "\r", " \n", "\n  ", "\t\r\n"])


@st.composite
def wrapped_texts(draw):
    words = draw(WORDS)
    return "".join(
        part for word in words for part in (word, draw(st.sampled_from([" ", draw(BREAKS)])))
    ).strip()


def breaks(text):
    return [match.group() for match in LINE_BREAK.finditer(text)]


def ink(text):
    return "".join(text.split())


@given(WORDS.map(" ".join), wrapped_texts())
def test_rewrap_keeps_the_breaks_of_one_and_the_words_of_the_other(flat, like):
    out = rewrap(flat, like)
    if flat.count(" ") < len(breaks(like)):
        assert out is None
    else:
        assert breaks(out) == breaks(like)
        assert ink(out) == ink(flat)
        assert unwrap(out) == flat


@given(wrapped_texts())
def test_unwrap_leaves_no_line_break_and_every_word(text):
    assert not set("\r\n") & set(unwrap(text))
    assert unwrap(text).split() == text.split()


@given(wrapped_texts())
def test_an_unchanged_sentence_gets_its_lines_back(text):
    text = LINE_BREAK.sub("\n", text)
    assert rewrap(unwrap(text), text) == text


def test_breaks_go_where_they_were():
    assert rewrap("one two three four five six", "aaa bbb ccc\nddd eee fff") == (
        "one two three\nfour five six"
    )


def test_without_line_breaks_nothing_changes():
    assert rewrap("one two", "three four five") == "one two"


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("Plain text", ""),
        ("  indented", "  "),
        ("- item", "- "),
        ("  * item", "  * "),
        ("12. item", "12. "),
        ("(a) item", "(a) "),
        ("a. item", "a. "),
        ("A) item", "A) "),
        ("### Heading", "### "),
        ("> > quoted", "> > "),
        ("> - item", "> - "),
        ("A. Smith left", ""),
        ("J. K. Rowling left", ""),
        ("-5 degrees", ""),
        ("3.5 percent", ""),
        ("#hashtag", ""),
    ],
)
def test_marks_before_the_prose(line, head):
    assert line[: marker_length(line)] == head


@pytest.mark.parametrize(
    ("lines", "soft"),
    [
        ([], []),
        (["One line.\n"], [False]),
        (["Short line\n", "goes on.\n"], [False, False]),
        (["A line that is long enough to have been wrapped\n", "goes on here.\n"], [True, False]),
        (["A line that is long enough to have been wrapped\n", "Goes on here.\n"], [False, False]),
        (["A line that is long enough to have been wrapped\n", "- an item\n"], [False, False]),
        (["x" * 101 + "\n", "goes on.\n"], [False, False]),
    ],
)
def test_which_breaks_are_mere_layout(lines, soft):
    assert soft_breaks(lines) == soft
