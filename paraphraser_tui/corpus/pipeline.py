"""The rows of a corpus through an actor pool of Ray Data, and their answers in order."""

import hashlib
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import pyarrow as pa

from ..engine.options import Options
from ..errors import ModelError, OutputError, ParaphraserError
from ..models import store
from ..models.manifest import MANIFEST_NAME
from .cluster import first_line
from .files import values
from .plan import Share
from .rows import Answer, Engine, answers, unfit
from .tables import KEPT, ROW, TEXT, answered, questions

# What an actor gets at a time, and begins again if it dies: some hundred sentences.
BLOCK_BYTES = 16 * 1024
READ_ROWS = 16
# A row that kills its process must not do so for ever.
RETRIES = 3


@dataclass(frozen=True)
class Work:
    """What every actor is told.

    model: a name, or an absolute path. manifest: the SHA-256 that the model's manifest must have,
    for another machine may have another model of that name.
    """

    model: str
    manifest: str
    options: Options
    threads: int


def load(model: str, threads: int) -> Engine:
    """The engine of an actor. Raises ModelError."""
    from ..engine.paraphraser import Paraphraser

    return Paraphraser.load(model, threads)


def digest(model: str) -> str:
    """The SHA-256 of a model's manifest. Raises ModelError if there is none."""
    path = store.locate(model) / MANIFEST_NAME
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}") from None


class Actor:
    """A process with an engine of its own."""

    def __init__(self, load: Callable[[str, int], Engine], work: Work) -> None:
        self._load = load
        self._work = work

    @cached_property
    def _engine(self) -> Engine:
        # Not in __init__: an error from there would come back as a text among others.
        if digest(self._work.model) != self._work.manifest:
            raise ModelError(f"a machine of the cluster has another model {self._work.model!r}")
        return self._load(self._work.model, self._work.threads)

    def __call__(self, batch: pa.Table) -> pa.Table:
        """The answers to a batch of questions."""
        texts = [text for text in batch.column(TEXT).to_pylist() if text is not None]
        found = iter(answers(texts, self._engine, self._work.options))
        kept = batch.column(KEPT).to_pylist()
        return answered(batch.column(ROW), [Answer(kept=k) if k else next(found) for k in kept])


def run(
    shares: Sequence[Share], column: str, shard_rows: int, work: Work, actors: int, batch: int
) -> Iterator[pa.Table]:
    """The answers to all rows of the shares, in order, some at a time.

    Ray must run. Raises what the processes raise: InputError, ModelError, and OutputError if they
    keep dying.
    """
    from ray.data import ActorPoolStrategy, DataContext, read_datasource

    context = DataContext.get_current()
    context.execution_options.preserve_order = True
    context.target_max_block_size = BLOCK_BYTES
    context.raise_original_map_exception = True
    rows = read_datasource(
        _source(shares, column, shard_rows),
        num_cpus=0,  # reading nearly always waits for the actors, which have all of them
        concurrency=1,
        override_num_blocks=len(shares),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # there is no other way to say how often to try again
        done = rows.map_batches(
            Actor,
            fn_constructor_args=(load, work),
            batch_size=batch,
            batch_format="pyarrow",
            compute=ActorPoolStrategy(size=actors),
            num_cpus=work.threads,
            max_task_retries=RETRIES,
        )
    try:
        yield from done.iter_batches(batch_size=None, batch_format="pyarrow")
    except Exception as error:
        raise _told(error) from None


def read(share: Share, column: str, shard_rows: int) -> Iterator[pa.Table]:
    """The questions of a share. Raises InputError."""
    for shard, piece in share.pieces(shard_rows):
        found = values(share.path, piece, column)
        for start in range(0, len(found), READ_ROWS):
            some = found[start : start + READ_ROWS]
            kept = [unfit(value) for value in some]
            texts = [None if why else value for value, why in zip(some, kept, strict=True)]
            yield questions(shard.first + start, texts, kept)


def _source(shares: Sequence[Share], column: str, shard_rows: int) -> Any:
    """The questions for Ray, with a reading task for each file."""
    from ray.data import Datasource, ReadTask
    from ray.data.block import BlockMetadata

    class Questions(Datasource):
        @property
        def supports_distributed_reads(self) -> bool:
            return False  # the files are where the command runs

        def estimate_inmemory_data_size(self) -> int | None:
            return None

        def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[ReadTask]:
            unknown = BlockMetadata(None, None, None, None)
            return [ReadTask(partial(read, s, column, shard_rows), unknown) for s in shares]

    return Questions()


def _told(error: BaseException) -> ParaphraserError:
    """In one line what went wrong in a process; Ray wraps an error in several others."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ParaphraserError) and not hasattr(cause, "cause"):
            return type(cause)(first_line(cause))  # Ray adds lines to it
        cause = getattr(cause, "cause", None) or cause.__cause__
    return OutputError(f"Ray gave up: {first_line(error)}; the same command goes on")
