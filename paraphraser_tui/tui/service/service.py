"""What the app may ask of the engine's thread."""

import sys
from collections.abc import Callable, Sequence
from threading import Thread

from textual.message import Message

from ...engine.options import Options
from ...engine.prepare import Sentence
from .backlog import Backlog
from .engine import Load
from .work import Begin, Variants, Words
from .worker import Worker

# For so long may the app wait each time it wants to go on while the engine's thread runs Python.
SWITCH_SECONDS = 0.001


class Service:
    """Asks the engine in a thread of its own, and posts what comes of it as messages.

    No method waits for the engine but `stop`. An error of the engine ends one request only.
    """

    def __init__(self, load: Load, post: Callable[[Message], object]) -> None:
        self._backlog = Backlog()
        self._backlog.reload(load)
        worker = Worker(self._backlog, post)
        # A program that crashes does not wait for it.
        self._thread = Thread(target=worker.work, name="engine", daemon=True)

    def start(self) -> None:
        """Begin to load the model."""
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread.start()

    def variants(self, number: int, sentence: Sentence, options: Options) -> int:
        """Ask for the variants of a sentence before all others; the request's ticket.

        An earlier request for variants that has not begun is dropped.
        """
        ticket = self._backlog.ticket()
        self._backlog.ask(Variants(ticket, number, sentence, options))
        return ticket

    def words(
        self, number: int, sentence: str, place: int, variant: str | None, options: Options
    ) -> int:
        """Ask for other words in a variant; an earlier request that has not begun is dropped."""
        ticket = self._backlog.ticket()
        self._backlog.ask(Words(ticket, number, sentence, place, variant, options))
        return ticket

    def begin(
        self, number: int, sentence: str, beginning: str, options: Options, bias: float = 0.0
    ) -> int:
        """Ask for variants with a beginning; an earlier request that has not begun is dropped."""
        ticket = self._backlog.ticket()
        self._backlog.ask(Begin(ticket, number, sentence, beginning, options, bias))
        return ticket

    def prefetch(self, jobs: Sequence[tuple[int, Sentence]], options: Options) -> None:
        """Sentences that the user may want next, instead of those prefetched before."""
        self._backlog.prefetch(_jobs(self._backlog.ticket(), jobs, options))

    def run(self, jobs: Sequence[tuple[int, Sentence]], options: Options) -> int:
        """All these sentences while nothing else is to do; a run that goes on is cancelled."""
        ticket = self._backlog.ticket()
        self._backlog.run(ticket, _jobs(ticket, jobs, options))
        return ticket

    def give_way(self) -> None:
        """The user is at work: a run waits a moment, though never for long."""
        self._backlog.give_way()

    def cancel(self) -> None:
        """End the run after the sentences that the engine is working on."""
        self._backlog.cancel()

    def reload(self, load: Load) -> None:
        """Another model, for what waits too."""
        self._backlog.reload(load)

    def stop(self) -> None:
        """End the thread; waits until the engine's current call returns."""
        self._backlog.stop()
        if self._thread.ident is not None:
            self._thread.join()


def _jobs(ticket: int, jobs: Sequence[tuple[int, Sentence]], options: Options) -> list[Variants]:
    return [Variants(ticket, number, sentence, options) for number, sentence in jobs]
