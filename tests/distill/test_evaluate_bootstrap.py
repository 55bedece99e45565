"""Figures over items and their intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from distill.evaluate.bootstrap import Statistic, difference, mean_of, resamples, score


def test_mean_leaves_out_items_without_a_value():
    assert mean_of([1.0, None, 4.0, float("nan")]).value == 2.5
    assert np.isnan(mean_of([None]).value)


@given(st.integers(1, 50), st.integers(0, 20), st.integers(0, 9))
def test_every_resample_draws_as_many_items(items, count, seed):
    weights = resamples(items, count, seed)
    assert weights.shape == (count, items)
    assert (weights.sum(axis=1) == items).all()
    assert (weights >= 0).all()


def test_interval_of_a_mean_is_that_of_the_normal_distribution():
    n = 2000
    values = np.random.default_rng(1).normal(3, 1, n)
    found = score(mean_of(values), resamples(n, 2000, seed=0))
    half = 1.96 * values.std() / np.sqrt(n)
    assert found.value == pytest.approx(values.mean())
    assert found.low == pytest.approx(values.mean() - half, abs=0.1 * half)
    assert found.high == pytest.approx(values.mean() + half, abs=0.1 * half)


def test_a_seed_repeats_the_interval():
    values = [1, 2, 3, 4, 9]
    first, again, other = (score(mean_of(values), resamples(5, 200, s)) for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_difference_is_paired():
    rng = np.random.default_rng(0)
    base = rng.normal(0, 10, 300)
    better = base + 1 + rng.normal(0, 0.1, 300)
    weights = resamples(300, 500, seed=0)
    gap = difference(mean_of(better), mean_of(base), weights)
    assert gap.value == pytest.approx(1, abs=0.05)
    # Unpaired, the spread of 10 would hide it.
    assert 0.9 < gap.low < gap.high < 1.1
    none = difference(mean_of(base), mean_of(base), weights)
    assert (none.value, none.low, none.high) == (0, 0, 0)


def test_no_resamples_no_interval():
    found = score(mean_of([1, 2]), resamples(2, 0, seed=0))
    assert (found.value, found.low, found.high) == (1.5, None, None)


def test_combine_sees_sums():
    ratio = Statistic(np.array([[1.0, 2.0], [3.0, 2.0]]), lambda sums: sums[0] / sums[1])
    assert ratio.value == 1.0
    assert ratio.resampled(np.array([[2.0, 0.0], [0.0, 2.0]])).tolist() == [0.5, 1.5]
