"""`paraphrase corpus`: every row of JSON Lines or Parquet files, on all processors or a cluster.

Exit codes beside 0: 2 for a command line that cannot be, settings that differ from those the
output was begun with, and a cluster that does not answer; 3 for a model, 4 for an input that
cannot be read; 5 where the output cannot be written or Ray gives up; 130 after Ctrl-C. After all
of them the shards that are there are whole, and the same command makes the rest.
"""

import os
import sys
from argparse import Namespace
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ExitCode, OptionError
from ...models.chosen import default_model
from ...parser import Parser
from ...settings.arguments import add_decoding, add_wishes, given
from ...settings.files import working_directory
from ...settings.resolve import resolve
from ..progress import say

if TYPE_CHECKING:
    from ...corpus.rewrite import Job, Summary

NEEDED = ("ray", "pyarrow")
FORMATS = ("jsonl", "parquet")
COLUMN = "text"
CLIENT = "ray://"
SHARD_ROWS = 1000
BATCH_ROWS = 64
# Where nobody watches a bar: so many lines in all.
LINES = 20


def parser() -> Parser:
    """What `paraphrase corpus` understands."""
    made = Parser(
        prog="paraphrase corpus",
        description="Reword every row of a corpus through Ray, on this machine or a cluster; the "
        "same command goes on where it was stopped.",
        conflict_handler="resolve",  # --threads means each actor's here
    )
    add = made.add_argument
    add("input", nargs="+", metavar="INPUT", help="JSONL (.gz, .xz, .zst) or Parquet; or folders")
    add("-o", "--output", required=True, metavar="DIR", help="where the shards are written")
    add("--column", default=COLUMN, metavar="NAME", help="of the text (default: %(default)s)")
    add("--format", choices=FORMATS, help="of the output (default: that of the input)")
    add(
        "--shard-rows",
        type=int,
        default=SHARD_ROWS,
        metavar="N",
        help="rows in each file that is written (default: %(default)s)",
    )
    group = made.add_argument_group("where it is done")
    add = group.add_argument
    add("--address", help="of a Ray cluster, HOST:PORT or auto (default: this machine alone)")
    add(
        "--actors",
        type=int,
        metavar="N",
        help="processes with a model each (default: as many as there are processors for)",
    )
    add(
        "--batch-size",
        type=int,
        default=BATCH_ROWS,
        metavar="N",
        help="rows that a process works on at a time (default: %(default)s)",
    )
    add_wishes(made.add_argument_group("what comes out"))
    group = made.add_argument_group("how it is made")
    add_decoding(group)
    group.add_argument(
        "--threads-per-actor",
        "--threads",
        type=int,
        dest="threads",
        metavar="N",
        help="of each process (default: 1)",
    )
    return made


def run(arguments: list[str]) -> int:
    """The command; returns its exit code. Raises ParaphraserError."""
    found = parser().parse_args(arguments)
    if any(find_spec(name) is None for name in NEEDED):
        raise OptionError("paraphrase corpus needs Ray: pip install 'paraphraser-tui[ray]'")
    from ...corpus.rewrite import Summary, rewrite

    job, summary = _job(found), Summary()
    with closing(_Shown()) as shown:
        try:
            rewrite(job, summary, shown.report)
        except BaseException:
            shown.close()
            if summary.shards:
                say(_told(summary))
            raise
    say(_told(summary))
    return ExitCode.OK


def _job(found: Namespace) -> "Job":
    from ...corpus.files import Kind
    from ...corpus.rewrite import Job

    for name in ("shard_rows", "batch_size", "actors"):
        if (value := getattr(found, name)) is not None and value < 1:
            raise OptionError(f"{name.replace('_', '-')} must be 1 or more, not {value}")
    if (found.address or "").startswith(CLIENT):
        raise OptionError(
            f"Ray Data does not work through {CLIENT}; run the command inside the cluster: "
            "ray job submit -- paraphrase corpus ... --address auto"
        )
    settings = resolve(given(found), os.environ, working_directory())
    return Job(
        names=tuple(found.input),
        output=Path(found.output).absolute(),
        column=found.column,
        format=found.format and Kind(found.format),
        shard_rows=found.shard_rows,
        model=settings.model or default_model(),
        options=settings.options,
        address=found.address,
        actors=found.actors,
        threads=settings.threads or 1,
        batch=found.batch_size,
    )


def _told(summary: "Summary") -> str:
    made = f"{summary.shards} shards with {summary.rows} rows written, {summary.kept} rows kept"
    earlier = f", {summary.earlier} were there" if summary.earlier else ""
    left = f", {summary.left} to do: the same command goes on" if summary.left else ""
    return made + earlier + left


class _Shown:
    """A bar if a person looks at it, else a line now and then."""

    def __init__(self) -> None:
        self._bar = None
        self._lines = 0

    def report(self, done: int, total: int) -> None:
        """So many rows are done, and so many there are."""
        if sys.stderr and sys.stderr.isatty():
            if self._bar is None:
                from rich.console import Console
                from rich.progress import Progress

                self._bar = Progress(transient=True, console=Console(stderr=True))
                self._task = self._bar.add_task("paraphrasing", total=total)
                self._bar.start()
            self._bar.update(self._task, completed=done, description=f"{done} of {total} rows")
        elif done * LINES // total > self._lines:
            self._lines = done * LINES // total
            say(f"{done} of {total} rows")

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
