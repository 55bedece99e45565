"""The students by name, and how each is made ready for training."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from paraphraser_tui.errors import OptionError

from ..records import UNSTATED
from .directory import Student
from .house import HouseSize
from .hub import APACHE, BASES, start_from_hub

HOUSE = "house"


NAMES = (HOUSE, *BASES)


@dataclass(frozen=True)
class StudentConfig:
    """Which student, and what it starts from.

    start: a local directory in place of the Hub (a model with its tokeniser) or of MiniLM (a
    house student). revision: of the Hub repository. vocabulary: the house student's SentencePiece
    model, by default that of `start`. size: shape of a new house student.
    """

    base: str = HOUSE
    name: str | None = None
    start: Path | None = None
    revision: str | None = None
    vocabulary: Path | None = None
    size: HouseSize = field(default_factory=HouseSize)

    def __post_init__(self) -> None:
        if self.base not in NAMES:
            raise OptionError(f"student {self.base!r} is not one of {', '.join(NAMES)}")
        if self.base == HOUSE and self.start is None and self.vocabulary is None:
            raise OptionError("a house student needs `vocabulary` or `start`")
        if self.base != HOUSE and self.vocabulary is not None:
            raise OptionError(f"{self.base} has its own vocabulary")


def prepare(config: StudentConfig, seed: int = 0) -> Student:
    """The student before training: float32, no dropout, control codes in its vocabulary."""
    import torch

    torch.manual_seed(seed)
    if config.base == HOUSE:
        return _house(config)
    return start_from_hub(
        config.name or config.base, BASES[config.base], config.start, config.revision
    )


def _house(config: StudentConfig) -> Student:
    from . import house
    from .directory import STUDENT_FILE, load
    from .tokenizers import HouseTokenizer

    if config.start and config.vocabulary is None:
        student = load(config.start)
        return replace(student, name=config.name or student.name)
    tokenizer = HouseTokenizer(config.vocabulary)
    model = house.build(tokenizer, config.size)
    base, licence = "random weights", APACHE
    if config.start and (config.start / STUDENT_FILE).exists():
        old = load(config.start)
        house.carry_over(model, tokenizer, old.model, old.tokenizer)
        base, licence = old.base, old.licence
    elif config.start:
        house.start_from_minilm(model, tokenizer, config.start)
        base, licence = config.start.name, UNSTATED
    elif config.size.d_model == HouseSize().d_model:
        # Another width than MiniLM's begins with random weights.
        house.start_from_minilm(model, tokenizer, house.minilm_directory())
        base = house.MINILM
    return Student(config.name or HOUSE, "bart", model, tokenizer, base, licence)
