"""Whether a training text is, wholly or in good part, a text of a test set.

Exact matches are found in normal form. Longer texts are also compared by word
8-grams, as is usual for contamination checks (Brown et al. 2020, appendix C, uses 13
for whole documents; sentences are shorter).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from distill.records import read_rows
from paraphraser_tui.errors import InputError

from .normal import fingerprint, normal_words

GRAM_WORDS = 8
# Share of a text's 8-grams found in the tests from which on it counts as taken from there.
MAX_SHARED = 0.5
_TEXT_FIELDS = ("src", "tgt", "text")
_LIST_FIELDS = ("refs",)


class TestTexts:
    """Fingerprints of all texts of the given test sets and of their 8-grams."""

    __test__ = False  # not a test class, whatever pytest makes of the name

    def __init__(self, texts: Iterable[str]):
        self._whole: set[int] = set()
        self._grams: set[int] = set()
        for text in texts:
            self._whole.add(fingerprint(text))
            self._grams.update(_grams(text))

    @classmethod
    def read(cls, paths: Iterable[Path]) -> "TestTexts":
        """From JSON lines with `src`, `tgt`, `text` or `refs`; raises InputError."""
        return cls(text for path in paths for text in _texts(path))

    def __contains__(self, text: str) -> bool:
        return fingerprint(text) in self._whole or self.shared(text) > MAX_SHARED

    def shared(self, text: str) -> float:
        """Share of the 8-grams of a text that occur in the tests, 0..1."""
        grams = _grams(text)
        return sum(gram in self._grams for gram in grams) / len(grams) if grams else 0.0


def _grams(text: str) -> list[int]:
    words = normal_words(text)
    starts = range(len(words) - GRAM_WORDS + 1)
    return [fingerprint(" ".join(words[i : i + GRAM_WORDS])) for i in starts]


def _texts(path: Path) -> Iterable[str]:
    for number, row in read_rows(path):
        found: list[Any] = [row[name] for name in _TEXT_FIELDS if name in row]
        for name in _LIST_FIELDS:
            found.extend(row.get(name, ()))
        if not found or not all(isinstance(text, str) for text in found):
            raise InputError(f"{path}, line {number}: no text in src, tgt, text or refs")
        yield from found
