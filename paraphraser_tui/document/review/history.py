"""Undo and redo without end."""

from .actions import NOTHING, Action, inverse, reduce
from .state import State


class History:
    """A state and the actions that led to it; what changes nothing is no step."""

    def __init__(self, state: State | None = None) -> None:
        self.state = State() if state is None else state
        self._done: list[tuple[Action, Action]] = []  # each with what takes it back
        self._undone: list[Action] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is something that was taken back, and nothing new done since."""
        return bool(self._undone)

    def do(self, action: Action) -> bool:
        """Do it; whether it changed something."""
        if not self._step(action):
            return False
        self._undone.clear()
        return True

    def undo(self) -> Action | None:
        """Take the last action back and return it; None if there is none."""
        if not self._done:
            return None
        action, back = self._done.pop()
        self.state = reduce(self.state, back)
        self._undone.append(action)
        return action

    def redo(self) -> Action | None:
        """Do again what was taken back last and return it; None if there is nothing."""
        if not self._undone:
            return None
        action = self._undone.pop()
        self._step(action)
        return action

    def _step(self, action: Action) -> bool:
        back = inverse(self.state, action)
        if back == NOTHING:
            return False
        self.state = reduce(self.state, action)
        self._done.append((action, back))
        return True
