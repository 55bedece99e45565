"""Many files, each with an output of its own: one that fails does not stop the others."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..errors import ExitCode, InputError, OptionError, OutputError, ParaphraserError
from .progress import FileProgress, Progress, complain, say
from .reading import STDIN, Source
from .request import Request
from .writing import Writer, writer


def targets(request: Request, texts: Sequence[Source]) -> dict[Source, str]:
    """Where the rewritten form of each file goes.

    Raises OptionError if two would go to one place, OutputError if there is no such directory.
    """
    if any(text.name == STDIN or text.text is not None for text in texts):
        raise OptionError("--in-place and --output-dir want the names of files")
    if request.output_dir is None:
        found = {text: text.name for text in texts}
    else:
        folder = Path(request.output_dir)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder} cannot be made: {error.strerror}") from None
        found = {text: str(folder / Path(text.name).name) for text in texts}
    places = [Path(target).resolve() for target in found.values()]
    if len(set(places)) < len(places):
        twice = next(place for place in places if places.count(place) > 1)
        raise OptionError(f"two of the files would be written to {twice}")
    return found


def rewrite_each(
    request: Request,
    found: dict[Source, str],
    refused: Sequence[InputError],
    progress: Progress,
    rewrite: Callable[[Source, Writer, FileProgress], None],
) -> ExitCode:
    """Rewrite every file; the highest exit code of those that failed or were refused, or OK."""

    def one(item: tuple[Source, str]) -> ExitCode:
        text, target = item
        try:
            with (
                progress.file(text.name, text.size) as share,
                writer(target, backup=request.in_place or "") as out,
            ):
                rewrite(text, out, share)
        except ParaphraserError as error:
            complain(str(error) if text.name in str(error) else f"{text.name}: {error}")
            return error.exit_code
        return ExitCode.OK

    if request.jobs == 1:
        codes = list(map(one, found.items()))
    else:
        with ThreadPoolExecutor(request.jobs) as pool:
            try:
                codes = list(pool.map(one, found.items()))
            except KeyboardInterrupt:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    codes += [error.exit_code for error in refused]
    if failed := [code for code in codes if code is not ExitCode.OK]:
        say(f"{len(failed)} of {len(codes)} files failed and are as they were")
    return max(codes)
