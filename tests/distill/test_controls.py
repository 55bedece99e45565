"""Codes are the run time's own measures, cut at the thresholds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distill.controls import NEUTRAL, THRESHOLDS, TOKENS, codes, level, with_codes
from distill.records import Pair
from paraphraser_tui.text.change import measure

WORDS = ("the", "cat", "dogs", "ran", "quickly", "home", "red", "of", "car")
sentences = st.lists(st.sampled_from(WORDS), max_size=9)


def test_the_tokens_are_those_of_the_vocabulary():
    assert TOKENS == (
        "<lex0>", "<lex1>", "<lex2>", "<lex3>", "<lex4>",
        "<ord0>", "<ord1>", "<ord2>", "<len0>", "<len1>", "<len2>",
    )  # fmt: skip
    assert set(NEUTRAL) < set(TOKENS)


def test_a_copy_a_reordering_and_a_rewrite():
    assert codes("The cat chased a mouse.", "The cat chased a mouse.") == (
        "<lex0>", "<ord0>", "<len1>",
    )  # fmt: skip
    swapped = codes("Dogs fear cats and mice.", "Mice and cats fear dogs.")
    assert swapped == ("<lex0>", "<ord2>", "<len1>")
    assert codes("The cat chased a mouse.", "A feline pursued some small rodent at night") == (
        "<lex4>", "<ord0>", "<len2>",
    )  # fmt: skip


@given(sentences, sentences)
def test_levels_agree_with_the_measure(a, b):
    source, target = " ".join(a), " ".join(b)
    change = measure(source, target)
    made = codes(source, target)
    measured = {"lex": change.lexical, "ord": change.order, "len": change.length}
    for name, bounds in THRESHOLDS.items():
        at = level(name, made)
        assert sum(measured[name] >= bound for bound in bounds) == at
        assert f"<{name}{at}>" in TOKENS


@pytest.mark.parametrize("bad", [("<lex9>", "<ord0>", "<len1>"), ("<lex0>",), ()])
def test_codes_that_no_student_knows_are_measured_anew(bad):
    pair = Pair("a red car", "a red car", "s", controls=bad)
    assert with_codes(pair).controls == ("<lex0>", "<ord0>", "<len1>")


def test_given_codes_are_kept():
    given_codes = ("<lex4>", "<ord2>", "<len0>")
    assert with_codes(Pair("a", "a", "s", controls=given_codes)).controls == given_codes
