"""Two wordings in parts, and what is taken from which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.tui.mixing import Mix, parts

ONE = "Yesterday we agreed to buy an old house, so they were happy."
TWO = "We decided to buy an old house yesterday, so all felt glad."
SENTENCE = st.lists(
    st.sampled_from(["the", "dog", "has", "barked", "loudly", ",", "-", "12.5", "café", "of"]),
    max_size=12,
).map(" ".join)


def told(first: str, second: str) -> list[tuple[str, str]]:
    return [(part.first, part.second) for part in parts(first, second)]


def test_what_differs_stands_between_what_is_common():
    assert told(ONE, TWO) == [
        ("Yesterday we agreed", "We decided"),
        (" to buy an old house", " to buy an old house"),
        (", so they were happy", " yesterday, so all felt glad"),
        (".", "."),
    ]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("It was fun.", "It was fun.", [("It was fun.", "It was fun.")]),
        ("", "", []),
        ("Stop.", "Go on!", [("Stop.", "Go on!")]),
        ("Then it rained.", "It rained.", [("Then it", "It"), (" rained.", " rained.")]),
        # One short word in common is chance.
        ("One of them left.", "Two of us left.", [("One of them", "Two of us"), (" left.",) * 2]),
    ],
)
def test_parts(first, second, found):
    assert told(first, second) == found


def test_the_beginning_of_one_and_the_end_of_the_other():
    mix = Mix.of(ONE, TWO)
    assert mix.text == ONE
    assert mix.move(1).switch().text == (
        "Yesterday we agreed to buy an old house yesterday, so all felt glad."
    )
    assert mix.switch().text.startswith("We decided to buy an old house, so they")
    assert mix.switch().switch() == mix
    assert mix.switch().move(1).switch().text == TWO


def test_the_mark_stays_among_the_parts_that_differ():
    mix = Mix.of(ONE, TWO)
    assert mix.differing == (0, 2)
    assert mix.move(-1).place == 0
    assert mix.move(9).place == 2
    assert mix.at(2).place == 2
    assert mix.at(1).place == 0
    same = Mix.of(ONE, ONE)
    assert same.place is None
    assert same.move(1).switch().text == ONE


@given(SENTENCE, SENTENCE)
def test_every_part_from_one_wording_is_that_wording(first, second):
    mix = Mix.of(first, second)
    assert mix.text == first
    assert Mix(mix.parts, frozenset(mix.differing)).text == second
    assert all(a.differs != b.differs for a, b in zip(mix.parts, mix.parts[1:], strict=False))


@given(SENTENCE, SENTENCE, st.integers(0, 2**12))
def test_no_mix_runs_words_together(first, second, choice):
    mix = Mix.of(first, second)
    taken = frozenset(place for place in mix.differing if choice >> place & 1)
    known = {*first.split(), *second.split()}
    assert {*Mix(mix.parts, taken).text.split()} <= known
