"""Everything that can be set about training, with the values that served the house student."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from paraphraser_tui.errors import OptionError

from ..controls import LEXICAL
from ..pseudo.settings import ObjectiveConfig
from ..students.lora import Lora
from ..students.registry import HOUSE, StudentConfig


@dataclass(frozen=True)
class Corpus:
    """A file of pairs and how much of it to use.

    weight: how often each pair is seen in an epoch; 0.5 is a new half of them every time.
    sets: further factors by the name of a set. both_directions: also target to source.
    limit: records used at most, from the top; 0 is all.
    """

    path: Path
    weight: float = 1.0
    sets: dict[str, float] | None = None
    both_directions: bool = False
    limit: int = 0

    def __post_init__(self) -> None:
        if self.limit < 0:
            raise OptionError("limit cannot be negative")
        if self.weight < 0 or any(factor < 0 for factor in (self.sets or {}).values()):
            raise OptionError("weights must not be negative")


@dataclass(frozen=True)
class DataConfig:
    """Which pairs to train on, beside those of the stage before.

    level_weights: a factor for pairs of each level of lexical change, lowest first.
    unlikelihood: for each level, how strongly words of the source that the target leaves out are
    held down, by the pieces that begin them (arXiv 1908.04319). Where several rewordings
    compete each is less likely than the old word, so that a beam search copies too much; at 1
    that word's odds are halved.
    held_out: share of the sources kept for evaluation, held_out_rows at most.
    max_source_tokens, max_target_tokens: longer pairs are left out, and counted.
    """

    corpora: tuple[Corpus, ...] = ()
    level_weights: tuple[float, ...] = (1.0,) * (len(LEXICAL) + 1)
    unlikelihood: tuple[float, ...] = (0.0,) * (len(LEXICAL) + 1)
    held_out: float = 0.01
    held_out_rows: int = 2000
    max_source_tokens: int = 128
    max_target_tokens: int = 128

    def __post_init__(self) -> None:
        for name in ("level_weights", "unlikelihood"):
            values = getattr(self, name)
            if len(values) != len(LEXICAL) + 1 or min(values) < 0:
                raise OptionError(f"{name} must be {len(LEXICAL) + 1} numbers from 0")
        if not 0 < self.held_out < 1:
            raise OptionError("held_out must be between 0 and 1")


@dataclass(frozen=True)
class OptimizerConfig:
    """AdamW with a linear warm-up and a cosine decay to `floor` times the peak."""

    learning_rate: float = 5e-4
    warmup_steps: int = 300
    floor: float = 0.05
    weight_decay: float = 0.01
    betas: tuple[float, float] = (0.9, 0.98)
    clip_norm: float = 1.0

    def __post_init__(self) -> None:
        if self.learning_rate <= 0 or self.warmup_steps < 0:
            raise OptionError("learning_rate must be positive, warmup_steps not negative")


@dataclass(frozen=True)
class TrainConfig:
    """One training run; it ends at the first of `epochs`, `max_steps` and `max_hours`.

    objective: what to learn from a teacher's distributions; None is the sequence-level loss.
    keep_decoder_layers: numbers of those that the student keeps of what it starts from, from 0.
    start_share: how much of the result are the weights that it started from, 0 to below 1: an
    average of both is often better than either (WiSE-FT, arXiv 2109.01903).
    batch_tokens: padded source and target tokens of a batch on one device.
    patience: evaluations without improvement before an early stop; None never stops.
    eval_steps: updates between evaluations; save_minutes: wall time between checkpoints.
    threads: of torch on the CPU; None leaves it to torch.
    """

    student: StudentConfig
    data: DataConfig = DataConfig()
    optimizer: OptimizerConfig = OptimizerConfig()
    lora: Lora | None = None
    objective: ObjectiveConfig | None = None
    keep_decoder_layers: tuple[int, ...] | None = None
    start_share: float = 0.0
    epochs: float | None = None
    max_steps: int | None = None
    max_hours: float | None = None
    batch_tokens: int = 6000
    accumulate: int = 1
    label_smoothing: float = 0.1
    eval_steps: int = 500
    patience: int | None = None
    save_minutes: float = 15.0
    log_steps: int = 50
    precision: Literal["bf16", "no"] = "bf16"
    compile: bool = False
    threads: int | None = None
    dtype: Literal["float32", "float16"] = "float32"
    seed: int = 0

    def __post_init__(self) -> None:
        if self.epochs is None and self.max_steps is None and self.max_hours is None:
            raise OptionError("one of epochs, max_steps and max_hours must end the training")
        if min(self.batch_tokens, self.accumulate, self.eval_steps, self.log_steps) < 1:
            raise OptionError("batch_tokens, accumulate, eval_steps and log_steps start at 1")
        ends = (self.epochs, self.max_steps, self.max_hours, self.patience)
        if any(end is not None and end <= 0 for end in ends):
            raise OptionError("limits and patience must be positive where given")
        if not 0 <= self.start_share < 1:
            raise OptionError("start_share must be from 0 to below 1")
        if self.lora is not None and self.start_share:
            raise OptionError("an adapter starts from nothing: leave out start_share")
        if self.lora is not None and self.student.base == HOUSE:
            raise OptionError("the house student is trained in full: leave out lora")
        if self.lora is not None and self.dtype != "float32":
            raise OptionError("an adapter's base stays float32; the merge stage can write float16")
        if self.objective is not None and any(self.data.unlikelihood):
            raise OptionError(
                "unlikelihood belongs to the sequence-level loss: leave out objective"
            )
        if self.objective is not None and self.objective.kind.writes and self.compile:
            raise OptionError(f"the objective {self.objective.kind} cannot be compiled")
