"""Words on demand: what else could stand at a place in a variant, and what follows from it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..text.drift import find_drift
from ..text.typography import plain
from .prepare import Prepared
from .tokens import Codes
from .translator import Decoding, Translator

DEFAULT_ALTERNATIVES = 8
# Some openings are pieces of the same word, or punctuation: a few more are asked for.
SPARE = 4
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Alternative:
    """Another word for a place in a variant.

    word: as it would stand there, with what is attached to it.
    text: the whole variant with it, everything behind it decoded anew.
    warnings: what the whole would change that should not change.
    """

    word: str
    text: str
    warnings: tuple[str, ...] = ()


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text are; punctuation belongs to the word that it touches."""
    return [match.span() for match in _WORD.finditer(text)]


def alternatives(
    translator: Translator,
    sentence: Prepared,
    variant: str,
    place: int,
    codes: Codes,
    num: int = DEFAULT_ALTERNATIVES,
) -> tuple[Alternative, ...]:
    """Up to `num` other words for word number `place` of a variant, the most probable first.

    Those with warnings come last. None where the word is part of a protected span. Raises
    IndexError if there is no such word.
    """
    start, end = word_spans(variant)[place]
    protected = _originals(sentence.masked.stand_ins, variant)
    beginning = hidden_beginning(sentence, variant, start)
    if beginning is None or any(a < end and start < b for a, b, _ in protected):
        return ()
    decoding = Decoding(num_hypotheses=num + SPARE, return_alternatives=True)
    seen = {variant[start:end].casefold()}
    found: list[Alternative] = []
    for raw in translator.continued(sentence.model_text, codes, beginning, decoding):
        text = sentence.finish(sentence.tidy(raw))
        if text is None or not text.startswith(variant[:start]):
            continue
        match = _WORD.match(text, start)
        if match and match.group().casefold() not in seen:
            seen.add(match.group().casefold())
            drifts = find_drift(sentence.source, text, translator.framer.is_word)
            found.append(Alternative(match.group(), text, tuple(map(str, drifts))))
    found.sort(key=lambda alternative: bool(alternative.warnings))
    return tuple(found[:num])


def hidden_beginning(sentence: Prepared, variant: str, end: int) -> str | None:
    """`variant[:end]` as the model sees it; None if the cut goes through a protected span."""
    out, done = [], 0
    for start, stop, stand_in in _originals(sentence.masked.stand_ins, variant):
        if start < end < stop:
            return None
        if stop <= end:
            out += variant[done:start], stand_in
            done = stop
    return plain("".join(out) + variant[done:end]).strip()


def _originals(stand_ins: Sequence[tuple[str, str]], variant: str) -> list[tuple[int, int, str]]:
    """Where the originals stand in a variant, from left to right."""
    found: list[tuple[int, int, str]] = []
    for stand_in, original in stand_ins:
        # The same original may be hidden twice.
        places = (m.span() for m in re.finditer(re.escape(original), variant))
        free = [span for span in places if all(span[0] != start for start, _, _ in found)]
        if free:
            found.append((*free[0], stand_in))
    return sorted(found)
