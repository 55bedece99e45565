"""Word diffs: what they say about sentences, and that both versions can be read off them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.text.worddiff import Kind, Run, word_diff

MARKS = {Kind.SAME: "", Kind.ADDED: "+", Kind.REMOVED: "-"}
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from("a the dog dogs was it's 3.5 , . ( — ' \n e\u0301".split(" ")))
    .map(" ".join),
)  # fmt: skip


def shown(old: str, new: str) -> str:
    return "|".join(f"{MARKS[run.kind]}{run.text}" for run in word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "diff"),
    [
        ("It was fun.", "It was fun.", "It was fun."),
        ("It was fun.", "It was great fun.", "It was|+ great| fun."),
        ("It was great fun.", "It was fun.", "It was|- great| fun."),
        ("A red car.", "A big blue car.", "A|- red|+ big blue| car."),
        ("It was good.", "It was good!", "It was good|-.|+!"),
        ("It’s well-known.", "It’s known.", "It’s|- well-known|+ known|."),  # words stay whole
        ("It cost 3.5 dollars.", "It cost 3.6 dollars.", "It cost|- 3.5|+ 3.6| dollars."),
        ("He left.", "Then He left.", "+Then |He left."),  # the blank does not hide the word
        ("one  two", "one two", "one|-  |+ |two"),
        ("", "new", "+new"),
        ("old", "", "-old"),
        ("", "", ""),
    ],
)
def test_diffs(old, new, diff):
    assert shown(old, new) == diff


def test_blanks_alone_are_nothing_in_common():
    assert shown("red green blue", "one two three") == "-red green blue|+one two three"


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_off(old, new):
    runs = word_diff(old, new)
    assert "".join(run.text for run in runs if run.kind is not Kind.REMOVED) == new
    assert "".join(run.text for run in runs if run.kind is not Kind.ADDED) == old


@given(TEXTS, TEXTS)
def test_runs_are_neither_empty_nor_cut_needlessly(old, new):
    runs = word_diff(old, new)
    assert all(run.text for run in runs)
    assert all(a.kind is not b.kind for a, b in pairwise(runs))


@given(TEXTS)
def test_nothing_changed(text):
    assert word_diff(text, text) == ((Run(text, Kind.SAME),) if text else ())
