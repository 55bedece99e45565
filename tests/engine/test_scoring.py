"""The figures that the student gives of a candidate, against values worked out by hand."""

import math

import pytest

from paraphraser_tui.engine.scoring import likelihood

# Two words of one and two pieces, and the end: the second word is all but lost.
COPY = [-0.1, -0.2, -0.3, -0.4]
BACK = [-0.1, -2.2, -2.3, -0.4]
STARTS = [True, True, False, True]


def test_the_way_back_is_worth_its_worst_word_not_its_worst_piece():
    told = likelihood(COPY, [-0.5, -0.7], BACK, STARTS)
    assert told.surprise == pytest.approx(2.0 + 2.0)
    assert told.fidelity == pytest.approx(math.exp(-4.0 / 4))


def test_fluency_and_ease_are_means_per_token():
    told = likelihood(COPY, [-0.5, -0.7], BACK, STARTS)
    assert told.fluency == pytest.approx(math.exp(-0.6))
    assert told.ease == pytest.approx(math.exp(-0.6 + 0.25))


def test_a_source_that_is_easier_to_have_back_than_to_copy_loses_nothing():
    told = likelihood(BACK, COPY, COPY, STARTS)
    assert (told.fidelity, told.surprise) == (1.0, 0.0)


def test_what_one_piece_gains_does_not_pay_for_another():
    told = likelihood([-1.0, -1.0], [-1.0], [-0.5, -3.0], [True, False])
    assert told.surprise == pytest.approx(2.0)
