"""Students that write candidates: an int8 package through CTranslate2, or a student directory.

Both give the same candidates for the same unit of work and seed, whatever ran before.
"""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Protocol

from distill.controls import NEUTRAL
from distill.stage import sha256
from paraphraser_tui.engine.background import Background
from paraphraser_tui.engine.prepare import Prepared, Sentence, prepare
from paraphraser_tui.engine.tokens import Codes, Framer, load_tokenizer
from paraphraser_tui.engine.translator import Decoding, Translator
from paraphraser_tui.errors import ModelError
from paraphraser_tui.models import store
from paraphraser_tui.models.manifest import MANIFEST_NAME, Role
from paraphraser_tui.text import protect, typography

from .options import Student

# Drawn once so that the worker takes its seed while no other seed can come between.
_WARM_UP = Decoding(sampling_topk=2)
# What a model's config calls the number of its positions, if it has any.
POSITIONS = "max_position_embeddings"
# Of the longest source: what is longer is a loop.
LENGTH_FACTOR = 2


class Writer(Protocol):
    """What self-distillation needs of a student; `digest` is a hash of the model."""

    name: str
    digest: str

    def ready(self, text: str) -> Prepared | None:
        """The sentence as the student reads it, or None if it cannot take it."""

    def write(self, texts: Sequence[str], codes: Sequence[Codes], seed: int) -> list[list[str]]:
        """Candidates for each text under its codes, each once."""


def open_writer(config: Student, codes: Sequence[Codes]) -> Writer:
    """The writer that the settings name; ModelError if it does not know the codes."""
    path = config.path
    if path is not None and not (path / MANIFEST_NAME).exists():
        return DirectoryWriter(config, path)
    return PackageWriter(config, config.model if path is None else str(path), codes)


class PackageWriter:
    """An int8 package. Each unit of work opens the model anew, which takes 30 ms.

    CTranslate2 seeds a worker when it first draws, so only a new one draws the same again.
    """

    def __init__(self, config: Student, model: str, codes: Sequence[Codes]):
        self._package = store.find(model, Role.PARAPHRASER)
        manifest = self._package.manifest
        known = {c.token(level) for c in manifest.controls for level in range(c.levels)}
        if unknown := {code for setting in codes for code in setting} - known:
            raise ModelError(f"{model}: does not know the code {min(unknown)}")
        self.name = manifest.name
        self.digest = sha256(self._package.path / MANIFEST_NAME)
        self._tokenizer = load_tokenizer(self._package.path, manifest.tokenizer)
        self._framer = Framer(manifest, self._tokenizer)
        self._decodings = _decodings(config)
        self._seeding = Lock()

    def ready(self, text: str) -> Prepared | None:
        found = prepare(Sentence(text), (), self._framer)
        return found if isinstance(found, Prepared) else None

    def write(self, texts: Sequence[str], codes: Sequence[Codes], seed: int) -> list[list[str]]:
        if not texts:
            return []
        pools: list[dict[str, None]] = [{} for _ in texts]
        with closing(self._opened(seed)) as translator:
            for decoding in self._decodings:
                for pool, found in zip(
                    pools, translator.generate(texts, codes, decoding)(), strict=True
                ):
                    pool.update(dict.fromkeys(found))
        return [list(pool) for pool in pools]

    def _opened(self, seed: int) -> Translator:
        import ctranslate2

        tokenizer = Background(lambda: self._tokenizer)
        with self._seeding:
            ctranslate2.set_random_seed(seed)
            translator = Translator(self._package.path, tokenizer, self._package.manifest, 1)
            translator.generate(["a"], [self._framer.neutral], _WARM_UP)()
        return translator


class DirectoryWriter:
    """A student as it was trained, in torch; on a GPU if there is one."""

    def __init__(self, config: Student, path: Path):
        import torch

        from distill.evaluate.student import MAX_SOURCE_TOKENS
        from distill.students import directory

        self._torch, self._lock = torch, Lock()
        student = directory.load(path)
        self.name, self.digest = student.name, sha256(path)
        self._tokenizer = student.tokenizer
        limit = directory.read_facts(path).get("max_source_tokens") or MAX_SOURCE_TOKENS
        self._longest = min(limit, getattr(student.model.config, POSITIONS, limit))
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = student.model.eval().to(self._device)
        self._decodings = _decodings(config)

    def ready(self, text: str) -> Prepared | None:
        plain = typography.same_length(text)
        masked = protect.mask(plain, protect.spans(plain), page=text)
        if masked is None:
            return None
        row = self._tokenizer.encode_sources([masked.text], [NEUTRAL])[0]
        return Prepared(text, masked) if len(row) <= self._longest else None

    def write(self, texts: Sequence[str], codes: Sequence[Codes], seed: int) -> list[list[str]]:
        if not texts:
            return []
        pools: list[dict[str, None]] = [{} for _ in texts]
        rows = self._tokenizer.encode_sources(texts, codes)
        with self._lock:
            self._torch.manual_seed(seed)
            for decoding in self._decodings:
                found = self._generate(rows, decoding)
                for i, ids in enumerate(found):
                    said = self._tokenizer.decode(ids).strip()
                    pools[i // decoding.num_hypotheses][said] = None
        return [list(pool) for pool in pools]

    def _generate(self, rows: list[list[int]], decoding: Decoding) -> list[list[int]]:
        torch, width, pad = self._torch, max(map(len, rows)), self._tokenizer.pad
        ids = torch.tensor([row + [pad] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        if decoding.beam_size > 1:
            how = {"num_beams": decoding.beam_size, "do_sample": False}
        else:
            how = {
                "do_sample": True,
                "num_beams": 1,
                "top_k": decoding.sampling_topk,
                "top_p": decoding.sampling_topp,
                "temperature": decoding.sampling_temperature,
            }
        with torch.inference_mode():
            found = self._model.generate(
                input_ids=ids.to(self._device),
                attention_mask=mask.to(self._device),
                num_return_sequences=decoding.num_hypotheses,
                max_new_tokens=min(LENGTH_FACTOR * width, self._longest - 1),
                **how,
            )
        return found.tolist()


def _decodings(config: Student) -> list[Decoding]:
    found = []
    if config.beams:
        found.append(Decoding(beam_size=config.beams, num_hypotheses=config.beams))
    if config.samples:
        found.append(
            Decoding(
                num_hypotheses=config.samples,
                sampling_topk=config.top_k,
                sampling_topp=config.top_p,
                sampling_temperature=config.temperature,
            )
        )
    return found
