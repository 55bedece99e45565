"""What the command line of `paraphraser-tui` may say."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import __version__
from ..document.formats import Format
from ..engine.options import Options
from ..errors import OptionError
from ..models.chosen import default_model
from ..parser import Parser
from ..settings.arguments import add_decoding, add_wishes, given
from ..settings.files import working_directory
from ..settings.resolve import resolve
from .variants import DEFAULT_VARIANTS, with_variants

DEFAULT_PORT = 8000
MAX_PORT = 65535
STDIN = "-"


@dataclass(frozen=True)
class Request:
    """A valid command line.

    file: to review; None for what is piped in, or else nothing yet. given: the settings that are
    on the command line. port: of the page that a browser shows instead of the terminal.
    """

    file: str | None
    options: Options
    given: Mapping[str, Any]
    model: str
    threads: int | None
    encoding: str | None
    input_format: Format | None
    port: int | None


def parse(arguments: list[str]) -> Request:
    """The request that the arguments make, together with what is set elsewhere.

    Raises OptionError if they contradict each other or a settings file is wrong, ModelError if
    that asks for a model that is not installed.
    """
    found = parser().parse_args(arguments)
    if found.port is not None and not found.serve:
        raise OptionError("--port counts only with --serve; add that or drop this")
    if found.port is not None and not 0 < found.port <= MAX_PORT:
        raise OptionError(f"port must be between 1 and {MAX_PORT}, not {found.port}")
    values = given(found)
    settings = resolve(values, os.environ, working_directory())
    return Request(
        file=None if found.file == STDIN else found.file,
        options=with_variants(settings),
        given=values,
        model=settings.model or default_model(),
        threads=settings.threads,
        encoding=found.encoding,
        input_format=found.input_format and Format(found.input_format),
        port=(found.port or DEFAULT_PORT) if found.serve else None,
    )


def parser() -> Parser:
    """What `paraphraser-tui` understands."""
    made = Parser(
        prog="paraphraser-tui",
        description="Review rewordings of a document, sentence by sentence, on this machine alone.",
        epilog="In a pipe the text is read from standard input and the result is written to "
        "standard output. Exit codes: 0 done, 2 usage, 3 model, 4 input, 5 output.",
    )
    add = made.add_argument
    add("file", nargs="?", metavar="FILE", help="to review (default: standard input in a pipe)")
    add("--encoding", help="of the input (default: by its first bytes, else utf-8)")
    add("--input-format", choices=[*Format], help="default: by the file's name, else plain")
    add("--serve", action="store_true", help="show it in a browser on this machine")
    add("--port", type=int, help=f"of that page (default: {DEFAULT_PORT})")
    add("--version", action="version", version=f"%(prog)s {__version__}")
    add_wishes(made.add_argument_group("what comes out"), DEFAULT_VARIANTS)
    add_decoding(made.add_argument_group("how it is made"))
    return made
