"""What the command line may say."""

import argparse
import os
from typing import Any

from .. import __version__
from ..document.formats import Format
from ..errors import OptionError
from ..models.chosen import default_model
from ..parser import Parser
from ..settings.arguments import add_decoding, add_wishes, given
from ..settings.files import working_directory
from ..settings.resolve import resolve
from .commands import COMMANDS
from .request import Request, View

MAX_JOBS = 64
IN_PLACE = "--in-place"


def parse(arguments: list[str]) -> Request:
    """The request that the arguments make, together with what is set elsewhere.

    Raises OptionError if they contradict each other or a settings file is wrong, ModelError if
    that asks for a model that is not installed.
    """
    found = parser().parse_args(_with_suffix(arguments))
    _check(found)
    settings = resolve(_given(found), os.environ, working_directory())
    if found.jobs > 1 and settings.options.seed is not None:
        raise OptionError("with a seed files are rewritten one after another; drop --jobs")
    return Request(
        files=tuple(found.files),
        text=found.text,
        options=settings.options,
        model=settings.model or default_model(),
        threads=settings.threads,
        view=View(found.format or View.TEXT),
        output=found.output,
        output_dir=found.output_dir,
        in_place=found.in_place,
        jobs=found.jobs,
        encoding=found.encoding,
        input_format=found.input_format and Format(found.input_format),
        line_buffered=found.line_buffered,
        report=found.report,
        strict=found.strict,
        verbose=found.verbose,
    )


def parser() -> Parser:
    """What `paraphrase` itself understands."""
    commands = "; ".join(f"paraphrase {name}: {does}" for name, does in COMMANDS.items())
    made = Parser(
        prog="paraphrase",
        description="Reword English text, sentence by sentence, on this machine alone.",
        epilog="Exit codes: 0 done, 1 a sentence stayed as it was (with --strict), 2 usage, "
        f"3 model, 4 input, 5 output, 130 interrupted. {commands and f'Also {commands}.'}",
    )
    _add_input(made)
    _add_output(made.add_argument_group("where and how it is written"))
    add_wishes(made.add_argument_group("what comes out"))
    add_decoding(made.add_argument_group("how it is made"))
    return made


def _add_input(group: argparse._ActionsContainer) -> None:
    add = group.add_argument
    add("files", nargs="*", metavar="FILE", help="texts to read; '-' or none: standard input")
    add("--text", help="paraphrase this text")
    add("--encoding", help="of the input (default: by its first bytes, else utf-8)")
    add("--input-format", choices=[*Format], help="default: by the file's name, else plain")
    add("-v", "--verbose", action="store_true", help="say on stderr which are kept and why")
    add("--version", action="version", version=f"%(prog)s {__version__}")


def _add_output(group: argparse._ActionsContainer) -> None:
    add = group.add_argument
    add("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    add("--output-dir", metavar="DIR", help="write each file here, under its name")
    add(IN_PLACE, metavar="SUFFIX", help="rewrite the files; =SUFFIX keeps copies of the old")
    add("--jobs", type=int, default=1, help="files at a time (default: %(default)s)")
    add("--format", choices=[*View], help=f"default: {View.TEXT}")
    add("--diff", dest="format", action="store_const", const=View.DIFF, help="as --format diff")
    add("--line-buffered", action="store_true", help="take every line as a paragraph of its own")
    add("--report", action="store_true", help="say on stderr what has changed in all")
    add("--strict", action="store_true", help="exit with 1 if a sentence had no good variant")


def _given(found: argparse.Namespace) -> dict[str, Any]:
    """What was set here and now, by field name."""
    values = given(found)
    if found.in_place is not None:
        values.setdefault("num", 1)  # whatever a file says
    return values


def _check(found: argparse.Namespace) -> None:
    if found.text is not None and found.files:
        raise OptionError("give either --text or files, not both")
    if found.text is not None and found.encoding is not None:
        raise OptionError("--text has no encoding; drop --encoding")
    places = {"--output": found.output, "--output-dir": found.output_dir, IN_PLACE: found.in_place}
    chosen = [name for name, value in places.items() if value is not None]
    if len(chosen) > 1:
        raise OptionError(f"give either {chosen[0]} or {chosen[1]}, not both")
    one_by_one = found.output_dir is not None or found.in_place is not None
    if one_by_one and not found.files:
        raise OptionError(f"{chosen[0]} wants the names of files")
    if found.in_place is not None and (found.format or View.TEXT) is not View.TEXT:
        raise OptionError(f"{IN_PLACE} writes documents; drop --format")
    if found.in_place is not None and (found.num or 1) > 1:
        raise OptionError(f"{IN_PLACE} writes one variant of each sentence; drop --num")
    if "/" in (found.in_place or ""):
        raise OptionError(f"a suffix has no slash: {found.in_place!r}")
    if not 1 <= found.jobs <= MAX_JOBS:
        raise OptionError(f"jobs must be between 1 and {MAX_JOBS}, not {found.jobs}")
    if found.jobs > 1 and not one_by_one:
        raise OptionError("--jobs counts only with --in-place or --output-dir")


def _with_suffix(arguments: list[str]) -> list[str]:
    """Bare `--in-place` keeps no copy; it does not take the next argument for a suffix."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return [f"{IN_PLACE}=" if a == IN_PLACE and i < end else a for i, a in enumerate(arguments)]
