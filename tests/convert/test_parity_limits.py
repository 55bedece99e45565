"""Figures beyond a limit stop a package."""

import math

import pytest

from convert.parity import Limits, ParityError, check, sample_sentences
from paraphraser_tui.models.manifest import Parity

GOOD = {"logprob_difference": 0.01, "top1_agreement": 0.99}


def test_figures_within_the_limits_pass():
    check(Parity(3, **GOOD), Limits())
    check(Parity(3, similarity_difference=0.01, cosine=0.995), Limits())


@pytest.mark.parametrize(
    ("name", "value", "relation"),
    [
        ("logprob_difference", 0.06, "above 0.05"),
        ("top1_agreement", 0.96, "below 0.97"),
        ("similarity_difference", 0.03, "above 0.02"),
        ("cosine", 0.98, "below 0.99"),
        ("shortlist_coverage", 0.96, "below 0.97"),
        ("logprob_difference", math.nan, "above"),
        ("top1_agreement", math.nan, "below"),
    ],
)
def test_a_figure_beyond_its_limit_is_named(name, value, relation):
    with pytest.raises(ParityError, match=f"{name} .* is {relation}"):
        check(Parity(3, **GOOD | {name: value}), Limits())


def test_the_sample_is_of_many_kinds():
    sentences = sample_sentences()
    assert len(set(sentences)) == len(sentences) >= 20
    assert any("?" in s for s in sentences) and any(map(str.isdigit, "".join(sentences)))
