"""How far a paraphrase moved, against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.text.change import Change, measure

SENTENCES = st.lists(
    st.sampled_from("the a dog dogs cat ran runs quickly was not big house it she".split())
).map(" ".join)


@pytest.mark.parametrize(
    ("source", "target", "lexical", "order", "length"),
    [
        ("The dog barked.", "The dog barked.", 0, 0, 1),
        ("The dog barked.", "A dog barks!", 0, 0, 1),  # endings and grammar are no change
        ("Dogs bark loudly.", "Dogs bark softly.", 1 / 3, 0, 1),
        ("Dogs bark.", "Cats purr.", 1, 0, 1),
        ("Dogs chase cats.", "Cats chase dogs.", 0, 1, 1),  # all three pairs are turned round
        ("Dogs chase brown cats.", "Brown dogs chase cats.", 0, 2 / 6, 1),
        ("Dogs bark.", "Dogs bark very loudly now.", 1 - 2 * 2 / 6, 0, 5 / 2),
        ("He gave it away.", "He gives it away.", 0, 0, 1),
        ("", "", 0, 0, 1),
    ],
)
def test_values(source, target, lexical, order, length):
    found = measure(source, target)
    assert (found.lexical, found.order, found.length) == pytest.approx((lexical, order, length))


def test_overall_counts_order_half():
    assert Change(0, 1, 1).overall == pytest.approx(0.5)
    assert Change(0.4, 0.5, 1).overall == pytest.approx(1 - 0.6 * 0.75)
    assert Change(1, 0, 1).overall == 1


@given(SENTENCES, SENTENCES)
def test_symmetric_and_within_bounds(a, b):
    there, back = measure(a, b), measure(b, a)
    assert there.lexical == pytest.approx(back.lexical)
    assert there.order == pytest.approx(back.order)
    assert there.length == pytest.approx(1 / back.length)
    assert 0 <= there.lexical <= 1 and 0 <= there.order <= 1 and 0 <= there.overall <= 1


@given(st.text())
def test_a_text_did_not_move_from_itself(text):
    assert measure(text, text) == Change(0, 0, 1)
