"""What the engine's thread tells the app."""

from typing import TYPE_CHECKING

from textual.message import Message

from ...engine.options import Options
from ...engine.result import Result

if TYPE_CHECKING:
    from ...engine.alternatives import Alternative


class EngineReady(Message):
    """A model is loaded, and what waits is answered by it."""

    def __init__(self, compute_type: str) -> None:
        super().__init__()
        self.compute_type = compute_type


class EngineFailed(Message):
    """A model could not be loaded; one plain line says why.

    The model before it, if there is one, goes on. Without any, requests wait for the next.
    """

    def __init__(self, error: str) -> None:
        super().__init__()
        self.error = error


class VariantsReady(Message):
    """The variants of a sentence, whoever asked: the user, a prefetch or a run.

    options: those of the request, so that a late answer is not taken for one to other dials.
    """

    def __init__(self, ticket: int, number: int, options: Options, result: Result) -> None:
        super().__init__()
        self.ticket = ticket
        self.number = number
        self.options = options
        self.result = result


class WordsReady(Message):
    """Other words for a place in a variant of a sentence."""

    def __init__(
        self, ticket: int, number: int, place: int, alternatives: "tuple[Alternative, ...]"
    ) -> None:
        super().__init__()
        self.ticket = ticket
        self.number = number
        self.place = place
        self.alternatives = alternatives


class RequestFailed(Message):
    """The engine could not answer for a sentence; one plain line says why."""

    def __init__(self, ticket: int, number: int, error: str) -> None:
        super().__init__()
        self.ticket = ticket
        self.number = number
        self.error = error


class RunProgress(Message):
    """How far the run over the document is."""

    def __init__(self, ticket: int, done: int, total: int) -> None:
        super().__init__()
        self.ticket = ticket
        self.done = done
        self.total = total


class RunEnded(Message):
    """The run is through, or was cancelled or replaced; nothing more comes from it."""

    def __init__(self, ticket: int, cancelled: bool) -> None:
        super().__init__()
        self.ticket = ticket
        self.cancelled = cancelled
