"""A text as the guards read it; the source is read once for all its candidates."""

from functools import lru_cache

from ..words import content_stems, fold, words

# Texts that each guard remembers: the source, and the candidates of a batch.
REMEMBERED = 128

_STRAIGHT = str.maketrans("’‘‛“”„‟«»\u00a0\u202f", '\'\'\'""""""  ')


@lru_cache(REMEMBERED)
def straight(text: str) -> str:
    """The text with straight quotes and plain blanks, as long as before."""
    return text.translate(_STRAIGHT)


@lru_cache(REMEMBERED)
def cased_words(text: str) -> tuple[str, ...]:
    """All words as they stand, with straight apostrophes."""
    return tuple(words(straight(text)))


@lru_cache(REMEMBERED)
def folded_words(text: str) -> tuple[str, ...]:
    """All words in lower case, without possessive endings."""
    return tuple(map(fold, cased_words(text)))


@lru_cache(REMEMBERED)
def word_parts(text: str) -> frozenset[str]:
    """All words in lower case, those with hyphens in parts."""
    return frozenset(part for w in folded_words(text) for part in w.split("-") if part)


@lru_cache(REMEMBERED)
def content(text: str) -> tuple[str, ...]:
    """The stems of the content words in reading order."""
    return tuple(content_stems(text))
