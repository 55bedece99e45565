"""Sentences that are too long to be reworded in one piece, clause by clause."""

from collections.abc import Sequence
from statistics import fmean

from ..text import clauses, protect, typography
from ..text.clauses import Clause
from .prepare import Sentence
from .result import Kept, Paraphrase, Result
from .select import DECIMALS
from .tokens import Framer

# A small model rewords this many tokens well, and hardly twice as many.
COMFORTABLE_TOKENS = 40
# Far beyond what anyone writes as one sentence; what is longer is none.
MAX_CHARS = 5000


def cut(sentence: str, freeze: Sequence[str], framer: Framer) -> tuple[Clause, ...]:
    """The clauses of a long sentence, each of a comfortable length or at least within the window.

    None if it is short or has no joint.
    """
    if len(sentence) > MAX_CHARS:
        return ()
    plain = typography.same_length(sentence)
    found = protect.spans(plain, map(typography.plain, freeze), framer.is_word)
    keep = [(span.start, span.end) for span in found]
    for budget in (COMFORTABLE_TOKENS, framer.max_text_tokens):
        parts = clauses.split(sentence, min(budget, framer.max_text_tokens), framer.length, keep)
        if parts and len(parts) > 1:
            return parts
    return ()


def sentences(parts: Sequence[Clause]) -> list[str]:
    """The clauses as sentences that can be paraphrased."""
    return [clauses.as_sentence(part) for part in parts]


def joined(sentence: Sentence, parts: Sequence[Clause], results: Sequence[Result]) -> Result:
    """The result of a sentence from those of its clauses; a clause without variants stays.

    Its meaning and fluency are those of the weakest clause, its change is the average.
    """
    count = max(len(result.variants) for result in results)
    variants = (_variant(parts, results, number) for number in range(count))
    kept = {v.text: v for v in variants if v.text != sentence.text and sentence.fits(v.text)}
    return Result(sentence.text, tuple(kept.values()), None if kept else Kept.REJECTED)


def _variant(parts: Sequence[Clause], results: Sequence[Result], number: int) -> Paraphrase:
    texts, used = [], []
    for part, result in zip(parts, results, strict=True):
        # With fewer variants than its neighbours a clause repeats its last.
        chosen = result.variants[min(number, len(result.variants) - 1)] if result.variants else None
        text = clauses.from_sentence(chosen.text, part) if chosen else None
        texts.append(part.text if text is None else text)
        if text is not None:
            used.append(chosen)
    return Paraphrase(
        text=clauses.join(parts, texts),
        meaning=min((v.meaning for v in used), default=1.0),
        change=round(fmean([v.change for v in used] + [0.0] * (len(parts) - len(used))), DECIMALS),
        fluency=min((v.fluency for v in used), default=1.0),
        warnings=tuple(dict.fromkeys(w for v in used for w in v.warnings)),
    )
