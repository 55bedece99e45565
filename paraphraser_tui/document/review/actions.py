"""What can be done to the state of a review, and how each of it is taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from .state import Decision, State, Status


@dataclass(frozen=True)
class Decide:
    """Decide on a sentence; a decision that it is open is the same as to reopen it."""

    number: int
    decision: Decision


@dataclass(frozen=True)
class Reopen:
    """Forget what was decided about a sentence."""

    number: int


@dataclass(frozen=True)
class Freeze:
    """Freeze a term, at this place among those that are frozen, or as the last."""

    term: str
    place: int | None = None


@dataclass(frozen=True)
class Thaw:
    """Let paraphrases change a term again."""

    term: str


@dataclass(frozen=True)
class Together:
    """Several actions as one step, in their order."""

    actions: tuple["Action", ...]


Action: TypeAlias = Decide | Reopen | Freeze | Thaw | Together

NOTHING = Together(())


def reduce(state: State, action: Action) -> State:
    """The state after the action."""
    return _done(state, action)[0]


def inverse(state: State, action: Action) -> Action:
    """What leads back to this state after the action; NOTHING if the action changes nothing."""
    return _done(state, action)[1]


def touched(action: Action) -> Iterator[int]:
    """The numbers of the sentences that an action is about."""
    match action:
        case Decide(number) | Reopen(number):
            yield number
        case Together(actions):
            for one in actions:
                yield from touched(one)


def _done(state: State, action: Action) -> tuple[State, Action]:
    decisions, frozen = dict(state.decisions), list(state.frozen)
    back = _apply(action, decisions, frozen)
    return State(decisions, tuple(frozen)), back


def _apply(action: Action, decisions: dict[int, Decision], frozen: list[str]) -> Action:
    """Change decisions and terms in place, which makes many actions as quick as one.

    Returns what takes it back.
    """
    match action:
        case Decide(number, decision):
            return _decide(number, decision, decisions)
        case Reopen(number):
            return _decide(number, None, decisions)
        case Freeze(term, place):
            if term in frozen:
                return NOTHING
            frozen.insert(len(frozen) if place is None else place, term)
            return Thaw(term)
        case Thaw(term):
            if term not in frozen:
                return NOTHING
            place = frozen.index(term)
            del frozen[place]
            return Freeze(term, place)
        case Together(actions):
            backs = [_apply(one, decisions, frozen) for one in actions]
            return Together(tuple(back for back in reversed(backs) if back != NOTHING))


def _decide(number: int, decision: Decision | None, decisions: dict[int, Decision]) -> Action:
    before = decisions.get(number)
    if decision is not None and decision.status is Status.OPEN:
        decision = None
    if decision == before:
        return NOTHING
    if decision is None:
        del decisions[number]
    else:
        decisions[number] = decision
    return Reopen(number) if before is None else Decide(number, before)
