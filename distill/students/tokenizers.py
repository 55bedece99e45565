"""Text to token ids and back for both kinds of student, control codes and end mark included."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from paraphraser_tui.errors import ModelError

from ..controls import TOKENS

SPM_FILE = "spm.model"
TOKENIZER_FILE = "tokenizer.json"
_BLANKS = "▁Ġ"  # what SentencePiece and byte-level BPE write for one


class StudentTokenizer(ABC):
    """What training and generation need to know of a student's vocabulary.

    A source is `[bos] codes pieces eos`, a target `[bos] pieces eos`; only some Hub
    students have a bos. `size` counts the ids, so it bounds the embedding's rows from below.
    """

    size: int
    pad: int
    eos: int
    bos: int | None
    control_ids: dict[str, int]

    @abstractmethod
    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text, without any special token."""

    @abstractmethod
    def piece(self, number: int) -> str:
        """The piece with this id as the vocabulary spells it."""

    def word_beginnings(self) -> frozenset[int]:
        """The ids of pieces that begin a word behind a blank."""
        return frozenset(
            number
            for number in range(self.size)
            if (piece := self.piece(number))[:1] in _BLANKS and any(map(str.isalpha, piece[1:]))
        )

    @abstractmethod
    def decode(self, ids: Sequence[int]) -> str:
        """The text of ids; special tokens and control codes are left out."""

    @abstractmethod
    def save(self, directory: Path) -> None:
        """Write the tokeniser's files into a student directory."""

    def encode_sources(
        self, texts: Sequence[str], controls: Sequence[Sequence[str]]
    ) -> list[list[int]]:
        """The encoder's input ids of each text under its control codes."""
        start = [] if self.bos is None else [self.bos]
        return [
            [*start, *(self.control_ids[code] for code in codes), *pieces, self.eos]
            for codes, pieces in zip(controls, self.pieces(texts), strict=True)
        ]

    def encode_targets(self, texts: Sequence[str]) -> list[list[int]]:
        """The label ids of each text."""
        start = [] if self.bos is None else [self.bos]
        return [[*start, *pieces, self.eos] for pieces in self.pieces(texts)]


class HouseTokenizer(StudentTokenizer):
    """SentencePiece with byte fallback; the control codes are user-defined symbols of it."""

    bos = None

    def __init__(self, path: Path):
        from sentencepiece import SentencePieceProcessor

        try:
            self.serialized = Path(path).read_bytes()
            self.processor = SentencePieceProcessor(model_proto=self.serialized)
        except (OSError, RuntimeError) as error:
            raise ModelError(f"{path}: not a SentencePiece model: {error}") from None
        self.size = self.processor.vocab_size()
        self.pad, self.eos = self.processor.pad_id(), self.processor.eos_id()
        self.control_ids = {code: self.processor.piece_to_id(code) for code in TOKENS}
        missing = [c for c, i in self.control_ids.items() if i == self.processor.unk_id()]
        if missing or self.pad < 0 or self.eos < 0:
            what = ", ".join(missing) or "<pad> or </s>"
            raise ModelError(f"{path}: the vocabulary lacks {what}")

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return self.processor.encode(list(texts))

    def piece(self, number: int) -> str:
        return self.processor.id_to_piece(number)

    def decode(self, ids: Sequence[int]) -> str:
        special = {self.pad, self.eos, *self.control_ids.values()}
        return self.processor.decode([int(i) for i in ids if i not in special])

    def save(self, directory: Path) -> None:
        (directory / SPM_FILE).write_bytes(self.serialized)


class HubTokenizer(StudentTokenizer):
    """A tokeniser of transformers to which the control codes are added as whole tokens."""

    def __init__(self, tokenizer: Any, has_bos: bool, source_prefix: str = ""):
        from transformers import AddedToken

        tokenizer.add_tokens([AddedToken(code, special=True, normalized=False) for code in TOKENS])
        self.tokenizer = tokenizer
        self.source_prefix = source_prefix
        self.size = len(tokenizer)
        self.pad, self.eos = tokenizer.pad_token_id, tokenizer.eos_token_id
        self.bos = tokenizer.bos_token_id if has_bos else None
        self.control_ids = {code: tokenizer.convert_tokens_to_ids(code) for code in TOKENS}

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        if not texts:
            return []
        return self.tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]

    def piece(self, number: int) -> str:
        return self.tokenizer.convert_ids_to_tokens(number)

    def encode_sources(
        self, texts: Sequence[str], controls: Sequence[Sequence[str]]
    ) -> list[list[int]]:
        return super().encode_sources([self.source_prefix + text for text in texts], controls)

    def decode(self, ids: Sequence[int]) -> str:
        return self.tokenizer.decode([int(i) for i in ids], skip_special_tokens=True)

    def save(self, directory: Path) -> None:
        self.tokenizer.save_pretrained(directory)
