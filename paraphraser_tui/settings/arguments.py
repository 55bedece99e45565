"""The settings as options of a command line: every command that paraphrases has the same ones."""

import argparse
from typing import Any

from ..engine import options as engine
from ..engine.dials import Length
from ..engine.options import DIAL_WORDS
from ..engine.presets import Preset
from ..models.store import DEFAULT_MODEL
from .keys import KEYS


def given(found: argparse.Namespace) -> dict[str, Any]:
    """What was set on the command line, by field name."""
    values = {key.field: getattr(found, key.field, None) for key in KEYS}
    return {field: value for field, value in values.items() if value is not None}


def add_wishes(group: argparse._ActionsContainer, variants: int = engine.DEFAULT_NUM) -> None:
    """Options that say what a paraphrase should be like; `variants` where nobody says how many."""
    add = group.add_argument
    add("-n", "--num", type=int, help=f"variants per sentence (default: {variants})")
    presets = ", ".join(Preset)
    add("--preset", help=f"{presets}, or one of your own; what is given beside it wins")
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
        metavar="WORDS",
        help="a word or phrase that must stay; may be given again",
    )
    add("--max-length", type=int, metavar="TOKENS", help="drop longer variants")


def add_decoding(group: argparse._ActionsContainer) -> None:
    """Options that say how candidates are made."""
    add = group.add_argument
    chosen = f"what 'paraphrase models use' chose, else {DEFAULT_MODEL}"
    add("--model", help=f"name or directory (default: {chosen})")
    add("--threads", type=int, help="default: the processors at hand, at most 4")
    add("--beam-size", type=int, help=f"default: {engine.DEFAULT_BEAM_SIZE}, or --num if larger")
    add("--patience", type=float, help="of the beam search (default: 1)")
    add("--length-penalty", type=float, help="above 1 for longer candidates (default: 1)")
    add("--repetition-penalty", type=float, help="above 1 against repeated words (default: 1)")
    add("--no-repeat-ngram-size", type=int, metavar="WORDS", help="default: 0, no limit")
    add(
        "--sample",
        dest="sampling",
        action=argparse.BooleanOptionalAction,
        help="draw at random instead of beam search",
    )
    add("--temperature", type=float, help=f"default: {engine.DEFAULT_TEMPERATURE}")
    add("--top-k", type=int, help="0: no limit (default)")
    add("--top-p", type=float, help=f"default: {engine.DEFAULT_TOP_P}")
    add("--seed", type=int, help="the same seed draws the same variants")


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
