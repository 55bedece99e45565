"""A student directory as it was trained, decoded in batches by transformers."""

from collections.abc import Sequence
from pathlib import Path

from paraphraser_tui.errors import OptionError

from ..controls import LEXICAL, NEUTRAL, token
from ..students import directory
from .config import Decoding

# Sources are cut to this where the student does not say how much it reads.
MAX_SOURCE_TOKENS = 256


def codes(lexical: int | None) -> tuple[str, ...]:
    """Control codes at a level of lexical change, otherwise neutral. Raises OptionError."""
    if lexical is None:
        return NEUTRAL
    if not 0 <= lexical <= len(LEXICAL):
        raise OptionError(f"dial {lexical}: levels of lexical change are 0 to {len(LEXICAL)}")
    return (token("lex", lexical), *NEUTRAL[1:])


class TorchStudent:
    """A loaded student; on a GPU if there is one. Raises ModelError or InputError."""

    def __init__(self, path: Path, decoding: Decoding):
        import torch

        self._torch = torch
        self._decoding = decoding
        limit = directory.read_facts(path).get("max_source_tokens")
        self._max_source = limit or MAX_SOURCE_TOKENS
        student = directory.load(path)
        self._tokenizer = student.tokenizer
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = student.model.eval().to(self._device)

    def paraphrase(self, texts: Sequence[str], controls: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The best variants of each text under these codes, by beam search; deterministic."""
        rows = self._tokenizer.encode_sources(texts, [controls] * len(texts))
        found = self._generate([self._cut(row) for row in rows])
        said = [self._tokenizer.decode(ids).strip() for ids in found]
        size = self._decoding.variants
        return [tuple(said[i : i + size]) for i in range(0, len(said), size)]

    def _cut(self, row: list[int]) -> list[int]:
        return row if len(row) <= self._max_source else [*row[: self._max_source - 1], row[-1]]

    def _generate(self, rows: list[list[int]]) -> list[list[int]]:
        torch, width, pad = self._torch, max(map(len, rows)), self._tokenizer.pad
        ids = torch.tensor([row + [pad] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        with torch.inference_mode():
            found = self._model.generate(
                input_ids=ids.to(self._device),
                attention_mask=mask.to(self._device),
                num_beams=self._decoding.beams,
                num_return_sequences=self._decoding.variants,
                max_new_tokens=self._decoding.max_new_tokens,
                do_sample=False,
            )
        return found.tolist()
