"""Run the `paraphrase` command."""

import sys
from collections.abc import Sequence
from contextlib import closing

from ..engine.paraphraser import Paraphraser
from ..errors import ExitCode, ParaphraserError
from .arguments import parse
from .commands import COMMANDS, find
from .job import Interrupts, Job
from .progress import FileProgress, Progress, Tally, complain
from .reading import Source, sources
from .request import Request
from .writing import Closed, Writer, silence, writer


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        if arguments and arguments[0] in COMMANDS:
            return find(arguments[0]).run(arguments[1:])
        return run(parse(arguments))
    except ParaphraserError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED


def run(request: Request) -> int:
    """Paraphrase what the request names and write the result; returns the exit code."""
    texts, refused = sources(request)  # before the model is loaded: told at once
    for error in refused:
        complain(str(error))
    if not texts:
        return ExitCode.INPUT
    tally = Tally(request.verbose, request.report)
    interrupts = Interrupts()
    code = ExitCode.OK
    with (
        interrupts.watched(),
        Paraphraser.load(request.model, request.threads) as paraphraser,
        closing(_progress(request, texts)) as progress,
    ):

        def rewrite(
            found: Sequence[Source], out: Writer, progress: Progress | FileProgress
        ) -> None:
            Job(request, paraphraser, out, tally, progress, interrupts).run(found)

        try:
            if request.one_by_one:
                from .batch import rewrite_each, targets

                code = rewrite_each(
                    request,
                    targets(request, texts),
                    refused,
                    progress,
                    lambda text, out, share: rewrite([text], out, share),
                )
            else:
                with writer(request.output) as out:
                    rewrite(texts, out, progress)
        except Closed:
            silence()
            return ExitCode.OK
        finally:
            progress.close()
            tally.summary()
    return code or (ExitCode.KEPT if request.strict and tally.kept else ExitCode.OK)


def _progress(request: Request, texts: Sequence[Source]) -> Progress:
    files = len(texts) if request.one_by_one else 0
    return Progress(_total(texts), _is_shown(request), files)


def _is_shown(request: Request) -> bool:
    """Whether the result appears on the terminal, where a bar would stand in its way."""
    to_stdout = request.output is None and not request.one_by_one
    return to_stdout and bool(sys.stdout) and sys.stdout.isatty()


def _total(texts: Sequence[Source]) -> int | None:
    sizes = [text.size for text in texts]
    return None if None in sizes else sum(sizes)
