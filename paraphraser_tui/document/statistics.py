"""What rewriting did to a text: how much was reworded, vocabulary, readability."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..engine.result import Result
from ..text.words import words

# Reading ease of Flesch (1948), "A new readability yardstick": 206.835 - 1.015 words per
# sentence - 84.6 syllables per word; 60 to 70 is plain English, higher is easier.
EASE_START, EASE_PER_LENGTH, EASE_PER_SYLLABLE = 206.835, 1.015, 84.6
_VOWELS = re.compile("[aeiouy]+")
_SILENT = re.compile("(?:[^laeiouy]|[^aeiouy]l)(?:e|es|ed)$")
_SOUNDED = re.compile("(?:[td]ed|[cgszx]es|[cs]hes|[^aeiouy]le?s?)$")


@dataclass
class Side:
    """One side of the comparison: counts of sentences, words, different words, syllables."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    vocabulary: set[str] = field(default_factory=set, repr=False)

    def add(self, sentence: str) -> None:
        """Count a sentence."""
        found = [word.casefold() for word in words(sentence)]
        self.sentences += 1
        self.words += len(found)
        self.syllables += sum(map(syllables, found))
        self.vocabulary.update(found)

    @property
    def reading_ease(self) -> float:
        """Flesch's figure; 0 for no text."""
        if not self.words:
            return 0.0
        length = self.words / max(1, self.sentences)
        per_word = self.syllables / self.words
        return EASE_START - EASE_PER_LENGTH * length - EASE_PER_SYLLABLE * per_word


@dataclass
class Statistics:
    """Grows with every result; what is told is true of all that was added."""

    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)
    kept: Counter[str] = field(default_factory=Counter)
    changes: float = 0.0
    meanings: float = 0.0

    def add(self, result: Result) -> None:
        """Count a sentence with what became of it."""
        self.before.add(result.source)
        self.after.add(result.best)
        if result.variants:
            self.changes += result.variants[0].change
            self.meanings += result.variants[0].meaning
        else:
            self.kept[str(result.kept)] += 1

    @property
    def reworded(self) -> int:
        """Sentences that got a variant."""
        return self.before.sentences - self.kept.total()

    def lines(self) -> Iterable[str]:
        """The report, a fact a line."""
        reworded, sentences = self.reworded, self.before.sentences
        share = f" ({reworded / sentences:.0%})" if sentences else ""
        yield f"sentences: {sentences}, reworded: {reworded}{share}"
        for reason, count in self.kept.most_common():
            yield f"kept: {count}, {reason}"
        if reworded:
            yield (
                f"of the reworded: change {self.changes / reworded:.2f}, "
                f"meaning {self.meanings / reworded:.2f}"
            )
        yield from compared(self.before, self.after)


def compared(before: Side, after: Side) -> Iterable[str]:
    """Two sides of a text in words, a fact a line."""
    yield f"words: {before.words} before, {after.words} after"
    yield f"different words: {len(before.vocabulary)} before, {len(after.vocabulary)} after"
    yield (
        f"reading ease (Flesch): {before.reading_ease:.0f} before, {after.reading_ease:.0f} after"
    )


def syllables(word: str) -> int:
    """Of an English word, estimated by its groups of vowels; at least 1.

    >>> [syllables(word) for word in ("rain", "makes", "wanted", "table", "beautiful")]
    [1, 1, 2, 2, 3]
    """
    count = len(_VOWELS.findall(word))
    if _SILENT.search(word) and not _SOUNDED.search(word):
        count -= 1
    return max(1, count)
