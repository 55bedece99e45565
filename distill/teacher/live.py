"""Ask a server now, many requests at a time, each answer into the journal as it comes."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from distill.journal import Journal
from distill.records import Source
from paraphraser_tui.errors import ModelError, ParaphraserError

from .client import Client
from .limits import Budget, BudgetSpent, Pace
from .options import Config
from .outcome import record, total
from .secret import Secret, keep_out_of_logs


def ask_server(config: Config, missing: dict[str, Source], journal: Journal, _: Path) -> bool:
    """Ask for all missing answers; False when the budget ended it. Raises ModelError."""
    secret = Secret.read(config.server.api_key_env, config.server.api_key_file)
    with keep_out_of_logs(secret):
        try:
            return asyncio.run(_ask_all(config, secret, missing, journal))
        except* ParaphraserError as group:
            error: BaseException = group
            while isinstance(error, BaseExceptionGroup):
                error = error.exceptions[0]
        # Outside the except block, or the group would hang on it as context.
        raise error


async def _ask_all(
    config: Config, secret: Secret, missing: dict[str, Source], journal: Journal
) -> bool:
    from tqdm import tqdm

    budget = Budget(config.limits, total(journal.rows()))
    client = Client(
        config.server,
        secret,
        config.model,
        config.parameters,
        config.paraphrases,
        config.seed,
        Pace(config.limits),
        budget,
    )
    # One shared iterator: each worker takes the next source when it is free.
    queue = iter(missing.items())
    streak = _Streak(config.server.give_up_after, config.server.base_url)
    with tqdm(total=len(missing), desc="teacher", unit=" sources", disable=None) as bar:
        try:
            async with asyncio.TaskGroup() as group:
                workers = [
                    group.create_task(_work(client, queue, journal, streak, bar))
                    for _ in range(min(config.server.concurrency, len(missing)))
                ]
        finally:
            await client.close()
    return all(worker.result() for worker in workers)


async def _work(
    client: Client,
    queue: Iterator[tuple[str, Source]],
    journal: Journal,
    streak: "_Streak",
    bar: object,
) -> bool:
    for key, source in queue:
        try:
            outcome = await client.ask(source.text)
        except BudgetSpent:
            return False
        record(journal, key, outcome)
        streak.note(outcome.failure is not None and outcome.failure.passing)
        bar.update()
    return True


class _Streak:
    """Stops a run whose server is gone, rather than fail every remaining source."""

    def __init__(self, most: int, where: str):
        self._most, self._where, self._length = most, where, 0

    def note(self, unanswered: bool) -> None:
        self._length = self._length + 1 if unanswered else 0
        if self._length >= self._most:
            raise ModelError(
                f"{self._where}: {self._length} requests in a row were not answered; "
                "run again to continue"
            )
