"""What reaches a terminal is harmless and as long as before."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.text.sanitize import for_display, one_line

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TEXTS = st.text(
    st.one_of(st.characters(), st.characters(max_codepoint=0xA0), st.sampled_from(BIDI))
)


def dangerous(char):
    return unicodedata.category(char) == "Cc" or char in BIDI


@given(TEXTS)
def test_shown_text_has_no_control_characters(text):
    shown = for_display(text)
    assert len(shown) == len(text)
    assert not any(dangerous(c) for c in shown if c not in "\n\t")
    assert for_display(shown) == shown


@given(TEXTS)
def test_one_line_is_one_line(text):
    shown = one_line(text)
    assert len(shown) == len(text)
    assert not any(map(dangerous, shown))
    assert one_line(shown) == shown


@given(TEXTS)
def test_harmless_characters_stay(text):
    for before, after in zip(text, for_display(text), strict=True):
        assert before == after or dangerous(before)


@pytest.mark.parametrize(
    "attack",
    ["\x1b]0;title\x07", "\x1b]52;c;aGk=\x1b\\", "\x9b31m", "\x1b[2J", "\x1bc", "a\rb", "x\x08y"],
)
def test_escape_sequences_become_visible(attack):
    shown = for_display(attack)
    assert not set("\x1b\x9b\x07\x08\r") & set(shown)
    assert all(c in shown for c in attack if c.isprintable())
