"""Owns the CTranslate2 models: threads, batches, seeds, and what is done with their answers."""

import math
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..errors import ModelError
from ..models.manifest import Manifest
from .background import Background
from .options import MAX_SEED
from .tokens import Codes, Framer

Answer = Callable[[], list[list[str]]]
Generate = Callable[[Sequence[str], Sequence[Codes], "Decoding"], Answer]

# Rows of similar length that are worked on together: at most so many, and so many tokens in
# all; more costs memory and gains little.
BATCH_ROWS, BATCH_TOKENS = 8, 300
SCORE_ROWS, SCORE_TOKENS = 4, 400
# A paraphrase longer than this is a loop, not a paraphrase.
LENGTH_FACTOR, LENGTH_MARGIN = 1.5, 8


@dataclass(frozen=True)
class Decoding:
    """Arguments of `translate_batch`, under CTranslate2's own names."""

    beam_size: int = 1
    num_hypotheses: int = 1
    return_alternatives: bool = False
    sampling_topk: int = 1
    sampling_topp: float = 1.0
    sampling_temperature: float = 1.0
    length_penalty: float = 1.0
    patience: float = 1.0
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0


class Translator:
    """An opened paraphrase model.

    Each worker has one thread: that is 40 % faster for batches than one worker
    with several, and a single sentence is decoded as several rows anyway.
    """

    def __init__(self, package: Path, tokenizer: Background, manifest: Manifest, threads: int):
        """Loads the model while `tokenizer` loads the tokenizer. Raises ModelError."""
        self._package = package
        self._threads = threads
        self._max_target = manifest.max_target_tokens
        self._shortlist = manifest.has_shortlist
        self._model = _open(package, inter_threads=threads)
        self._framer = Framer(manifest, tokenizer.result())

    @property
    def framer(self) -> Framer:
        """What turns sentences into this model's input, and its output into sentences."""
        return self._framer

    @property
    def compute_type(self) -> str:
        """What the model is computed in, as CTranslate2 chose it, such as int8_float32."""
        return self._model.compute_type

    def generate(self, texts: Sequence[str], codes: Sequence[Codes], decoding: Decoding) -> Answer:
        """Candidates for every text under its codes, best first; unfinished ones are left out.

        The work starts at once; calling the answer waits for it.
        """
        rows = [self._framer.source(t, c) for t, c in zip(texts, codes, strict=True)]

        def submit(batch: list[list[str]]) -> list[Any]:
            return self._model.translate_batch(
                batch, asynchronous=True, **self._arguments(batch, decoding)
            )

        # A single sentence's few rows still keep all workers busy.
        most = min(BATCH_ROWS, max(1, math.ceil(len(rows) / self._threads)))
        futures = _in_batches(rows, submit, most, BATCH_TOKENS, len)
        return lambda: [self._finished(future.result()) for future in futures]

    def sampler(self, seed: int | None) -> Generate:
        """A function like `generate` that draws at random, the same for the same seed.

        CTranslate2 seeds a worker when it is created and samples depend on what
        shares a batch: hence a model of its own, one worker, one row a call.
        """
        import ctranslate2

        # The seed is the whole process': without one of ours an earlier one would go on.
        ctranslate2.set_random_seed(secrets.randbelow(MAX_SEED) if seed is None else seed)
        model = _open(self._package, inter_threads=1, intra_threads=self._threads)

        def sample(texts: Sequence[str], codes: Sequence[Codes], decoding: Decoding) -> Answer:
            out = []
            for text, code in zip(texts, codes, strict=True):
                row = [self._framer.source(text, code)]
                out += model.translate_batch(row, **self._arguments(row, decoding))
            return lambda: [self._finished(result) for result in out]

        return sample

    def continued(
        self, text: str, codes: Codes, beginning: str, decoding: Decoding, bias: float = 0.0
    ) -> list[str]:
        """Candidates for one text that begin with the given words, whole, best first.

        With a bias between 0 and 1 (`prefix_bias_beta`) the words are only preferred.
        """
        row = [self._framer.source(text, codes)]
        arguments = self._arguments(row, decoding) | {
            "target_prefix": [self._framer.target(beginning)],
            "prefix_bias_beta": bias,
            "use_vmap": False,  # one row, and whoever asks wants to see what else there is
        }
        return self._finished(self._model.translate_batch(row, **arguments)[0])

    def score(
        self, sources: Sequence[str], targets: Sequence[str], codes: Codes
    ) -> list[list[float]]:
        """Log-probabilities (nats) of the tokens of each target, end token included."""
        pairs = [
            (self._framer.source(s, codes), self._framer.target(t))
            for s, t in zip(sources, targets, strict=True)
        ]

        def submit(batch: list[tuple[list[str], list[str]]]) -> list[Any]:
            ours, theirs = zip(*batch, strict=True)
            return self._model.score_batch(list(ours), list(theirs), asynchronous=True)

        futures = _in_batches(
            pairs, submit, SCORE_ROWS, SCORE_TOKENS, lambda pair: len(pair[0]) + len(pair[1])
        )
        return [future.result().log_probs for future in futures]

    def close(self) -> None:
        """Free the model's memory; the translator is of no use afterwards."""
        self._model.unload_model()

    def _arguments(self, batch: list[list[str]], decoding: Decoding) -> dict[str, Any]:
        longest = int(max(map(len, batch)) * LENGTH_FACTOR) + LENGTH_MARGIN
        arguments = asdict(decoding) | {
            "max_decoding_length": min(longest, self._max_target),
            "max_input_length": 0,  # the length was checked before: never cut in silence
            "return_end_token": True,
            "disable_unk": True,
            "use_vmap": self._shortlist,
            "suppress_sequences": [[t] for t in self._framer.suppress] or None,
        }
        prefix = self._framer.target_prefix
        if prefix:
            arguments["target_prefix"] = [list(prefix)] * len(batch)
        return arguments

    def _finished(self, result: Any) -> list[str]:
        end = self._framer.end
        return [self._framer.text(h) for h in result.hypotheses if h and h[-1] == end]


def _in_batches(
    rows: Sequence[Any],
    submit: Callable[[list[Any]], list[Any]],
    most: int,
    tokens: int,
    length: Callable[[Any], int],
) -> list[Any]:
    """Submit rows in batches of similar length, longest first; futures come in the rows' order.

    A batch has at most `most` rows and, unless it is a single row, `tokens` tokens.
    """
    order = sorted(range(len(rows)), key=lambda i: length(rows[i]), reverse=True)
    futures: list[Any] = [None] * len(rows)
    start = 0
    while start < len(order):
        size = min(most, max(1, tokens // length(rows[order[start]])))
        chosen = order[start : start + size]
        for i, future in zip(chosen, submit([rows[i] for i in chosen]), strict=True):
            futures[i] = future
        start += size
    return futures


def _open(package: Path, **threads: int) -> Any:
    import ctranslate2

    try:
        return ctranslate2.Translator(
            str(package), device="cpu", compute_type="default", **({"intra_threads": 1} | threads)
        )
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"{package} cannot be loaded: {error}") from None
