"""Text to token strings and back, framed as a package's manifest says."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from ..errors import ModelError
from ..models.manifest import Control, Manifest, TokenizerFile, TokenizerKind

Codes = tuple[str, ...]  # control tokens, one per family
KNOWN_WORDS = 50_000  # remembered
_WORD_STARTS = ("▁", "Ġ")  # of SentencePiece and of byte-level BPE


class Tokenizer(Protocol):
    """What the engine needs of a tokenizer."""

    def encode(self, text: str) -> list[str]:
        """Token strings, with no special tokens added."""

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of token strings."""


class SentencePieceTokenizer:
    """A `.model` file of SentencePiece."""

    def __init__(self, path: Path) -> None:
        import sentencepiece

        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(path))

    def encode(self, text: str) -> list[str]:
        return self._processor.encode(text, out_type=str)

    def decode(self, tokens: Sequence[str]) -> str:
        return self._processor.decode_pieces(list(tokens))


class JsonTokenizer:
    """A `tokenizer.json` of the tokenizers library."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer as Library

        self._library = Library.from_file(str(path))
        self._library.no_padding()
        self._library.no_truncation()

    def encode(self, text: str) -> list[str]:
        return self._library.encode(text, add_special_tokens=False).tokens

    def decode(self, tokens: Sequence[str]) -> str:
        ids = (self._library.token_to_id(token) for token in tokens)
        return self._library.decode([i for i in ids if i is not None])


def load_tokenizer(package: Path, file: TokenizerFile) -> Tokenizer:
    """The tokenizer of a verified package; ModelError if its library cannot read it."""
    kinds = {
        TokenizerKind.SENTENCEPIECE: SentencePieceTokenizer,
        TokenizerKind.TOKENIZERS: JsonTokenizer,
    }
    try:
        return kinds[file.kind](package / file.file)
    except Exception as error:  # both libraries raise what their native code raises
        raise ModelError(f"{package / file.file} cannot be read: {error}") from None


class Framer:
    """Turns sentences into model input and model output into sentences."""

    def __init__(self, manifest: Manifest, tokenizer: Tokenizer) -> None:
        self._template = manifest.template
        self._tokenizer = tokenizer
        self.end = manifest.template.end
        self.suppress = manifest.template.suppress
        self.target_prefix = manifest.template.target_prefix
        self._codes = {c.token(i) for c in manifest.controls for i in range(c.levels)}
        self.neutral = neutral_codes(manifest.controls)
        self._is_piece = lru_cache(KNOWN_WORDS)(lambda w: len(tokenizer.encode(w)) == 1)
        frame = len(self.source("", self.neutral))
        self.max_text_tokens = manifest.max_source_tokens - frame

    def source(self, text: str, codes: Codes) -> list[str]:
        """Input tokens: frame, control codes, text."""
        t = self._template
        return [*t.before, *codes, *self._tokenizer.encode(t.prefix + text), *t.after]

    def target(self, text: str) -> list[str]:
        """Output tokens that a model would have emitted for this text, without the end token."""
        return [*self.target_prefix, *self._tokenizer.encode(text)]

    def text(self, tokens: Sequence[str]) -> str:
        """The text of output tokens, blanks trimmed."""
        special = {*self.target_prefix, self.end}
        return self._tokenizer.decode([t for t in tokens if t not in special]).strip()

    def length(self, text: str) -> int:
        """Tokens of the text alone, to compare with `max_text_tokens`."""
        return len(self._tokenizer.encode(text))

    def word_starts(self, text: str) -> list[bool]:
        """For each token of `target(text)` and the end token, whether a word begins there."""
        tokens = [*self.target(text), self.end]
        return [t.startswith(_WORD_STARTS) or t == self.end for t in tokens]

    def is_faithful(self, text: str) -> bool:
        """Whether the tokenizer can say this text at all.

        False if decoding what was encoded gives another text (blanks aside), or if
        the text contains a control code, which would take over the dial.
        """
        tokens = self._tokenizer.encode(text)
        same = self._tokenizer.decode(tokens).split() == text.split()
        return same and self._codes.isdisjoint(tokens)

    def is_word(self, word: str) -> bool:
        """Whether a word is common enough to be one piece of the vocabulary."""
        return self._is_piece(word)


def neutral_codes(controls: Sequence[Control]) -> Codes:
    """The middle level of every family."""
    return tuple(c.token(c.levels // 2) for c in controls)
