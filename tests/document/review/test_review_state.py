"""What is done can be taken back, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.document.review import (
    Decide,
    Decision,
    Freeze,
    History,
    Reopen,
    State,
    Status,
    Thaw,
    Together,
    inverse,
    reduce,
    touched,
)

numbers = st.integers(0, 5)
terms = st.sampled_from(["rain", "all day", "Ms Smith"])
decisions = st.builds(Decision, st.sampled_from(Status), st.none() | st.sampled_from(["a", "b"]))
simple = st.one_of(
    st.builds(Decide, numbers, decisions),
    st.builds(Reopen, numbers),
    st.builds(Freeze, terms, st.none() | st.integers(-2, 4)),
    st.builds(Thaw, terms),
)
actions = st.recursive(
    simple, lambda inner: st.builds(Together, st.lists(inner, max_size=5).map(tuple))
)
decided = decisions.filter(lambda decision: decision.status is not Status.OPEN)
states = st.builds(
    State, st.dictionaries(numbers, decided), st.lists(terms, unique=True).map(tuple)
)
ACCEPTED = Decision(Status.ACCEPTED, "It poured.")


@given(states, actions)
def test_the_inverse_leads_back(state, action):
    before = State(dict(state.decisions), state.frozen)
    assert reduce(reduce(state, action), inverse(state, action)) == before
    assert state == before  # neither of them changes what it is given


@given(states, st.lists(actions, max_size=6))
def test_together_is_one_after_the_other(state, several):
    after = state
    for action in several:
        after = reduce(after, action)
    assert reduce(state, Together(tuple(several))) == after


@given(states, st.lists(actions | st.sampled_from(["undo", "redo"]), max_size=20))
def test_any_way_through_history(start, steps):
    """Against a list of states, which is what a history stands for."""
    history, past, future = History(start), [start], []
    for step in steps:
        if step == "undo":
            assert (history.undo() is not None) == (len(past) > 1)
            if len(past) > 1:
                future.append(past.pop())
        elif step == "redo":
            assert (history.redo() is not None) == bool(future)
            if future:
                past.append(future.pop())
        elif history.do(step):
            past.append(reduce(past[-1], step))
            future.clear()
        else:
            assert reduce(past[-1], step) == past[-1]
        assert history.state == past[-1]
        assert (history.can_undo, history.can_redo) == (len(past) > 1, bool(future))
    end, taken_back = history.state, []
    while (action := history.undo()) is not None:
        taken_back.append(action)
    assert history.state == start
    assert [history.redo() for _ in taken_back] == taken_back[::-1]
    assert history.state in (end, *future)


def test_what_changes_nothing_is_no_step():
    history = History()
    history.do(Decide(0, ACCEPTED))
    history.undo()
    for action in (Reopen(0), Thaw("rain"), Together(()), Decide(0, Decision(Status.OPEN))):
        assert not history.do(action)
    assert (history.can_undo, history.can_redo) == (False, True)
    history.redo()
    assert not history.do(Decide(0, ACCEPTED))


def test_a_thawed_term_comes_back_to_its_place():
    state = State(frozen=("a", "b", "c"))
    assert reduce(state, Thaw("b")).frozen == ("a", "c")
    assert reduce(reduce(state, Thaw("b")), inverse(state, Thaw("b"))) == state


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (Decide(3, ACCEPTED), {3}),
        (Freeze("rain"), set()),
        (Together((Reopen(1), Together((Reopen(2), Thaw("rain"))))), {1, 2}),
    ],
)
def test_which_sentences_an_action_is_about(action, expected):
    assert set(touched(action)) == expected


def test_status_and_texts():
    state = State({1: ACCEPTED, 2: Decision(Status.KEPT)})
    assert [state.status(n) for n in range(3)] == [Status.OPEN, Status.ACCEPTED, Status.KEPT]
    assert state.texts() == {1: "It poured."}
