"""The student directory: what `distill` writes and `convert` reads, safetensors and JSON only."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from paraphraser_tui.errors import InputError, ModelError, OutputError

from ..controls import THRESHOLDS
from ..records import UNSTATED, atomic_writer
from .tokenizers import SPM_FILE, HouseTokenizer, HubTokenizer, StudentTokenizer

STUDENT_FILE = "student.json"
CONFIG_FILE = "config.json"
WEIGHTS_FILE = "model.safetensors"
ADAPTER_DIR = "adapter"
Dtype = Literal["float32", "float16"]
PICKLES = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt")


@dataclass(frozen=True)
class Student:
    """A model with its tokeniser and what has to be known about them.

    architecture: "bart" or "t5". base: the model that it started from.
    licence: of the weights it started from.
    """

    name: str
    architecture: str
    model: Any
    tokenizer: StudentTokenizer
    base: str
    licence: str
    source_prefix: str = ""

    def facts(self) -> dict[str, Any]:
        """The part of `student.json` that does not depend on the training."""
        bos = self.tokenizer.bos
        return {
            "name": self.name,
            "architecture": self.architecture,
            "role": "paraphraser",
            "parameters": sum(p.numel() for p in self.model.parameters()),
            "initialised_from": self.base,
            "licence": self.licence,
            "source_prefix": self.source_prefix,
            "source_format": "codes prefix pieces </s>" if bos is None else "<s> codes pieces </s>",
            "controls": {code: list(bounds) for code, bounds in THRESHOLDS.items()},
            "special": {
                "pad": self.tokenizer.pad,
                "bos": bos,
                "eos": self.tokenizer.eos,
                "decoder_start": self.model.config.decoder_start_token_id,
            },
        }


def save(student: Student, directory: Path, extra: dict[str, Any], dtype: Dtype) -> None:
    """Write a student directory atomically, in place of one that is there.

    extra: further keys of `student.json`, such as `training` and `max_source_tokens`.
    """
    from safetensors.torch import save_file

    with _replacing(directory) as folder:
        student.model.config.save_pretrained(folder)
        _set_dtype(folder / CONFIG_FILE, dtype)
        student.model.generation_config.save_pretrained(folder)
        student.tokenizer.save(folder)
        save_file(weights(student.model, dtype), folder / WEIGHTS_FILE, metadata={"format": "pt"})
        facts = json.dumps({**student.facts(), **extra}, indent=1, ensure_ascii=False)
        (folder / STUDENT_FILE).write_text(facts + "\n", encoding="utf-8")


def load(directory: Path, dropout: float = 0.0) -> Student:
    """A student from its directory, in float32. Raises ModelError."""
    facts = read_facts(directory)
    refuse_pickles(directory)
    architecture = facts.get("architecture")
    prefix = facts.get("source_prefix", "")
    if (directory / SPM_FILE).exists():
        tokenizer: StudentTokenizer = HouseTokenizer(directory / SPM_FILE)
    else:
        tokenizer = HubTokenizer(load_tokenizer(directory), architecture == "bart", prefix)
    return Student(
        name=facts.get("name", directory.name),
        architecture=architecture,
        model=load_model(directory, dropout=dropout),
        tokenizer=tokenizer,
        base=facts.get("initialised_from", UNSTATED),
        licence=facts.get("licence", UNSTATED),
        source_prefix=prefix,
    )


def read_facts(directory: Path) -> dict[str, Any]:
    """`student.json`; raises InputError."""
    path = Path(directory) / STUDENT_FILE
    try:
        facts = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: no student directory: {error}") from None
    if not isinstance(facts, dict) or facts.get("architecture") not in ("bart", "t5"):
        raise InputError(f"{path}: architecture is neither 'bart' nor 't5'")
    return facts


def update_facts(directory: Path, extra: dict[str, Any]) -> None:
    """Replace keys of `student.json`, atomically."""
    facts = json.dumps({**read_facts(directory), **extra}, indent=1, ensure_ascii=False)
    with atomic_writer(directory / STUDENT_FILE) as stream:
        stream.write(facts.encode() + b"\n")


def refuse_pickles(directory: Path) -> None:
    """Raise ModelError if a directory holds weights in a format that can run code."""
    found = sorted(p.name for p in Path(directory).glob("*") if p.suffix in PICKLES)
    if found:
        raise ModelError(f"{directory}: {found[0]} is a pickle; only safetensors are read")


def load_model(source: Path | str, revision: str | None = None, dropout: float = 0.0) -> Any:
    """A sequence-to-sequence model from a directory or the Hub: float32, no code of it."""
    from transformers import AutoConfig, AutoModelForSeq2SeqLM

    local = isinstance(source, Path)
    quiet()
    try:
        common = {"local_files_only": local, "trust_remote_code": False, "revision": revision}
        config = AutoConfig.from_pretrained(source, **common)
        for name in ("dropout", "dropout_rate", "attention_dropout", "activation_dropout"):
            if hasattr(config, name):
                setattr(config, name, dropout)
        return AutoModelForSeq2SeqLM.from_pretrained(
            source, config=config, use_safetensors=True, dtype="float32", **common
        )
    except (OSError, ValueError) as error:
        raise ModelError(f"{source}: {_first_line(error)}") from None


def load_tokenizer(source: Path | str, revision: str | None = None) -> Any:
    """A fast tokeniser from a directory or the Hub, without running code of it."""
    from transformers import AutoTokenizer

    try:
        return AutoTokenizer.from_pretrained(
            source,
            local_files_only=isinstance(source, Path),
            trust_remote_code=False,
            revision=revision,
        )
    except (OSError, ValueError) as error:
        raise ModelError(f"{source}: no tokeniser: {_first_line(error)}") from None


def weights(model: Any, dtype: Dtype) -> dict[str, Any]:
    """The state of a model for safetensors: cast, contiguous, tied tensors once."""
    import torch

    kind = getattr(torch, dtype)
    seen: set[int] = set()
    state = {}
    for name, tensor in model.state_dict().items():
        if tensor.data_ptr() not in seen:
            seen.add(tensor.data_ptr())
            state[name] = tensor.detach().to("cpu", kind).contiguous()
    return state


def quiet() -> None:
    """Silence transformers' bars and its advice to tie what is meant to be untied."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()


@contextmanager
def _replacing(directory: Path) -> Iterator[Path]:
    """A new folder that takes the place of `directory` once it is complete."""
    part = directory.with_name(f".{directory.name}.part")
    old = directory.with_name(f".{directory.name}.old")
    try:
        for leftover in (part, old):
            shutil.rmtree(leftover, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        if directory.exists():
            directory.replace(old)
        part.replace(directory)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"{directory}: cannot be written: {error.strerror or error}") from None


def _set_dtype(path: Path, dtype: Dtype) -> None:
    config = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**config, "dtype": dtype}, indent=2) + "\n", encoding="utf-8")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
