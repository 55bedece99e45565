"""A server's likeliest words in the student's tokens, where both begin and end together."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paraphraser_tui.errors import InputError

from ..records import Alternatives
from ..students.tokenizers import StudentTokenizer

_BLANKS = str.maketrans("▁Ġ", "  ")  # what SentencePiece and byte-level BPE write for one
Span = tuple[int, int]


@dataclass(frozen=True)
class Soft:
    """What the teacher might have said at each target token: ids and log-probabilities.

    Both [tokens, k]; unused places hold the label with the logarithm of zero.
    """

    ids: np.ndarray
    logs: np.ndarray


class Aligner:
    """Puts alternatives into the student's tokens and counts how many have their place."""

    def __init__(self, tokenizer: StudentTokenizer, k: int, least: float):
        self._tokenizer, self._k, self._least = tokenizer, k, least
        self._spellings: dict[str, int] = {}
        for number in range(tokenizer.size):
            self._spellings.setdefault(self._spell(number), number)
        self._tokens = self._aligned = 0
        self._mismatch = ""

    def soft(self, text: str, top: Sequence[Alternatives] | None, target: Sequence[int]) -> Soft:
        """The alternatives at each token of an encoded target; without any it is its label."""
        ids = np.repeat(np.asarray(target, dtype=np.int64)[:, None], self._k, axis=1)
        logs = np.full(ids.shape, -math.inf, dtype=np.float32)
        logs[:, 0] = 0.0
        if top:
            known = {_trimmed(text, (start, end)): words for start, end, words in top}
            for place, span in self._spans(text, target):
                self._tokens += 1
                if span in known:
                    self._aligned += 1
                    found = self._words(known[span], text[slice(*span)], target[place], span[0])
                    ids[place, : len(found)] = [number for number, _ in found]
                    logs[place, : len(found)] = [log for _, log in found]
                elif not self._mismatch:
                    self._note(text, span, top)
        return Soft(ids, logs)

    def check(self) -> None:
        """Raise InputError, which names a mismatch, if too few tokens had their place."""
        if not self._tokens:
            raise InputError(
                "no pair holds its teacher's alternatives: generate with logprobs and top_logprobs"
            )
        share = self._aligned / self._tokens
        if share < self._least:
            raise InputError(
                f"only {share:.0%} of the target tokens begin and end where the teacher's do "
                f"(least_aligned {self._least:.0%}): {self._mismatch}"
            )

    def _spans(self, text: str, target: Sequence[int]) -> list[tuple[int, Span]]:
        """Places in the target with the characters that they spell, blanks before left out.

        It ends where pieces no longer spell the text (bytes, unknown characters).
        """
        spelt = [self._spell(number) for number in target]
        special = {self._tokenizer.bos, self._tokenizer.eos, self._tokenizer.pad}
        places = [i for i, number in enumerate(target) if int(number) not in special]
        # SentencePiece puts a blank before the first word.
        at = -1 if places and spelt[places[0]].startswith(" ") else 0
        spans = []
        for place in places:
            piece, start = spelt[place], at
            at += len(piece)
            if (" " + text)[start + 1 : at + 1] != piece:
                break
            if piece.strip():
                spans.append((place, _trimmed(text, (max(start, 0), at))))
        return spans

    def _words(
        self, words: dict[str, float], own: str, label: int, start: int
    ) -> list[tuple[int, float]]:
        """The best k alternatives that are single tokens, the label always among them."""
        ranked = sorted(words.items(), key=lambda item: (item[1], item[0]), reverse=True)
        begins = self._spell(label).startswith(" ")
        found, said = [], None
        for word, log in ranked:
            if word.strip() == own and said is None:
                said = (int(label), log)
                continue
            if start == 0 and begins:
                word = " " + word.lstrip()
            number = self._spellings.get(word)
            if number is not None:
                found.append((number, log))
        # What was said but is not among the alternatives is at best as likely as the last.
        said = said or (int(label), ranked[-1][1])
        return [said, *found[: self._k - 1]]

    def _note(self, text: str, span: Span, top: Sequence[Alternatives]) -> None:
        over = [text[a:b] for a, b, _ in top if a < span[1] and b > span[0]]
        theirs = repr("|".join(over)) if over else "nothing"
        self._mismatch = f"{text[slice(*span)]!r} is a token, where the teacher has {theirs}"

    def _spell(self, number: int) -> str:
        return self._tokenizer.piece(int(number)).translate(_BLANKS)


def _trimmed(text: str, span: Span) -> Span:
    """A span without the blanks that it begins with."""
    start, end = span
    while start < end and text[start] == " ":
        start += 1
    return start, end
