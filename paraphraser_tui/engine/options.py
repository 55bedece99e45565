"""What a user may ask of the engine, validated once."""

from dataclasses import dataclass, fields

from ..errors import OptionError
from .dials import Dials, Length

DEFAULT_NUM = 1
DEFAULT_DIVERSITY = 50
DEFAULT_BEAM_SIZE = 5
DEFAULT_TEMPERATURE = 0.8
DEFAULT_TOP_P = 0.9
DEFAULT_TOP_K = 0  # the whole vocabulary: top_p limits it
DEFAULT_MIN_MEANING = 0.80
MAX_NUM = 20
MAX_BEAM_SIZE = 32
MAX_TARGET_LENGTH = 1024
MAX_TOP_K = 1000  # CTranslate2 refuses more than the vocabulary holds
MAX_SEED = 2**32 - 2  # the number above stands for "no seed" in CTranslate2

# What the words for a dial stand for.
DIAL_WORDS = {"low": 20, "medium": 50, "high": 80}


@dataclass(frozen=True)
class Options:
    """How to paraphrase; None means "not asked for", and the default applies.

    num: variants per sentence, 1..20.
    diversity: how far to go from the source, 0..100.
    lexical, order: 0..100, how many words to replace and to move where that is not to follow
        diversity. length: shorter, the same or longer, where it matters.
    beam_size: width of the beam search, at least num.
    sampling: draw candidates at random instead of searching; the only mode in
        which temperature (> 0), top_k (0..1000; 0: no limit), top_p (0 < p <= 1) and seed count.
    min_meaning: lowest accepted cosine of the sentence embeddings, 0..1.
    freeze: words or phrases that must stay as they are.
    max_length: longest output in tokens; longer candidates are dropped.
    length_penalty, patience, repetition_penalty, no_repeat_ngram_size: as in CTranslate2.
    """

    num: int = DEFAULT_NUM
    diversity: int = DEFAULT_DIVERSITY
    lexical: int | None = None
    order: int | None = None
    length: Length | None = None
    beam_size: int | None = None
    sampling: bool = False
    temperature: float | None = None
    top_k: int | None = None
    top_p: float | None = None
    seed: int | None = None
    min_meaning: float = DEFAULT_MIN_MEANING
    freeze: tuple[str, ...] = ()
    max_length: int | None = None
    length_penalty: float = 1.0
    patience: float = 1.0
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0

    def __post_init__(self) -> None:
        """Raises OptionError, one line, if a value is impossible or two contradict each other."""
        self._check_ranges()
        if self.sampling and self.beam_size is not None:
            raise OptionError("beam search and sampling exclude each other; drop one of them")
        if not self.sampling:
            for name in ("temperature", "top_k", "top_p", "seed"):
                if getattr(self, name) is not None:
                    raise OptionError(
                        f"{_shown(name)} counts only with sampling; add that or drop this"
                    )
        if self.beam_size is not None and self.num > self.beam_size:
            raise OptionError(
                f"{self.num} variants need a beam of at least {self.num}, not {self.beam_size}"
            )
        if any(not term.strip() for term in self.freeze):
            raise OptionError("a frozen term must not be empty")

    def _check_ranges(self) -> None:
        limits = {
            "num": (1, MAX_NUM),
            "diversity": (0, 100),
            "lexical": (0, 100),
            "order": (0, 100),
            "beam_size": (1, MAX_BEAM_SIZE),
            "top_k": (0, MAX_TOP_K),
            "seed": (0, MAX_SEED),
            "min_meaning": (0, 1),
            "max_length": (1, MAX_TARGET_LENGTH),
            "no_repeat_ngram_size": (0, None),
        }
        above_zero = {"temperature": None, "top_p": 1, "length_penalty": None}
        above_zero |= {"repetition_penalty": None, "patience": None}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None:
                continue
            if field.name in limits:
                low, high = limits[field.name]
                if not low <= value or (high is not None and not value <= high):
                    bounds = f"between {low} and {high}" if high is not None else f"{low} or more"
                    raise OptionError(f"{_shown(field.name)} must be {bounds}, not {value}")
            elif field.name in above_zero:
                high = above_zero[field.name]
                if not value > 0 or value == float("inf") or (high and not value <= high):
                    bounds = "above 0" if high is None else f"above 0 and at most {high}"
                    raise OptionError(f"{_shown(field.name)} must be {bounds}, not {value}")

    @property
    def beams(self) -> int:
        """The width of the beam search."""
        return self.beam_size or max(DEFAULT_BEAM_SIZE, self.num)

    @property
    def dials(self) -> Dials:
        """How far to go, and in what."""
        return Dials(self.diversity, self.lexical, self.order, self.length)


def _shown(name: str) -> str:
    return name.replace("_", "-")
