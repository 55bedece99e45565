"""What the stage `evaluate` can be told."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from paraphraser_tui.errors import OptionError

from ..teacher.client import Server
from .metrics import Settings

COPY, REFERENCES = "copy", "references"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Kind(StrEnum):
    """Where the answers of a system come from."""

    OUTPUTS = "outputs"  # a file of {src, out} rows, or a directory with one per set
    STUDENT = "student"  # a student directory, decoded by transformers
    PACKAGE = "package"  # an int8 package, through the engine with its guards
    DECODER = "decoder"  # an int8 package's own beam search, nothing guarded or chosen


@dataclass(frozen=True)
class System:
    """One system under test.

    dial: one row of the report for each value; the level of lexical change of a student's
    or decoder's control code (0..4), or a package's diversity (0..100). Empty: one row at the
    default.
    """

    name: str
    kind: Kind
    path: Path
    dial: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise OptionError(f"system name {self.name!r}: letters, digits, '.', '_', '-' only")
        if self.name in (COPY, REFERENCES):
            raise OptionError(f"system name {self.name!r} is taken by a row of the report")
        if self.kind is Kind.OUTPUTS and self.dial:
            raise OptionError(f"system {self.name!r}: outputs have no dial")


@dataclass(frozen=True)
class Decoding:
    """How students and decoders search. variants: sentences per source, at most `beams`."""

    beams: int = 4
    variants: int = 1
    max_new_tokens: int = 128
    batch_size: int = 32

    def __post_init__(self) -> None:
        if min(self.beams, self.variants, self.max_new_tokens, self.batch_size) < 1:
            raise OptionError("decoding: every number must be at least 1")
        if self.variants > self.beams:
            raise OptionError("decoding: more variants than beams")


@dataclass(frozen=True)
class SheetConfig:
    """items: sources per set on the blind sheet; filled: sheets that raters gave back."""

    items: int = 0
    filled: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if self.items < 0:
            raise OptionError("items must not be negative")
        if self.filled and not self.items:
            raise OptionError("filled sheets need the number of items they were drawn with")


@dataclass(frozen=True)
class JudgeConfig:
    """items: sources per set that a language model rates (0: none); server: where it is."""

    items: int = 0
    model: str = ""
    server: Server = field(default_factory=Server)

    def __post_init__(self) -> None:
        if self.items < 0:
            raise OptionError("items must not be negative")
        if self.items and not self.model:
            raise OptionError("needs a model")


@dataclass(frozen=True)
class Config:
    """sets: test sets as JSON lines; limit: their first items only (0: all).

    systems: in the order of the report; the student that the stage before made is added to
    them as `student`, at the settings `student_dial`. baseline: the system that the others
    are compared with, item by item. sentence_encoder, token_encoder: a directory, a Hub name
    or "minilm"; token_layer: the layer for BERTScore. resamples: of the bootstrap.
    latency_items: sentences timed one by one (0: none).
    """

    sets: tuple[Path, ...]
    systems: tuple[System, ...] = ()
    student_dial: tuple[int, ...] = (1, 2, 3)
    baseline: str | None = None
    limit: int = 0
    metrics: Settings = field(default_factory=Settings)
    decoding: Decoding = field(default_factory=Decoding)
    sentence_encoder: str = "minilm"
    token_encoder: str = "minilm"
    token_layer: int = -1
    resamples: int = 1000
    seed: int = 0
    latency_items: int = 50
    sheet: SheetConfig = field(default_factory=SheetConfig)
    judge: JudgeConfig = field(default_factory=JudgeConfig)

    def __post_init__(self) -> None:
        if not self.sets:
            raise OptionError("sets: at least one test set is needed")
        if min(self.limit, self.resamples, self.seed, self.latency_items) < 0:
            raise OptionError("limit, resamples, seed and latency_items must not be negative")
        names = [system.name for system in self.systems]
        if len(set(names)) < len(names):
            raise OptionError("systems: two have the same name")
