"""How close two sentences are in meaning: cosine of their int8 MiniLM embeddings."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import ModelError
from ..models.manifest import Manifest, TokenizerFile
from .background import Background
from .tokens import Tokenizer, load_tokenizer

BATCH_TEXTS = 32


class MeaningEncoder:
    """A sentence encoder: mean of the last hidden states, normalised to length 1."""

    def __init__(self, package: Path, manifest: Manifest, threads: int) -> None:
        """Starts to load in the background: there is a pool to be made before anyone asks."""
        self._frame = manifest.template
        self._limit = manifest.max_source_tokens - len(self._frame.before) - len(self._frame.after)
        self._loading = Background(lambda: _open(package, manifest.tokenizer, threads))

    def embed(self, texts: Sequence[str]) -> Any:
        """Unit vectors of the texts, a float32 array of shape [len(texts), size].

        A text beyond the encoder's window is judged by its beginning.
        """
        import numpy

        tokenizer, model = self._loading.result()
        rows = [
            [*self._frame.before, *tokenizer.encode(t)[: self._limit], *self._frame.after]
            for t in texts
        ]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        out = [None] * len(rows)
        for start in range(0, len(order), BATCH_TEXTS):
            chosen = order[start : start + BATCH_TEXTS]
            output = model.forward_batch([rows[i] for i in chosen])
            states = numpy.array(output.last_hidden_state)
            for i, state in zip(chosen, states, strict=True):
                mean = state[: len(rows[i])].mean(axis=0)
                out[i] = mean / numpy.linalg.norm(mean)
        return numpy.stack(out) if out else numpy.zeros((0, 0), dtype=numpy.float32)

    def close(self) -> None:
        """Free the model's memory."""
        self._loading.result()[1].unload_model()


def _open(package: Path, tokenizer: TokenizerFile, threads: int) -> tuple[Tokenizer, Any]:
    import ctranslate2
    import numpy  # noqa: F401  (loaded here, where nobody waits for it)

    try:
        model = ctranslate2.Encoder(
            str(package), device="cpu", inter_threads=1, intra_threads=threads
        )
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"{package} cannot be loaded: {error}") from None
    return load_tokenizer(package, tokenizer), model
