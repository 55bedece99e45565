"""Names and acronyms by their capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.text.names import names, whole_names

ORDINARY = set("the a talks was nice yes go home rain fell house".split())


def is_word(word):
    return word in ORDINARY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Paris talks failed.", {"Paris"}),
        ("IBM and AT&T met.", {"IBM", "AT&T"}),
        ("I met Anna's dog.", {"Anna"}),
        ("I met Anna’s dog.", {"Anna"}),
        ("El Paso is hot.", {"El", "Paso"}),
        ("On Monday we met.", {"Monday"}),
        ("The U.S. left.", {"U.S"}),
        ("iPhone sales rose.", {"iPhone"}),
        ("COVID-19 came.", {"COVID-19"}),
        ("“Rain,” said Tom.", {"Tom"}),
        ("I think I am right.", set()),
        ("Rain fell.", set()),
        ("THE WHOLE THING IS SHOUTED", set()),
        ("no capitals at all", set()),
        ("", set()),
    ],
)
def test_names_without_a_vocabulary(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell.", set()),
        ("Erdogan was nice.", {"Erdogan"}),
        ("He left: Go home.", set()),
    ],
)
def test_a_vocabulary_decides_about_first_words(text, expected):
    assert names(text, is_word) == expected


def test_a_first_word_with_an_object_is_a_verb():
    assert names("Preheat the oven for ten minutes.", lambda word: False) == set()
    assert names("Görlitz was old.", lambda word: False) == {"Görlitz"}
    assert names("Merkel's the one.", lambda word: False) == {"Merkel"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He met Leroy Millette Jr. in May.", "Leroy Millette Jr."),
        ("He works for Acme Inc. now.", "Acme Inc."),
        ("He works for Acme Inc.", "Acme Inc"),
        ("He said he knew Anna. She did not.", "Anna"),
    ],
)
def test_the_stop_of_a_shortened_word_belongs_to_the_name(text, name):
    (found,) = [text[a:b] for a, b, _ in whole_names(text, str.islower)]
    assert found == name


def test_whole_names_with_their_places():
    text = "We saw Angela Merkel's House in Turkey."
    found = [(text[a:b], known) for a, b, known in whole_names(text, lambda w: w == "House")]
    assert found == [("Angela Merkel", False), ("House", True), ("Turkey", False)]


@given(st.text())
def test_whole_names_are_words_of_the_text(text):
    for start, end, _ in whole_names(text, is_word):
        assert text[start:end] == text[start:end].strip() != ""
