"""A corpus from its files to its shards."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

import pyarrow as pa

from .. import __version__
from ..engine.options import Options
from ..engine.paraphraser import available_threads
from ..errors import OutputError
from ..models import store
from ..models.manifest import Role
from . import cluster, files, pipeline
from .files import Kind
from .pipeline import Work
from .plan import Plan, Recipe, Share, prepare
from .tables import KEPT, ROW, cut

LOCK_NAME = ".lock"

# Rows that are done, and rows there are.
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Job:
    """What a user asks for; None means that the program decides.

    names: files and directories. format: of the output, else that of the input. address: of a
    Ray cluster, else this machine alone. threads: of each actor. batch: rows that an actor gives
    to its engine at a time.
    """

    names: tuple[str, ...]
    output: Path
    column: str
    format: Kind | None
    shard_rows: int
    model: str
    options: Options
    address: str | None
    actors: int | None
    threads: int
    batch: int


@dataclass
class Summary:
    """What was done.

    shards, rows: written by this command. kept: rows of these without a paraphrase. earlier:
    shards that were there. left: shards that are not.
    """

    shards: int = 0
    rows: int = 0
    kept: int = 0
    earlier: int = 0
    left: int = 0


def rewrite(job: Job, summary: Summary, report: Report) -> None:
    """Write all shards that are not there yet; the summary is right whenever this ends.

    Raises ParaphraserError; what was written until then stays, and an equal job goes on with it.
    """
    store.find(job.model, Role.PARAPHRASER)  # a damaged model is told before all else
    paths = files.find(job.names, job.output)
    model = job.model if store.by_name(job.model) else str(Path(job.model).absolute())
    work = Work(model, pipeline.digest(model), job.options, job.threads)
    recipe = Recipe(
        __version__,
        job.model,
        work.manifest,
        asdict(job.options),
        job.column,
        job.format or files.kind(paths),
        job.shard_rows,
    )
    with _locked(job.output):
        plan = prepare(recipe, paths, job.output)
        missing = plan.missing()
        summary.left = sum(len(share.shards) for share in missing)
        summary.earlier = sum(len(share.shards) for share in plan.shares()) - summary.left
        if missing:
            with _ray(job) as actors:
                _write(plan, missing, work, actors, job.batch, summary, report)


def _write(
    plan: Plan,
    missing: list[Share],
    work: Work,
    actors: int,
    batch: int,
    summary: Summary,
    report: Report,
) -> None:
    recipe = plan.recipe
    shards = [shard for share in missing for shard in share.shards]
    total = sum(file.rows for file in plan.inputs)
    done = total - sum(shard.rows for shard in shards)

    def told(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
        nonlocal done
        for table in tables:
            done += table.num_rows
            report(done, total)
            yield table

    blocks = pipeline.run(missing, recipe.column, recipe.shard_rows, work, actors, batch)
    with closing(blocks):
        # One row more than there is, to see that it is not there.
        answers = cut(told(blocks), chain((shard.rows for shard in shards), [1]))
        for share in missing:
            for shard, piece in share.pieces(recipe.shard_rows):
                found = next(answers, None)
                _check(found, shard.first, shard.rows)
                files.write(shard.target, recipe.format, share.path, piece, found)
                summary.left -= 1
                summary.shards += 1
                summary.rows += shard.rows
                summary.kept += shard.rows - found.column(KEPT).null_count
        if next(answers, None) is not None:
            raise OutputError("Ray gave more rows than it got; nothing of that is in the output")


def _check(found: pa.Table | None, first: int, rows: int) -> None:
    """Every row is there, once and in its place."""
    numbers = found.column(ROW).to_pylist() if found is not None else []
    if numbers != list(range(first, first + rows)):
        raise OutputError(f"Ray lost or doubled rows from {first} on; the same command goes on")


@contextmanager
def _ray(job: Job) -> Iterator[int]:
    """Ray while it is needed, and how many actors there are to be."""
    if job.address is None:
        actors = job.actors or max(1, available_threads() // job.threads)
        with cluster.alone(actors * job.threads):
            yield actors
    else:
        with cluster.joined(job.address) as processors:
            yield job.actors or max(1, processors // job.threads)


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """Nobody else writes there meanwhile; the directory is made."""
    from filelock import FileLock, Timeout

    lock = FileLock(directory / LOCK_NAME)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputError(f"another command is writing to {directory}") from None
    except OSError as error:
        raise OutputError(f"{directory} cannot be written: {error.strerror or error}") from None
    try:
        yield
    finally:
        lock.release()
