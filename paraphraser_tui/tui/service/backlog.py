"""What waits for the engine's thread, the most urgent first."""

import time
from collections import deque
from collections.abc import Sequence
from itertools import count, islice
from threading import Condition

from .engine import Load
from .work import Ended, Portion, Reload, Urgent, Variants, Work

# A run gives way for so long after each key, but no longer than that from one portion to the next.
PAUSE = 0.1  # seconds
LONGEST_PAUSE = 1.0


class Backlog:
    """Filled by the app, emptied by one thread that sleeps where there is nothing to do.

    The order: ends of runs, another model, what the user waits for, what is prefetched, the run.
    Of what the user waits for only the newest of each kind is kept.
    """

    def __init__(self) -> None:
        self._changed = Condition()  # also the lock of everything below
        self._tickets = count(1)
        self._ended: deque[Ended] = deque()
        self._load: Load | None = None
        self._urgent: dict[type[Urgent], Urgent] = {}
        self._prefetched: deque[Variants] = deque()
        self._run: deque[Variants] = deque()
        self._run_total = 0
        self._quiet = 0.0  # when the user will have done nothing for a moment
        self._due = 0.0  # when the next portion of the run is taken all the same
        self._stopped = False

    def ticket(self) -> int:
        """A number that no other request has."""
        with self._changed:
            return next(self._tickets)

    def ask(self, request: Urgent) -> None:
        """What the user waits for; an older request of its kind is pointless now."""
        with self._changed:
            self._urgent.pop(type(request), None)
            self._urgent[type(request)] = request
            self._changed.notify()

    def prefetch(self, jobs: Sequence[Variants]) -> None:
        """These instead of those that were to be prefetched."""
        with self._changed:
            self._prefetched = deque(jobs)
            self._changed.notify()

    def run(self, ticket: int, jobs: Sequence[Variants]) -> None:
        """These, all with the run's ticket, instead of a run that is not through."""
        with self._changed:
            self._cancel()
            self._run = deque(jobs)
            self._run_total = len(jobs)
            self._due = time.monotonic() + LONGEST_PAUSE
            if not jobs:
                self._ended.append(Ended(ticket, cancelled=False))
            self._changed.notify()

    def give_way(self) -> None:
        """The user is at work: a run begins nothing new for a moment."""
        with self._changed:
            self._quiet = time.monotonic() + PAUSE

    def cancel(self) -> None:
        """Drop what is left of the run."""
        with self._changed:
            self._cancel()
            self._changed.notify()

    def reload(self, load: Load) -> None:
        """Before anything else is answered."""
        with self._changed:
            self._load = load
            self._changed.notify()

    def stop(self) -> None:
        """Nothing more is taken."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def take(self, portion: int, has_engine: bool) -> Work | None:
        """Wait for the next piece of work; None when it is time to stop.

        portion: sentences that a run gets at once. Without an engine requests stay here.
        """
        with self._changed:
            while not self._stopped:
                pause = self._pause()
                if work := self._next(0 if pause else portion, has_engine):
                    return work
                self._changed.wait(pause)
            return None

    def served(self, job: Variants) -> int:
        """The ticket to answer with: that of the user, who may wait for just this by now."""
        with self._changed:
            waiting = self._urgent.get(Variants)
            if isinstance(waiting, Variants) and waiting.same_as(job):
                del self._urgent[Variants]
                return waiting.ticket
            return job.ticket

    def _next(self, portion: int, has_engine: bool) -> Work | None:
        if self._ended:
            return self._ended.popleft()
        if self._load:
            load, self._load = self._load, None
            return Reload(load)
        if not has_engine:
            return None
        if self._urgent:
            return self._urgent.pop(next(iter(self._urgent)))
        if self._prefetched:
            return self._prefetched.popleft()
        return self._next_of_run(portion) if self._run and portion else None

    def _next_of_run(self, portion: int) -> Portion:
        jobs = tuple(islice(self._run, portion))
        for _ in jobs:
            self._run.popleft()
        self._due = time.monotonic() + LONGEST_PAUSE
        done = self._run_total - len(self._run)
        return Portion(jobs[0].ticket, jobs, done, self._run_total)

    def _pause(self) -> float | None:
        """For how many seconds the run has to wait, if there is one that has to."""
        left = min(self._quiet, self._due) - time.monotonic()
        return left if self._run and left > 0 else None

    def _cancel(self) -> None:
        if self._run:
            self._ended.append(Ended(self._run[0].ticket, cancelled=True))
            self._run.clear()
