"""Settings of the stage `impossible`."""

from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from distill.controls import TOKENS, token
from paraphraser_tui.engine.tokens import Codes
from paraphraser_tui.errors import OptionError
from paraphraser_tui.models import store

from .critics import Critics
from .summarise import SummaryCritics
from .syntax import Syntax

# The paper's contexts begin as a report of a news agency does, which keeps them narrow.
CITIES = (
    "LONDON", "PARIS", "BERLIN", "TOKYO", "MOSCOW", "WASHINGTON", "NEW YORK", "SYDNEY",
    "NAIROBI", "CAIRO", "NEW DELHI", "TORONTO",
)  # fmt: skip
AGENCIES = ("Reuters", "AP", "AFP", "BBC", "CNN", "Bloomberg")
DATELINES = tuple(f"{city} ({agency}) --" for city, agency in product(CITIES, AGENCIES))

# Under which codes a student writes: from mild to bold, and in the order of the source, for the
# small student garbles what it moves: with freer order a third as many candidates survive. Of
# those under the boldest code hardly any do.
ORDER = token("ord", 0)
PARAPHRASE_CODES = tuple((token("lex", level), ORDER, token("len", 1)) for level in (1, 2, 3))
SUMMARY_CODES = tuple((token("lex", level), ORDER, token("len", 0)) for level in (1, 2, 3))


@dataclass(frozen=True)
class Teacher:
    """A causal language model that writes contexts, and many next sentences after each.

    model: Hub name or directory. openings: each context begins with one of them, in turn; ("",)
    for a model of a narrow domain. contexts: how many. sentences: a context has at most so many.
    continuations: next sentences per context. batch: contexts written together.
    pairs: per context, the nearest by similarity of at least min_similarity are judged.
    same: without entailment, texts of at least this similarity say the same.
    Lengths are in tokens; the other defaults are the paper's.
    """

    model: str
    openings: tuple[str, ...] = DATELINES
    contexts: int = 1000
    sentences: int = 5
    context_length: int = 150
    context_temperature: float = 1.0
    continuations: int = 100
    sentence_length: int = 100
    temperature: float = 0.7
    top_p: float = 0.9
    no_repeat_ngram: int = 3
    batch: int = 16
    pairs: int = 400
    min_similarity: float = 0.8
    same: float = 0.9
    device: str = "auto"
    dtype: str = "auto"

    def __post_init__(self) -> None:
        counts = (self.contexts, self.sentences, self.batch, self.pairs)
        if min(counts) < 1 or self.continuations < 2:
            raise OptionError("contexts, sentences, batch and pairs start at 1, continuations at 2")
        if not self.openings:
            raise OptionError('no openings: write [""] for contexts that begin anyhow')


@dataclass(frozen=True)
class Student:
    """A student that rewrites the sentences of the stage before, under several control codes.

    model: a package by name; path: a package or (slower) a student directory in its place.
    codes: one setting of the control codes after the other, by default from mild to bold.
    beams: hypotheses of a beam search, samples: drawn at random, both per sentence and code.
    per_code: of those that have the same codes when measured, so many survive; per_source: of
    all. together: sentences that make one unit of work.
    """

    model: str = store.DEFAULT_MODEL
    path: Path | None = None
    codes: tuple[Codes, ...] = ()
    beams: int = 8
    samples: int = 0
    top_k: int = 40
    top_p: float = 0.9
    temperature: float = 0.7
    per_code: int = 1
    per_source: int = 3
    together: int = 16

    def __post_init__(self) -> None:
        if min(self.beams, self.samples) < 0 or self.beams + self.samples < 1:
            raise OptionError("either beams or samples must be above 0")
        if self.samples and (self.top_k < 1 or self.temperature <= 0 or not 0 < self.top_p <= 1):
            raise OptionError("samples need top_k from 1, temperature above 0 and top_p up to 1")
        if min(self.per_code, self.per_source, self.together) < 1:
            raise OptionError("per_code, per_source and together start at 1")
        for setting in self.codes:
            kinds = [code[:4] for code in setting]
            if not set(setting) <= set(TOKENS) or kinds != ["<lex", "<ord", "<len"]:
                raise OptionError(f"{list(setting)} is not a lex, an ord and a len code")


@dataclass(frozen=True)
class Config:
    """Who writes (a teacher or a student) and who judges.

    summary: pairs of a sentence and a shorter one, judged by these critics instead.
    syntax: the target's parse goes with the source.
    """

    teacher: Teacher | None = None
    student: Student | None = None
    critics: Critics = field(default_factory=Critics)
    summary: SummaryCritics | None = None
    syntax: Syntax | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if (self.teacher is None) == (self.student is None):
            raise OptionError("one of the tables teacher and student says who writes")
        if self.summary is not None and self.syntax is not None:
            raise OptionError("summary and syntax exclude each other")

    @property
    def judges(self) -> Critics:
        """The critics of the variant."""
        return self.summary or self.critics

    @property
    def codes(self) -> tuple[Codes, ...]:
        """The settings under which the student writes."""
        default = PARAPHRASE_CODES if self.summary is None else SUMMARY_CODES
        return (self.student.codes if self.student else ()) or default
