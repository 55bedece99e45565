"""Run the `paraphraser-tui` command."""

import sys
from pathlib import Path

from ..document.formats import Format, by_content
from ..document.review.origin import Origin
from ..document.review.review import Review
from ..errors import ExitCode, InputError, ParaphraserError
from ..text.sanitize import one_line
from . import pipe
from .arguments import Request, parse

PIPED = "standard input"


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    pipe.mend_streams()
    try:
        request = parse(arguments)
        return run(request) if request.port is None else served(request, arguments)
    except ParaphraserError as error:
        print(f"paraphraser-tui: {one_line(str(error))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED


def run(request: Request) -> int:
    """Review what the request names; returns the exit code. Raises ParaphraserError."""
    review = opened(request)
    if not pipe.is_shown():
        raise InputError("standard error is no terminal, and that is where the screen is drawn")
    from .app import ParaphraserApp, opener  # the first to need the UI's library

    with pipe.outlet() as out:
        app = ParaphraserApp(
            review,
            request.options,
            request.model,
            opener(request.threads),
            given=request.given,
            piped=out is not None,
        )
        app.run()
        if out is not None and app.output is not None:
            out.write(app.output)
            app.close_review()  # only now is nothing lost any more
    return app.return_code or ExitCode.OK


def served(request: Request, arguments: list[str]) -> int:
    """Let a browser review it; returns the exit code. Raises ParaphraserError."""
    from .serve import serve

    if request.file is not None:
        from_file(request, request.file)  # what is wrong is told here, not to a page
    return serve(arguments, request.port)


def opened(request: Request) -> Review | None:
    """The review of the file or of what is piped in; None if there is neither.

    Keys come from the terminal afterwards. Raises InputError.
    """
    if request.file is not None:
        review = from_file(request, request.file)
        if pipe.comes_in():
            pipe.keys_from_terminal()
        return review
    if not pipe.comes_in():
        return None
    data = pipe.read_input()
    kind = request.input_format or by_content(data) or Format.PLAIN
    return Review(Origin(PIPED, None, data, kind, request.encoding))


def from_file(request: Request, file: str) -> Review:
    """The review of a file. Raises InputError."""
    return Review.open(Path(file), format=request.input_format, encoding=request.encoding)
