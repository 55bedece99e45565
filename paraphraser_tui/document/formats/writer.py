"""Words as the source of a sentence wrote them, with markup and line breaks between them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from .tokens import Role, Syntax, Token

CLOSERS = ".,;:!?…\"'”’)]"
OPENERS = "\"'“‘(["
_BLANK = re.compile("([ \t]+)")


class Writer:
    """Writes words as the source wrote them, and new words as the format wants them."""

    def __init__(self, tokens: Sequence[Token], syntax: Syntax) -> None:
        self._tokens = tokens
        self._escape = syntax.escape
        self._words: dict[str, list[str]] = defaultdict(list)
        self._chars: dict[str, str] = {}
        letters: list[tuple[str, str]] = []  # of a word: as they are read and written
        for token in [*tokens, Token(Role.BREAK, "")]:
            if token.role is not Role.TEXT or token.value == " ":
                self._learn(letters)
                letters = []
            elif token.raw != token.value:
                if len(token.value) == 1:
                    self._chars.setdefault(token.value, token.raw)
                letters.append((token.value, token.raw))
            else:
                first, *rest = re.split("[ \t]", token.value)
                letters += zip(first, first, strict=True)
                for word in rest:
                    self._learn(letters)
                    letters = list(zip(word, word, strict=True))

    def _learn(self, letters: list[tuple[str, str]]) -> None:
        """How a word is written; punctuation that is written as it is read is no part of it."""
        while letters and letters[-1][0] == letters[-1][1] in CLOSERS:
            letters.pop()
        while letters and letters[0][0] == letters[0][1] in OPENERS:
            letters.pop(0)
        if letters:
            word, raw = ("".join(side) for side in zip(*letters, strict=True))
            self._words[word].append(raw)

    def all(
        self,
        text: str,
        atoms: Iterable[tuple[int, int, str]],
        marks: Iterable[tuple[int, int]],
        breaks: dict[int, str],
    ) -> str:
        """The text with everything put in its place."""
        pieces = [(a, b, raw, -1) for a, b, raw in atoms]
        pieces += [(p, p, self._tokens[i].raw, n) for n, (p, i) in enumerate(marks)]
        pieces += [(p, p + 1, raw, -1) for p, raw in breaks.items()]
        # At one place: closings and notes, then openings, as they are ordered, then the atom.
        pieces.sort(key=lambda p: (p[0], p[1], p[3]))
        words = {word: list(raws) for word, raws in self._words.items()}
        out, done = [], 0
        for start, end, raw, _ in pieces:
            out += self._encoded(text[done:start], words), raw
            done = end
        return "".join(out) + self._encoded(text[done:], words)

    def _encoded(self, text: str, words: dict[str, list[str]]) -> str:
        return "".join(
            part if not part.strip(" \t") else self._word(part, words)
            for part in _BLANK.split(text)
        )

    def _word(self, word: str, words: dict[str, list[str]]) -> str:
        raws = words.get(word)
        if raws:
            return raws.pop(0) if len(raws) > 1 else raws[0]
        core = word.strip(OPENERS + CLOSERS)
        if core and core != word and core in words:  # markup may stand for no letters at all
            before, _, after = word.partition(core)
            return self._new(before) + self._word(core, words) + self._new(after)
        return self._new(word)

    def _new(self, word: str) -> str:
        out, plain = [], ""
        for char in word:
            if char in self._chars:
                out += self._escape(plain), self._chars[char]
                plain = ""
            else:
                plain += char
        return "".join(out) + self._escape(plain)
