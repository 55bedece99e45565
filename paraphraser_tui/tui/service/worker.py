"""What the engine's thread does: it takes work, asks the engine and posts the answers."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from textual.message import Message

from ...errors import ParaphraserError
from ...text.sanitize import one_line
from .backlog import Backlog
from .engine import Engine, Load
from .messages import (
    EngineFailed,
    EngineReady,
    RequestFailed,
    RunEnded,
    RunProgress,
    VariantsReady,
    WordsReady,
)
from .work import Begin, Ended, Portion, Reload, Variants, Words

Asked = TypeVar("Asked", Words, Begin)

# A run is worked on in portions of about so many seconds, for so long may a user's request
# wait; a portion has at least one sentence.
PORTION_SECONDS = 0.15
MAX_PORTION = 16  # sentences; more at once are no faster


class Worker:
    """Owns the engine. Whatever that raises ends one request, not the work.

    All errors are caught, for native libraries have panics that are no `Exception`.
    """

    def __init__(self, backlog: Backlog, post: Callable[[Message], object]) -> None:
        self._backlog = backlog
        self._post = post
        self._engine: Engine | None = None
        self._portion = 1  # sentences

    def work(self) -> None:
        """Until the backlog is stopped."""
        while work := self._backlog.take(self._portion, has_engine=self._engine is not None):
            match work:
                case Ended():
                    self._tell(RunEnded(work.ticket, work.cancelled))
                case Reload():
                    self._reload(work.load)
                case Words():
                    self._answer(work, self._words)
                case Begin():
                    self._answer(work, self._begun)
                case Variants():
                    self._paraphrase([work])
                case Portion():
                    self._go_on(work)
        self._close()

    def _reload(self, load: Load) -> None:
        try:
            engine = load()
            ready = EngineReady(engine.compute_type)
        except BaseException as error:
            self._tell(EngineFailed(_line(error)))
            return
        self._close()
        self._engine = engine
        self._portion = 1  # it may be a slower one
        self._tell(ready)

    def _words(self, asked: Words) -> Message:
        found = self._engine.alternatives(asked.sentence, asked.place, asked.variant, asked.options)
        return WordsReady(asked.ticket, asked.number, asked.place, found)

    def _begun(self, asked: Begin) -> Message:
        result = self._engine.begun(asked.sentence, asked.beginning, asked.options, asked.bias)
        return VariantsReady(asked.ticket, asked.number, asked.options, result)

    def _answer(self, asked: Asked, answer: Callable[[Asked], Message]) -> None:
        try:
            message = answer(asked)
        except BaseException as error:
            message = RequestFailed(asked.ticket, asked.number, _line(error))
        self._tell(message)

    def _go_on(self, run: Portion) -> None:
        begun = time.monotonic()
        # What is drawn for a sentence must not depend on who asked for it, and with what others.
        one_by_one = run.jobs[0].options.sampling
        for jobs in [[job] for job in run.jobs] if one_by_one else [run.jobs]:
            self._paraphrase(jobs)
        took = time.monotonic() - begun
        self._portion = _portion(took / len(run.jobs), self._portion)
        self._tell(RunProgress(run.ticket, run.done, run.total))
        if run.done == run.total:
            self._tell(RunEnded(run.ticket, cancelled=False))

    def _paraphrase(self, jobs: Sequence[Variants]) -> None:
        """Sentences with the same options, in one call of the engine."""
        group = [job.sentence for job in jobs]
        try:
            results = next(iter(self._engine.batches([group], jobs[0].options)))
            answered = list(zip(jobs, results, strict=True))
        except BaseException as error:
            if len(jobs) > 1:
                for job in jobs:  # one of them is to blame, the others are not
                    self._paraphrase([job])
            else:
                ticket = self._backlog.served(jobs[0])
                self._tell(RequestFailed(ticket, jobs[0].number, _line(error)))
            return
        for job, result in answered:
            ticket = self._backlog.served(job)
            self._tell(VariantsReady(ticket, job.number, job.options, result))

    def _tell(self, message: Message) -> None:
        with suppress(Exception):  # an app that is closing takes no messages
            self._post(message)

    def _close(self) -> None:
        if self._engine is not None:
            with suppress(Exception):
                self._engine.close()
            self._engine = None


def _portion(seconds: float, before: int) -> int:
    """How many sentences to take at once if one takes so long, and there were so many before.

    It grows slowly: those that are no prose take no time, and say nothing about the next ones.
    """
    quick = seconds * MAX_PORTION <= PORTION_SECONDS
    fitting = MAX_PORTION if quick else int(PORTION_SECONDS / seconds)
    return max(1, min(fitting, before * 2))


def _line(error: BaseException) -> str:
    """What went wrong, in one plain line."""
    told = str(error)
    if isinstance(error, ParaphraserError) and told:
        return one_line(told)
    return one_line(f"{type(error).__name__}: {told}" if told else type(error).__name__)
