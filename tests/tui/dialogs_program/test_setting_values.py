"""Values of settings on one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.engine.dials import Length
from paraphraser_tui.errors import OptionError
from paraphraser_tui.settings.keys import BY_FIELD, KEYS
from paraphraser_tui.tui.dialogs.program.values import from_line, shown, words

TERMS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1)


@pytest.mark.parametrize(
    ("field", "line", "value"),
    [
        ("num", " 3 ", 3),
        ("diversity", "high", 80),
        ("order", "7", 7),
        ("min_meaning", "1", 1.0),
        ("length", "shorter", Length.SHORTER),
        ("sampling", "True", True),
        ("sampling", "false", False),
        ("preset", "my own", "my own"),
        ("freeze", "Acme", ("Acme",)),
        ("freeze", 'Acme, "a, b", ', ("Acme", "a, b")),
        ("seed", "", None),
        ("freeze", "  ", None),
    ],
)
def test_what_a_line_stands_for(field, line, value):
    assert from_line(BY_FIELD[field], line) == value


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("num", "many"),
        ("num", "21"),
        ("num", "1.5"),
        ("sampling", "yes"),
        ("length", "short"),
        ("min_meaning", "a lot"),
        ("min_meaning", "nan"),
        ("temperature", "0"),
        ("threads", "0"),
        ("freeze", "x" * 200_000),
    ],
)
def test_what_cannot_be(field, line):
    with pytest.raises(OptionError):
        from_line(BY_FIELD[field], line)


def test_each_word_that_is_offered_is_taken():
    for key in KEYS:
        for word in words(key):
            assert from_line(key, word) is not None


@given(st.lists(TERMS.map(str.strip).filter(bool), min_size=1, max_size=4).map(tuple))
def test_terms_come_back(terms):
    assert from_line(BY_FIELD["freeze"], shown(terms)) == terms


@pytest.mark.parametrize("value", [True, 80, 0.25, Length.LONGER, "gentle"])
def test_what_is_shown_can_be_typed(value):
    fields = {True: "sampling", 80: "num", 0.25: "min_meaning", "gentle": "preset"}
    key = BY_FIELD[fields.get(value, "length")]
    if value == 80:
        key = BY_FIELD["diversity"]
    assert from_line(key, shown(value)) == value
