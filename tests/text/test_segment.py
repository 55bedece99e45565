"""Cutting text into paragraphs, sentences and gaps."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.text.segment import MAX_PARAGRAPH_LINES, ParagraphSplitter, pieces

# Mostly what decides about pieces, so that short examples are interesting ones.
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=st.sampled_from('aA1. \t\n\r\x0b\x85\u2028\u00a0-#>|…?!"“”’()')),
    st.lists(
        st.sampled_from(["Dr. Smith", "He left.", "U.S.", "\r\n", "\n", "\r", " ", "- ", "1. "])
    ).map("".join),
)


def split(chunks):
    splitter = ParagraphSplitter()
    found = [paragraph for chunk in chunks for paragraph in splitter.feed(chunk)]
    return found + splitter.finish()


def cut(text, places):
    edges = [0, *sorted(p % (len(text) + 1) for p in places), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(edges)]


@given(TEXTS)
def test_pieces_joined_are_the_paragraph(text):
    assert "".join(piece.text for piece in pieces(text)) == text


@given(TEXTS)
def test_no_piece_is_empty_and_no_two_gaps_touch(text):
    found = pieces(text)
    assert all(piece.text for piece in found)
    assert not any(not a.prose and not b.prose for a, b in itertools.pairwise(found))


@given(TEXTS)
def test_prose_has_a_letter_and_no_blanks_around_it(text):
    for piece in pieces(text):
        if piece.prose:
            assert piece.text == piece.text.strip()
            assert any(map(str.isalnum, piece.text))


@given(TEXTS, st.lists(st.integers(min_value=0)))
def test_paragraphs_do_not_depend_on_how_the_text_arrives(text, places):
    whole = split([text])
    assert "".join(whole) == text
    assert split(cut(text, places)) == whole
    assert split(text) == whole  # one character at a time


@given(TEXTS)
def test_a_splitter_can_be_used_again(text):
    splitter = ParagraphSplitter()
    first = [*splitter.feed(text), *splitter.finish()]
    assert [*splitter.feed(text), *splitter.finish()] == first


def test_a_line_end_split_over_two_chunks_is_one_line_end():
    chunks = ["One.\r", "\n\r", "\nTwo.\r", "\n"]
    assert split(chunks) == ["One.\r\n\r\n", "Two.\r\n"]


def test_a_paragraph_is_given_out_before_the_text_ends():
    assert ParagraphSplitter().feed("One.\n\nTwo") == ["One.\n\n"]


def test_blank_lines_lead_the_next_paragraph():
    assert split(["One.\n\n\n\nTwo.\n"]) == ["One.\n\n", "\n\nTwo.\n"]


def test_lone_carriage_returns_end_lines():
    assert split(["One.\r\rTwo.\r"]) == ["One.\r\r", "Two.\r"]


def test_an_endless_paragraph_is_cut():
    lines = [f"Line {i} goes here.\n" for i in range(2 * MAX_PARAGRAPH_LINES + 1)]
    found = split(["".join(lines)])
    assert [len(p.splitlines()) for p in found] == [MAX_PARAGRAPH_LINES, MAX_PARAGRAPH_LINES, 1]
    assert "".join(found) == "".join(lines)


def test_nothing_gives_nothing():
    assert split([]) == split([""]) == []
    assert pieces("") == []


@pytest.mark.parametrize("text", ["\n", " \t\r\n", "12 + 30 = 42\n", "***\n", "...", "— — —"])
def test_text_without_letters_is_no_prose(text):
    assert not any(piece.prose for piece in pieces(text))
