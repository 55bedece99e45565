"""Models that write: a student directory through transformers, a package through the engine."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from paraphraser_tui.text.typography import plain

from ..controls import NEUTRAL
from ..students import directory
from .settings import Decoding, Search

MANIFEST_FILE = "manifest.json"
# What is longer than this is a loop, not a paraphrase.
LENGTH_FACTOR, LENGTH_MARGIN = 1.5, 8


class Writer(Protocol):
    """A teacher: what it is called, and `count` texts for each text under its control codes.

    The same call with the same seed gives the same texts.
    """

    name: str

    def fits(self, text: str) -> bool:
        """Whether the teacher can read all of a text."""
        ...

    def write(
        self, texts: Sequence[str], codes: Sequence[Sequence[str]], count: int, seed: int
    ) -> list[list[str]]: ...


def open_writer(path: Path, decoding: Decoding, max_source_tokens: int) -> Writer:
    """The teacher in a folder. Raises ModelError or InputError."""
    if (path / MANIFEST_FILE).exists():
        return PackageWriter(path, decoding, max_source_tokens)
    return StudentWriter(path, decoding, max_source_tokens)


def generate(model: Any, source: Any, pad: int, decoding: Decoding, count: int = 1) -> Any:
    """Ids written for a padded batch of sources: [rows * count, length], the start mark first.

    Without gradient and, whatever the model's mode, without dropout.
    """
    import torch

    longest = int(source.shape[1] * LENGTH_FACTOR) + LENGTH_MARGIN
    training = model.training
    model.eval()
    try:
        with torch.no_grad():
            return model.generate(
                input_ids=source,
                attention_mask=(source != pad).long(),
                num_return_sequences=count,
                max_new_tokens=min(decoding.max_new_tokens, longest),
                **_arguments(decoding, count),
            )
    finally:
        model.train(training)


class StudentWriter:
    """A student directory; on a GPU if there is one."""

    def __init__(self, path: Path, decoding: Decoding, max_source_tokens: int):
        import torch

        student = directory.load(path)
        self.name = student.name
        self._decoding, self._most = decoding, max_source_tokens
        self._tokenizer = student.tokenizer
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = student.model.eval().to(self._device)

    def fits(self, text: str) -> bool:
        return len(self._tokenizer.encode_sources([plain(text)], [NEUTRAL])[0]) <= self._most

    def write(
        self, texts: Sequence[str], codes: Sequence[Sequence[str]], count: int, seed: int
    ) -> list[list[str]]:
        import torch

        rows = self._tokenizer.encode_sources([plain(text) for text in texts], codes)
        width, pad = max(map(len, rows)), self._tokenizer.pad
        source = torch.tensor([row + [pad] * (width - len(row)) for row in rows])
        torch.manual_seed(seed)
        made = generate(self._model, source.to(self._device), pad, self._decoding, count)
        said = [" ".join(self._tokenizer.decode(ids).split()) for ids in made.tolist()]
        return [said[start : start + count] for start in range(0, len(said), count)]


class PackageWriter:
    """The bare decoder of a model package, without the engine's guards and choice."""

    def __init__(self, path: Path, decoding: Decoding, max_source_tokens: int):
        from paraphraser_tui.engine.background import Background
        from paraphraser_tui.engine.paraphraser import available_threads
        from paraphraser_tui.engine.tokens import load_tokenizer
        from paraphraser_tui.engine.translator import Translator
        from paraphraser_tui.models import store
        from paraphraser_tui.models.manifest import Role

        package = store.find(str(path), Role.PARAPHRASER)
        tokenizer = Background(lambda: load_tokenizer(package.path, package.manifest.tokenizer))
        self.name = package.manifest.name
        self._decoding = decoding
        self._translator = Translator(
            package.path, tokenizer, package.manifest, available_threads()
        )
        self._most = min(self._translator.framer.max_text_tokens, max_source_tokens)

    def fits(self, text: str) -> bool:
        return self._translator.framer.length(plain(text)) <= self._most

    def write(
        self, texts: Sequence[str], codes: Sequence[Sequence[str]], count: int, seed: int
    ) -> list[list[str]]:
        from paraphraser_tui.engine.options import MAX_SEED
        from paraphraser_tui.engine.translator import Decoding as Arguments

        drawn = self._decoding.how is Search.SAMPLE
        arguments = Arguments(num_hypotheses=count)
        if drawn:
            arguments = replace(
                arguments,
                sampling_topk=self._decoding.top_k,
                sampling_topp=self._decoding.top_p,
                sampling_temperature=self._decoding.temperature,
            )
        else:
            arguments = replace(arguments, beam_size=max(self._decoding.beams, count))
        # A sampler of its own for each batch: only a new one begins at the seed.
        write = self._translator.sampler(seed % MAX_SEED) if drawn else self._translator.generate
        found = write([plain(text) for text in texts], [tuple(row) for row in codes], arguments)()
        return [[" ".join(said.split()) for said in row] for row in found]


def _arguments(decoding: Decoding, count: int) -> dict[str, Any]:
    if decoding.how is Search.BEAM:
        return {"do_sample": False, "num_beams": max(decoding.beams, count)}
    return {
        "do_sample": True,
        "num_beams": 1,
        "temperature": decoding.temperature,
        "top_p": decoding.top_p,
        "top_k": decoding.top_k,
    }
