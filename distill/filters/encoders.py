"""Sentence encoders for the semantic filter, behind one small protocol."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from paraphraser_tui.models.manifest import MANIFEST_NAME
from paraphraser_tui.models.store import DEFAULT_ENCODER


class SentenceEncoder(Protocol):
    """Turns n texts into an array [n, d] float32 with rows of unit length."""

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


def load_encoder(model: str, threads: int = 0) -> SentenceEncoder:
    """The int8 encoder of run time (bundled, or a package), or any encoder of transformers.

    threads: for int8; 0 leaves the number to CTranslate2. Raises ModelError.
    """
    if model == DEFAULT_ENCODER or (Path(model) / MANIFEST_NAME).exists():
        return PackagedEncoder(model, threads)
    from distill.evaluate.encoder import TransformersEncoder

    return TransformersEncoder(model)


class PackagedEncoder:
    """The encoder that measures meaning at run time, so that both mean the same number."""

    def __init__(self, model: str, threads: int):
        from paraphraser_tui.engine.meaning import MeaningEncoder
        from paraphraser_tui.models.manifest import Role
        from paraphraser_tui.models.store import find

        package = find(model, Role.ENCODER)
        self._encoder = MeaningEncoder(package.path, package.manifest, threads)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """[n, d] float32, rows of unit length."""
        return self._encoder.embed(texts)
