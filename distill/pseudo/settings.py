"""What can be set about pseudo-targets and about the objectives that use a teacher."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from paraphraser_tui.errors import OptionError

from ..controls import LEXICAL
from ..records import UNSTATED

MIDDLE_LEVEL = len(LEXICAL) // 2


class Search(StrEnum):
    """How a model finds what it writes."""

    BEAM = "beam"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Decoding:
    """How texts are written.

    beams: of a beam search. temperature, top_p, top_k: of sampling; a top_k of 0 is none. The
    values are those of arXiv 2305.02031, which also tried a temperature of 1.5.
    """

    how: Search = Search.SAMPLE
    beams: int = 4
    temperature: float = 1.0
    top_p: float = 0.95
    top_k: int = 0
    max_new_tokens: int = 128

    def __post_init__(self) -> None:
        if min(self.beams, self.max_new_tokens) < 1 or self.top_k < 0:
            raise OptionError("beams and max_new_tokens start at 1, top_k at 0")
        if self.temperature <= 0 or not 0 < self.top_p <= 1:
            raise OptionError("temperature must be positive and top_p in (0, 1]")


@dataclass(frozen=True)
class Texts:
    """A file of texts: lines (.txt) or JSON lines with `text` or `src`.

    set, licence: for rows that do not say. limit: rows used at most, from the top; 0 is all.
    """

    path: Path
    set: str = ""
    licence: str = UNSTATED
    limit: int = 0

    def __post_init__(self) -> None:
        if self.limit < 0:
            raise OptionError("limit cannot be negative")


@dataclass(frozen=True)
class PseudoConfig:
    """Who writes targets for which texts.

    teacher: a student directory, or a model package, which is decoded in int8 by the engine.
    targets: different ones for each text, taken in turn by the epochs of training.
    labelled: files of pairs beside those of the stage before; unlabelled: files of texts.
    keep_labels: also pass on the labelled pairs themselves. guarded: drop targets in which a
    number, a name or a negation drifted, by the guards of run time; the paper has no such thing.
    levels: of lexical change that the teacher is asked for, in turn from text to text.
    """

    teacher: Path
    targets: int = 1
    labelled: tuple[Texts, ...] = ()
    unlabelled: tuple[Texts, ...] = ()
    keep_labels: bool = True
    guarded: bool = False
    levels: tuple[int, ...] = (MIDDLE_LEVEL,)
    decoding: Decoding = field(default_factory=Decoding)
    batch_size: int = 32
    max_source_tokens: int = 128
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.targets, self.batch_size, self.max_source_tokens) < 1:
            raise OptionError("targets, batch_size and max_source_tokens start at 1")
        if not self.levels or not all(0 <= level <= len(LEXICAL) for level in self.levels):
            raise OptionError(f"levels of lexical change are 0 to {len(LEXICAL)}")


class Kind(StrEnum):
    """The objectives beside the sequence-level one, which needs no table."""

    WORD = "word"
    NOISY = "noisy"
    RELATION = "relation"
    STUDENT = "student"
    JOINT = "joint"
    TOP_K = "top_k"

    @property
    def writes(self) -> bool:
        """Whether the student writes texts in training."""
        return self in (Kind.STUDENT, Kind.JOINT)


@dataclass(frozen=True)
class ObjectiveConfig:
    """What the student is trained to do.

    teacher: a student directory of the same vocabulary; top_k needs none.
    temperature: of both distributions. alpha: of joint, the share of steps on the teacher's
    text; of relation, the weight of the words against the relations. dropout: the teacher's,
    of noisy. decoding: how the student writes, of student and joint.
    k: alternatives used at each token, of top_k; least_aligned: the share of target tokens
    that must begin and end where the teacher's do.
    """

    kind: Kind
    teacher: Path | None = None
    temperature: float = 1.0
    alpha: float = 0.5
    dropout: float = 0.1
    decoding: Decoding = field(default_factory=Decoding)
    k: int = 5
    least_aligned: float = 0.5

    def __post_init__(self) -> None:
        if (self.teacher is None) != (self.kind is Kind.TOP_K):
            raise OptionError(
                "top_k takes its teacher's words from the pairs: leave out `teacher`"
                if self.teacher
                else f"the objective {self.kind} needs a `teacher`"
            )
        if self.temperature <= 0 or self.k < 1:
            raise OptionError("temperature must be positive, k at least 1")
        shares = (self.alpha, self.dropout, self.least_aligned)
        if not all(0 <= share <= 1 for share in shares):
            raise OptionError("alpha, dropout and least_aligned are shares from 0 to 1")
