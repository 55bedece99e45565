"""Text encoders for the metrics of meaning: sentence vectors and contextual token vectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from paraphraser_tui.errors import ModelError

from ..students.house import minilm_directory

# What stands for the installed package with all-MiniLM-L6-v2 inside.
MINILM, MINILM_NAME = "minilm", "all-MiniLM-L6-v2"
BATCH_TEXTS = 32
# Longer texts are cut; test items are sentences.
MAX_TOKENS = 256
# Token vectors kept in memory; at 384 float32 dimensions some 600 MB.
KEPT_TOKENS = 400_000
# Texts whose token vectors are held at a time while sentence vectors are made.
CHUNK_TEXTS = 512


@dataclass(frozen=True)
class Tokens:
    """One encoded text. ids: [t] int; vectors: [t, d] float32; special: [t] bool (`</s>` ...)."""

    ids: np.ndarray
    vectors: np.ndarray
    special: np.ndarray


class Encoder(Protocol):
    """Turns texts into vectors; a sentence vector is the mean over the tokens, at unit length."""

    name: str

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """[n, d] float32, rows of unit length."""
        ...

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Contextual vectors per token, as the model gives them (any length)."""
        ...


class TransformersEncoder:
    """A BERT-like encoder from a directory or a Hub name, in float32, on a GPU if there is one.

    model: a directory, a Hub name, or "minilm" for the installed MiniLM package.
    layer: which hidden layer gives the token vectors; -1 is the last.
    """

    def __init__(self, model: str = MINILM, layer: int = -1):
        import torch
        import transformers

        place = minilm_directory() if model == MINILM else model
        name = MINILM_NAME if model == MINILM else Path(model).name
        self.name = name if layer == -1 else f"{name}, layer {layer}"
        self._layer = layer
        self._torch = torch
        try:
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(place)
            self._model = transformers.AutoModel.from_pretrained(
                place, use_safetensors=True, dtype=torch.float32
            )
        except (OSError, ValueError) as error:
            reason = str(error).strip().splitlines()[0]
            raise ModelError(f"{model}: cannot be loaded as an encoder: {reason}") from None
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model.eval().to(self._device)
        layers = self._model.config.num_hidden_layers
        if not -layers <= layer <= layers:
            raise ModelError(f"{model}: has no layer {layer}, only {layers}")

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        means = [pool(found) for found in self.tokens(texts)]
        return np.stack(means) if means else np.empty((0, self._model.config.hidden_size))

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        found: list[Tokens | None] = [None] * len(texts)
        # Texts of like length together, so that little is spent on padding.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH_TEXTS):
            batch = order[start : start + BATCH_TEXTS]
            for i, one in zip(batch, self._batch([texts[i] for i in batch]), strict=True):
                found[i] = one
        return found

    def _batch(self, texts: list[str]) -> list[Tokens]:
        inputs = self._tokenizer(
            texts,
            padding=True,
            truncation=True,
            max_length=MAX_TOKENS,
            return_tensors="pt",
            return_special_tokens_mask=True,
        )
        special = inputs.pop("special_tokens_mask").bool().numpy()
        with self._torch.inference_mode():
            found = self._model(**inputs.to(self._device), output_hidden_states=True)
        vectors, ids = (
            found.hidden_states[self._layer].cpu().numpy(),
            inputs["input_ids"].cpu().numpy(),
        )
        mask = inputs["attention_mask"].bool().cpu().numpy()
        return [
            Tokens(ids[i][mask[i]], vectors[i][mask[i]], special[i][mask[i]])
            for i in range(len(texts))
        ]


class Memo:
    """An encoder that remembers: every system is measured against the same sources.

    What comes first stays until `KEPT_TOKENS` are held; ask for sources and references first.
    """

    def __init__(self, encoder: Encoder):
        self.name = encoder.name
        self._encoder = encoder
        self._vectors: dict[str, np.ndarray] = {}
        self._tokens: dict[str, Tokens] = {}
        self._kept = 0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        # By way of the tokens: most will be asked for too, and one pass serves both.
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        for start in range(0, len(new), CHUNK_TEXTS):
            chunk = new[start : start + CHUNK_TEXTS]
            self._vectors.update(zip(chunk, map(pool, self.tokens(chunk)), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        new = [text for text in dict.fromkeys(texts) if text not in self._tokens]
        found = dict(zip(new, self._encoder.tokens(new), strict=True))
        answer = [self._tokens.get(text) or found[text] for text in texts]
        for text, one in found.items():
            if self._kept + len(one.ids) <= KEPT_TOKENS:
                self._tokens[text] = one
                self._kept += len(one.ids)
        return answer


def pool(tokens: Tokens) -> np.ndarray:
    """The sentence vector: mean over all tokens, special ones too, at unit length."""
    mean = tokens.vectors.mean(axis=0)
    return mean / np.linalg.norm(mean)


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Row by row, for rows of unit length: [n, d], [n, d] -> [n] in -1..1."""
    return np.einsum("nd,nd->n", a, b)
