"""Where the sentences of a document stand in rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from paraphraser_tui.document.formats import Format, parse
from paraphraser_tui.tui.widgets.document_layout import Layout, shown

TEXT = (
    "# Title\n\nOne is short. The second one is longer than that.\n\n- An item here that is long.\n"
)
WIDTH = 20
WORDS = st.lists(
    st.sampled_from("The cat sat. Dogs bark! 日本 a\tb \r\n \n\n".split(" ")), max_size=40
)


def laid_out(text: str, width: int = WIDTH, format: Format = Format.MARKDOWN) -> Layout:
    layout = Layout(parse(text, format))
    layout.wrap(width)
    return layout


def lines(layout: Layout) -> list[str]:
    found = (layout.row(y) for y in range(layout.height))
    return ["".join(piece.text for piece in row.pieces) for row in found]


def test_rows_and_sentences():
    layout = laid_out(TEXT)
    assert lines(layout) == [
        "# Title",
        "",
        "One is short. The",
        "second one is longer",
        "than that.",
        "",
        "- An item here that",
        "is long.",
    ]
    assert [list(layout.rows_of(number)) for number in range(3)] == [[2], [2, 3, 4], [6, 7]]
    assert [layout.row(y).begins for y in (2, 3, 6)] == [(0, 1), (), (2,)]


def test_what_stands_in_a_cell():
    layout = laid_out(TEXT)
    assert [layout.segment_at(2, x) for x in (0, 12, 13, 14, 16, 17)] == [0, 0, None, 1, 1, None]
    assert layout.segment_at(6, 0) is None  # the mark of the item
    assert layout.segment_at(6, 2) == 2
    assert [layout.segment_at(y, 0) for y in (0, 1, 99, -1)] == [None] * 4


def test_wide_characters_take_two_cells():
    layout = laid_out("日本 is far away. It is not near.", 40, Format.PLAIN)
    assert layout.segment_at(0, cell_len("日本 is far away.") - 1) == 0
    assert layout.segment_at(0, cell_len("日本 is far away. ")) == 1


def test_a_longer_sentence_moves_what_follows():
    layout = laid_out(TEXT)
    layout.replace({0: "One is not at all as short as it was."})
    assert lines(layout)[2:5] == [
        "One is not at all as",
        "short as it was. The",
        "second one is longer",
    ]
    assert list(layout.rows_of(2)) == [7, 8]
    layout.replace({0: "One is short."})
    assert lines(layout) == lines(laid_out(TEXT))


def test_a_hard_wrapped_paragraph_flows():
    text = (
        "This sentence is about an old and rather fat cat\r\n"
        "that sat there for years and was never seen to\r\n"
        "leave the mat.\r\n"
        "It was old.\r\n"
    )
    layout = laid_out(text, 60, Format.PLAIN)
    assert lines(layout) == [
        "This sentence is about an old and rather fat cat that sat",
        "there for years and was never seen to leave the mat. It was",
        "old.",
    ]
    assert list(layout.rows_of(0)) == [0, 1]
    layout.replace({0: "A cat never left."})
    assert lines(layout) == ["A cat never left. It was old."]


def test_a_line_for_each_sentence_stays_so():
    text = "This is a cat.\nIt is rather old.\nIt sleeps."
    assert lines(laid_out(text, 60, Format.PLAIN)) == text.split("\n")


def test_tabs_reach_the_next_stop_even_within_a_line():
    layout = laid_out("Dogs bark.\tCats purr.", 40, Format.PLAIN)
    assert lines(layout) == ["Dogs bark.      Cats purr."]


@pytest.mark.parametrize("number", [-1, 3])
def test_a_sentence_that_is_not_there(number):
    layout = laid_out(TEXT)
    with pytest.raises(IndexError):
        layout.replace({number: "Nothing."})
    with pytest.raises(IndexError):
        layout.rows_of(number)


def test_no_rows_before_the_width_is_known():
    layout = Layout(parse(TEXT, Format.MARKDOWN))
    layout.replace({0: "It is done."})
    assert layout.height == 0
    layout.wrap(WIDTH)
    assert lines(layout)[2] == "It is done. The"


def test_control_characters_become_visible():
    assert shown("a\x1b[31m\r\nb\rc") == "a␛[31m\nb\nc"


@given(WORDS, st.integers(4, 30))
def test_the_rows_hold_the_document(words, width):
    text = " ".join(words)
    layout = laid_out(text, width, Format.PLAIN)
    everything = "".join(lines(layout))
    assert "".join(everything.split()) == "".join(shown(text).split())
    assert all(cell_len(line) <= width for line in lines(layout))


@given(WORDS, st.integers(4, 30))
def test_rows_tell_the_same_as_sentences(words, width):
    layout = laid_out(" ".join(words), width, Format.PLAIN)
    found = [layout.row(y) for y in range(layout.height)]
    begun = [number for row in found for number in row.begins]
    assert begun == sorted(set(begun))
    for number in begun:
        there = [y for y, row in enumerate(found) if any(p.number == number for p in row.pieces)]
        assert set(there) <= set(layout.rows_of(number))
        assert there[0] == layout.rows_of(number)[0]
