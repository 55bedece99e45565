"""Language, normal form and test texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distill.records import write_jsonl
from distill.sources.language import is_language, probability
from distill.sources.leakage import GRAM_WORDS, TestTexts
from distill.sources.normal import fingerprint, normal_words
from paraphraser_tui.errors import InputError

FOREIGN = [
    "Bonjour, comment allez-vous ce matin ?",
    "Das ist ein guter Tag für einen Spaziergang.",
    "¿Dónde está la biblioteca de la ciudad?",
    "Il gatto dorme sul tavolo della cucina.",
    "De kat zit op de tafel in de keuken.",
    "Hej, hur mår du i dag?",
    "Сегодня хорошая погода.",
    "今日はいい天気ですね。",
]
ENGLISH_WITH_NAMES = [
    "Alba Iulia is in Romania.",
    "The race was won by Rein Taaramäe.",
    "The true pièce de résistance, however, is the dessert.",
    "Why do Scottish men wear kilts?",
    "turn on the lights",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_other_languages_are_refused(text):
    assert not is_language(text)


@pytest.mark.parametrize("text", ENGLISH_WITH_NAMES)
def test_foreign_names_are_no_other_language(text):
    assert is_language(text)


def test_other_languages_can_be_asked_for():
    assert is_language(FOREIGN[1], "de")
    assert not is_language(ENGLISH_WITH_NAMES[3], "de")


@given(st.text())
def test_a_probability_of_any_text(text):
    assert 0 <= probability(text) <= 1


@given(st.text())
def test_the_fingerprint_is_that_of_the_normal_words(text):
    assert fingerprint(text) == fingerprint("  ".join(normal_words(text)))
    assert fingerprint(text) == fingerprint(f"«{text}»!")


def test_fingerprints_keep_the_texts_apart():
    assert fingerprint("a b", "c") != fingerprint("a", "b c")
    assert fingerprint("a", "b") != fingerprint("b", "a")


@given(st.lists(st.sampled_from("abcdefghijklmnop"), min_size=1, max_size=40))
def test_a_test_text_is_always_found(words):
    text = " ".join(words)
    assert text.upper() + "." in TestTexts([text])


def test_a_short_overlap_is_no_leak():
    tests = TestTexts([" ".join("abcdefghij")])
    assert " ".join("abcdefg") not in tests  # fewer words than a gram, and another text
    assert " ".join("abcdefgh") in tests
    assert tests.shared(" ".join("abcdefgh" + "q" * GRAM_WORDS)) < 0.5


def test_a_test_file_without_text(tmp_path):
    path = tmp_path / "t.jsonl"
    write_jsonl(path, [{"src": "fine"}, {"label": 1}])
    with pytest.raises(InputError, match="line 2"):
        TestTexts.read([path])
