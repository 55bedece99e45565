"""An engine without a model: it answers at once and always the same, by a few rules of thumb.

Tests of the terminal UI run on it. What is no prose stays, and so does a sentence with "never";
numbers and every second variant bring a warning.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Semaphore

from ..text.change import measure
from ..text.prose import not_prose
from ..text.words import WORD
from .alternatives import DEFAULT_ALTERNATIVES, Alternative, word_spans
from .options import Options
from .prepare import Sentence
from .result import Kept, Paraphrase, Result

REFUSING = "never"  # no variant of a sentence with this word passes
PATIENCE = 10.0  # seconds until a test that waits for a call fails
_OPENINGS = (
    "Indeed,", "In fact,", "As it is,", "In short,", "After all,",
    "So far,", "Of late,", "In the end,", "As ever,", "By now,",
)  # fmt: skip
_SYNONYMS = dict(
    pair.split(":")
    for pair in (
        "also:likewise although:though arrived:came because:since began:started big:large"
        " build:construct but:yet buy:purchase choose:pick decided:resolved easy:simple"
        " ended:finished fast:quick finished:completed found:discovered good:fine help:aid"
        " house:home important:significant keep:hold large:big little:small made:created"
        " many:numerous meeting:gathering moved:shifted need:require new:recent often:frequently"
        " old:aged people:persons postponed:delayed quick:swift quickly:rapidly road:street"
        " said:stated sent:mailed show:display slowly:gradually small:little started:began"
        " still:yet town:village use:employ used:employed usually:normally very:quite"
        " village:hamlet want:wish wanted:wished whole:entire work:labour writes:composes"
    ).split()
)
_OTHER_WORDS = ("another", "some", "each", "such", "certain", "every", "plain", "further")
_DIVERSITY_STEP = 10  # of the dial, for the next opening


class Gate:
    """Holds the calls of an engine until a test lets them through, one by one."""

    def __init__(self) -> None:
        self._entered = Semaphore(0)
        self._open = Semaphore(0)

    def wait_for_call(self) -> None:
        """Until the engine has been called once more. Raises TimeoutError."""
        if not self._entered.acquire(timeout=PATIENCE):
            raise TimeoutError("the engine was not called")

    def let_through(self, calls: int = 1) -> None:
        """So many calls, the one that waits and those to come."""
        self._open.release(calls)

    def enter(self) -> None:
        """What the engine does at the beginning of every call."""
        self._entered.release()
        self._open.acquire()


@dataclass
class FakeEngine:
    """Has the face of `Paraphraser`, and remembers the sentences that it was asked for.

    gate: holds every call, and every group of `batches`.
    failing: a call for a sentence with these words raises RuntimeError.
    """

    gate: Gate | None = None
    failing: str | None = None
    compute_type: str = "fake"
    asked: list[str] = field(default_factory=list)
    closed: bool = False

    def batches(
        self, groups: Iterable[Sequence[str | Sentence]], options: Options | None = None
    ) -> Iterator[list[Result]]:
        """Results for each group of sentences."""
        for group in groups:
            sentences = [Sentence(s) if isinstance(s, str) else s for s in group]
            self._enter(*(s.text for s in sentences))
            yield [_result(s, options or Options()) for s in sentences]

    def alternatives(
        self,
        sentence: str,
        place: int,
        variant: str | None = None,
        options: Options | None = None,
        num: int = DEFAULT_ALTERNATIVES,
    ) -> tuple[Alternative, ...]:
        """Other words for a word; the last one brings a warning. Raises IndexError."""
        self._enter(sentence)
        variant = sentence if variant is None else variant
        start, end = word_spans(variant)[place]
        old = variant[start:end]
        if not_prose(sentence) or not WORD.search(old):
            return ()
        words = [w for w in (_synonyms(old, ()), *_OTHER_WORDS) if w != old][:num]
        tail = _synonyms(variant[end:], (options or Options()).freeze)
        found = [Alternative(w, variant[:start] + w + tail) for w in words]
        found[-1] = replace(found[-1], warnings=(f"unknown word {words[-1]} is new",))
        return tuple(found)

    def begun(
        self, sentence: str, beginning: str, options: Options | None = None, bias: float = 0.0
    ) -> Result:
        """Variants with a beginning in place of as many words."""
        self._enter(sentence)
        options = options or Options()
        whole = _result(Sentence(sentence), options)
        rest = " ".join(sentence.split()[len(beginning.split()) :])
        texts = [f"{beginning} {rest}".strip(), f"{beginning} {_synonyms(rest, options.freeze)}"]
        if whole.kept:
            return whole
        return _rated(sentence, list(dict.fromkeys(texts))[: options.num])

    def close(self) -> None:
        """Only remembered."""
        self.closed = True

    def _enter(self, *sentences: str) -> None:
        self.asked += sentences
        if self.gate:
            self.gate.enter()
        if self.failing and any(self.failing in sentence for sentence in sentences):
            raise RuntimeError(f"cannot say {self.failing!r}")


def _result(sentence: Sentence, options: Options) -> Result:
    if other := not_prose(sentence.text):
        return Result(sentence.text, kept=other)
    if REFUSING in sentence.text.lower():
        return Result(sentence.text, kept=Kept.REJECTED, refused={"negation": 4, "name": 1})
    freeze = options.freeze + sentence.freeze
    first = options.diversity // _DIVERSITY_STEP + (options.seed or 0)
    texts = [_variant(sentence.text, first + i, freeze) for i in range(options.num)]
    fitting = [text for text in dict.fromkeys(texts) if sentence.fits(text)]
    if not fitting:
        return Result(sentence.text, kept=Kept.REJECTED, refused={"markup": len(texts)})
    return _rated(sentence.text, fitting)


def _rated(source: str, texts: Sequence[str]) -> Result:
    """Figures that fall from variant to variant, and warnings."""
    variants = []
    for i, text in enumerate(texts):
        warnings = ("may be clumsy",) * (i % 2)
        if any(c.isdigit() for c in source):
            warnings += ("may have lost or altered a detail",)
        change = round(measure(source, text).overall, 4)
        variants.append(Paraphrase(text, 0.98 - i / 100, change, 0.6 - i / 100, warnings))
    return Result(source, tuple(variants))


def _variant(text: str, number: int, freeze: Sequence[str]) -> str:
    """The sentence with an opening; the first ten of twenty with other words too."""
    turn, opening = divmod(number, len(_OPENINGS))
    body = text if turn % 2 else _synonyms(text, freeze)
    keeps_capital = body.startswith(("I ", "I'", *freeze)) or not body[:2].istitle()
    return f"{_OPENINGS[opening]} {body if keeps_capital else body[0].lower() + body[1:]}"


def _synonyms(text: str, freeze: Sequence[str]) -> str:
    """All words of the table replaced, but those in frozen terms."""
    frozen = {word for term in freeze for word in WORD.findall(term)}
    return WORD.sub(
        lambda m: m.group() if m.group() in frozen else _SYNONYMS.get(m.group(), m.group()), text
    )
