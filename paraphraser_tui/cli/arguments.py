"""What the command line may say."""

import argparse
from dataclasses import dataclass, fields
from enum import StrEnum

from .. import __version__
from ..engine import options as engine
from ..engine.dials import Length
from ..engine.options import DIAL_WORDS, Options
from ..engine.presets import SETTINGS, Preset
from ..errors import OptionError
from ..models.store import DEFAULT_MODEL
from .parser import Parser

MAX_THREADS = 256


class Format(StrEnum):
    """How results are written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


@dataclass(frozen=True)
class Request:
    """A valid command line."""

    files: tuple[str, ...]
    text: str | None
    options: Options
    model: str
    threads: int | None
    format: Format
    output: str | None
    encoding: str | None
    strict: bool
    verbose: bool


def parse(arguments: list[str] | None = None) -> Request:
    """The request that the arguments make; OptionError if they contradict each other."""
    found = parser().parse_args(arguments)
    if found.text is not None and found.files:
        raise OptionError("give either --text or files, not both")
    if found.text is not None and found.encoding is not None:
        raise OptionError("--text has no encoding; drop --encoding")
    if found.threads is not None and not 1 <= found.threads <= MAX_THREADS:
        raise OptionError(f"threads must be between 1 and {MAX_THREADS}, not {found.threads}")
    preset = SETTINGS[Preset(found.preset)] if found.preset else {}
    given = {
        f.name: value
        for f in fields(Options)
        if (value := getattr(found, f.name, None)) is not None
    }
    options = Options(**{**preset, **given, "freeze": tuple(found.freeze)})
    return Request(
        files=tuple(found.files),
        text=found.text,
        options=options,
        model=found.model,
        threads=found.threads,
        format=Format(found.format),
        output=found.output,
        encoding=found.encoding,
        strict=found.strict,
        verbose=found.verbose,
    )


def parser() -> Parser:
    """What `paraphrase` itself understands."""
    made = Parser(
        prog="paraphrase",
        description="Reword English text, sentence by sentence, on this machine alone.",
        epilog="Exit codes: 0 done, 1 a sentence stayed as it was (with --strict), 2 usage, "
        "3 model, 4 input, 5 output, 130 interrupted.",
    )
    add = made.add_argument
    add("files", nargs="*", metavar="FILE", help="texts to read; '-' or none: standard input")
    add("--text", help="paraphrase this text")
    add("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    add("--format", choices=[*Format], default=Format.TEXT, help="default: %(default)s")
    add("--encoding", help="of the input (default: by its first bytes, else utf-8)")
    add(
        "--strict",
        action="store_true",
        help="exit with 1 if a sentence had no good variant",
    )
    add("-v", "--verbose", action="store_true", help="say on stderr which are kept and why")
    add("--version", action="version", version=f"%(prog)s {__version__}")

    what = made.add_argument_group("what comes out")
    add = what.add_argument
    add("-n", "--num", type=int, help="variants per sentence (default: 1)")
    add("--preset", choices=[*Preset], help="settings under one name; what is given beside it wins")
    words = ", ".join(f"{word} is {position}" for word, position in DIAL_WORDS.items())
    add(
        "--diversity",
        type=_dial,
        metavar="0-100",
        help=f"how far to go; {words} (default: {engine.DEFAULT_DIVERSITY})",
    )
    add("--lexical", type=_dial, metavar="0-100", help="words to replace (default: as diversity)")
    add("--order", type=_dial, metavar="0-100", help="words to move (default: as diversity)")
    add("--length", type=Length, choices=[*Length], help="of a variant beside its source")
    add(
        "--min-meaning",
        type=float,
        metavar="0-1",
        help=f"least similarity to the source (default: {engine.DEFAULT_MIN_MEANING})",
    )
    add(
        "--freeze",
        type=_in_utf_8,
        action="append",
        default=[],
        metavar="WORDS",
        help="a word or phrase that must stay; may be given again",
    )
    add("--max-length", type=int, metavar="TOKENS", help="drop longer variants")

    how = made.add_argument_group("how it is made")
    add = how.add_argument
    add("--model", default=DEFAULT_MODEL, help="name or directory (default: %(default)s)")
    add("--threads", type=int, help="default: the processors at hand, at most 4")
    add("--beam-size", type=int, help=f"default: {engine.DEFAULT_BEAM_SIZE}, or --num if larger")
    add("--patience", type=float, help="of the beam search (default: 1)")
    add("--length-penalty", type=float, help="above 1 for longer candidates (default: 1)")
    add("--repetition-penalty", type=float, help="above 1 against repeated words (default: 1)")
    add("--no-repeat-ngram-size", type=int, metavar="WORDS", help="default: 0, no limit")
    add(
        "--sample",
        dest="sampling",
        action="store_true",
        help="draw at random instead of beam search",
    )
    add("--temperature", type=float, help=f"default: {engine.DEFAULT_TEMPERATURE}")
    add("--top-k", type=int, help="0: no limit (default)")
    add("--top-p", type=float, help=f"default: {engine.DEFAULT_TOP_P}")
    add("--seed", type=int, help="the same seed draws the same variants")
    return made


def _in_utf_8(argument: str) -> str:
    """In a locale without UTF-8 Python hides its bytes behind lone surrogates."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _dial(value: str) -> int:
    if value in DIAL_WORDS:
        return DIAL_WORDS[value]
    try:
        return int(value)
    except ValueError:
        words = ", ".join(DIAL_WORDS)
        raise argparse.ArgumentTypeError(
            f"must be 0 to 100 or one of {words}, not {value!r}"
        ) from None
