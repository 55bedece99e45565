"""Which settings there are: one table, by which files are read, checked and shown."""

import reprlib
from contextlib import suppress
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from ..engine import options as engine
from ..engine.dials import Length
from ..engine.options import DIAL_WORDS, Options
from ..engine.presets import Preset
from ..errors import OptionError
from ..models.store import DEFAULT_MODEL

MAX_THREADS = 256
# These count only with sampling, as `Options` has it.
SAMPLING_ONLY = ("temperature", "top_k", "top_p", "seed")

_LARGEST = 2**63 - 1  # in TOML

_DEFAULTS = {field.name: field.default for field in fields(Options)}


class Kind(StrEnum):
    """The types of values, in the words of an error message."""

    WHOLE = "a whole number"
    DIAL = f"a whole number from 0 to 100, or {', '.join(DIAL_WORDS)}"
    NUMBER = "a number"
    SWITCH = "true or false"
    LENGTH = f"one of {', '.join(Length)}"
    TERMS = "a list of words or phrases"
    PRESET = "the name of a preset; a table [presets.NAME] makes one"
    MODEL = "the name of a model"


@dataclass(frozen=True)
class Key:
    """A setting.

    name: as on the command line, without its dashes. field: its name in the program. without:
    what applies where neither a source nor the default gives a value. example: a value for the
    example file where the default is none.
    """

    field: str
    kind: Kind
    about: str
    without: str = ""
    example: Any = None

    @property
    def name(self) -> str:
        """In files and, behind two dashes, on the command line."""
        return "sample" if self.field == "sampling" else self.field.replace("_", "-")

    @property
    def default(self) -> Any:
        """The value where no source gives one; None: `without` tells."""
        return _DEFAULTS.get(self.field)

    @property
    def is_option(self) -> bool:
        """Whether it is a field of `Options`, and so may stand in a preset."""
        return self.field in _DEFAULTS


_DIAL_WORDS = ", ".join(f"{word} ({position})" for word, position in DIAL_WORDS.items())

KEYS = (
    Key("preset", Kind.PRESET, f"{', '.join(Preset)}, or one of your own", "none", "balanced"),
    Key(
        "model",
        Kind.MODEL,
        "an installed one, or a directory (with a slash)",
        f"as 'models use' says, or {DEFAULT_MODEL}",
        DEFAULT_MODEL,
    ),
    Key(
        "threads",
        Kind.WHOLE,
        "how many sentences to work on at once",
        "the processors at hand, at most 4",
        4,
    ),
    Key("num", Kind.WHOLE, "variants per sentence"),
    Key("diversity", Kind.DIAL, f"how far to go: 0 to 100, or {_DIAL_WORDS}"),
    Key("lexical", Kind.DIAL, "words to replace", "as diversity", engine.DEFAULT_DIVERSITY),
    Key("order", Kind.DIAL, "words to move", "as diversity", engine.DEFAULT_DIVERSITY),
    Key("length", Kind.LENGTH, "of a variant: shorter, same or longer", "any", "same"),
    Key("min_meaning", Kind.NUMBER, "least similarity to the source, 0 to 1"),
    Key("freeze", Kind.TERMS, "words and phrases that must stay; all sources are joined"),
    Key("max_length", Kind.WHOLE, "drop variants of more tokens", "no limit", 200),
    Key(
        "beam_size",
        Kind.WHOLE,
        "width of the beam search",
        f"{engine.DEFAULT_BEAM_SIZE}, or num if larger",
        engine.DEFAULT_BEAM_SIZE,
    ),
    Key("patience", Kind.NUMBER, "of the beam search"),
    Key("length_penalty", Kind.NUMBER, "above 1 for longer candidates"),
    Key("repetition_penalty", Kind.NUMBER, "above 1 against repeated words"),
    Key("no_repeat_ngram_size", Kind.WHOLE, "no run of so many words twice; 0: no limit"),
    Key("sampling", Kind.SWITCH, "draw at random instead of beam search"),
    Key(
        "temperature",
        Kind.NUMBER,
        "of the draw, only with sample",
        str(engine.DEFAULT_TEMPERATURE),
        engine.DEFAULT_TEMPERATURE,
    ),
    Key(
        "top_k",
        Kind.WHOLE,
        "draw from so many words, only with sample; 0: no limit",
        str(engine.DEFAULT_TOP_K),
        engine.DEFAULT_TOP_K,
    ),
    Key(
        "top_p",
        Kind.NUMBER,
        "draw from the likeliest words of this share, only with sample",
        str(engine.DEFAULT_TOP_P),
        engine.DEFAULT_TOP_P,
    ),
    Key("seed", Kind.WHOLE, "the same seed draws the same, only with sample", "a new one", 1),
)
BY_FIELD = {key.field: key for key in KEYS}
BY_NAME = {key.name: key for key in KEYS}


def typed(key: Key, raw: Any, place: object) -> Any:
    """A raw TOML value as the program takes it; OptionError, naming the place, if it cannot be."""
    try:
        return _typed(key.kind, raw)
    except ValueError:
        raise OptionError(f"{key.name} in {place} must be {key.kind}, not {_shown(raw)}") from None


def from_text(key: Key, text: str, place: object) -> Any:
    """Like `typed`, for a value out of the environment."""
    raw: int | str = text
    if key.kind in (Kind.WHOLE, Kind.DIAL) and text not in DIAL_WORDS:
        with suppress(ValueError):  # `typed` says what was expected
            raw = int(text)
    return typed(key, raw, place)


def check(key: Key, value: Any) -> None:
    """OptionError if the value alone is impossible, whatever else is set."""
    if key.field == "threads" and value is not None and not 1 <= value <= MAX_THREADS:
        raise OptionError(f"threads must be between 1 and {MAX_THREADS}, not {value}")
    if key.is_option:
        beside = {"sampling": True} if key.field in SAMPLING_ONLY else {}
        Options(**beside, **{key.field: value})


def _typed(kind: Kind, raw: Any) -> Any:
    if isinstance(raw, bool):  # for Python a whole number too
        if kind is Kind.SWITCH:
            return raw
    elif isinstance(raw, int) and abs(raw) > _LARGEST:
        pass
    elif isinstance(raw, int) and kind in (Kind.WHOLE, Kind.DIAL):
        return raw
    elif isinstance(raw, int | float) and kind is Kind.NUMBER:
        return float(raw)
    elif isinstance(raw, str):
        if kind is Kind.DIAL and raw in DIAL_WORDS:
            return DIAL_WORDS[raw]
        if kind is Kind.LENGTH:
            return Length(raw)
        if kind in (Kind.PRESET, Kind.MODEL) and raw.strip():
            return raw
    elif isinstance(raw, list) and kind is Kind.TERMS and all(isinstance(t, str) for t in raw):
        return tuple(raw)
    raise ValueError


def _shown(raw: Any) -> str:
    """A value in an error message: short, and as TOML spells it where Python differs."""
    if isinstance(raw, dict):
        return "a table"
    if isinstance(raw, bool):
        return str(raw).lower()
    try:
        return reprlib.repr(raw)
    except ValueError:  # Python writes no number of thousands of digits
        return "so large a number"
