"""What a row of a corpus asks of the engine, and what it gets back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from statistics import fmean
from typing import Protocol

from ..document.formats import Document, parse
from ..engine.options import Options
from ..engine.paraphraser import BATCH_SENTENCES
from ..engine.prepare import Sentence
from ..engine.result import Kept, Paraphrase, Result
from ..engine.select import DECIMALS
from ..errors import ParaphraserError

MAX_CHARS = 100_000  # some thousand sentences: whoever has more in a row has a document


class Unfit(StrEnum):
    """Why a row is not given to the engine at all."""

    NOTHING = "no text"
    NOT_TEXT = "not a text"
    TOO_LONG = f"longer than {MAX_CHARS} characters"
    CHARACTERS = Kept.CHARACTERS.value
    NO_SENTENCE = "no sentence in it"


@dataclass(frozen=True)
class Answer:
    """The paraphrases of a row, best first; or none, and why it is kept as it is."""

    paraphrases: tuple[Paraphrase, ...] = ()
    kept: str | None = None


class Engine(Protocol):
    """The part of `Paraphraser` that is used here."""

    def batches(
        self, groups: Iterable[Sequence[Sentence]], options: Options
    ) -> Iterator[list[Result]]:
        """Results for each group of sentences."""


def unfit(value: object) -> Unfit | None:
    """Why this value of a row cannot be paraphrased; None if it can be tried."""
    if value is None or value == "":
        return Unfit.NOTHING
    if not isinstance(value, str):
        return Unfit.NOT_TEXT
    if len(value) > MAX_CHARS:
        return Unfit.TOO_LONG
    try:
        value.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return Unfit.CHARACTERS
    return None


def answers(texts: Sequence[str], engine: Engine, options: Options) -> list[Answer]:
    """What each text becomes.

    A text on which the engine fails is kept: one in a million must not stop the rest. Raises
    ParaphraserError, which means that nothing can work.
    """
    # Drawn from a fresh start, a row does not depend on which others it came with.
    shares = [[text] for text in texts] if options.seed is not None else [texts]
    return [answer for share in shares for answer in _answers(share, engine, options)]


def _answers(texts: Sequence[str], engine: Engine, options: Options) -> list[Answer]:
    try:
        return _asked(texts, engine, options)
    except ParaphraserError:
        raise
    except Exception as error:
        if len(texts) == 1:
            return [Answer(kept=f"the engine failed on it: {type(error).__name__}")]
        return [answer for text in texts for answer in _answers([text], engine, options)]


def _asked(texts: Sequence[str], engine: Engine, options: Options) -> list[Answer]:
    documents = [parse(text) for text in texts]
    sentences = (
        Sentence(segment.source, segment.freeze, segment.fits)
        for document in documents
        for segment in document.segments
    )
    groups = iter(lambda: list(islice(sentences, BATCH_SENTENCES)), [])
    results = chain.from_iterable(engine.batches(groups, options))
    return [_joined(d, list(islice(results, len(d.segments)))) for d in documents]


def _joined(document: Document, results: Sequence[Result]) -> Answer:
    """The answer for a text from the results of its sentences; a sentence without any stays."""
    count = max((len(result.variants) for result in results), default=0)
    found = (_variant(document, results, number) for number in range(count))
    paraphrases = {p.text: p for p in found if p.text != document.text}
    if paraphrases:
        return Answer(tuple(paraphrases.values()))
    reasons = dict.fromkeys(result.reason for result in results if result.reason)
    return Answer(kept="; ".join(reasons) or Unfit.NO_SENTENCE)


def _variant(document: Document, results: Sequence[Result], number: int) -> Paraphrase:
    """Meaning and fluency are those of the weakest sentence, change is the average."""
    # With fewer variants than its neighbours a sentence repeats its last.
    used = {
        i: result.variants[min(number, len(result.variants) - 1)]
        for i, result in enumerate(results)
        if result.variants
    }
    changes = [v.change for v in used.values()] + [0.0] * (len(results) - len(used))
    return Paraphrase(
        text=document.write({i: v.text for i, v in used.items()}),
        meaning=min(v.meaning for v in used.values()),
        change=round(fmean(changes), DECIMALS),
        fluency=min(v.fluency for v in used.values()),
        warnings=tuple(dict.fromkeys(w for v in used.values() for w in v.warnings)),
    )
