"""Read a student directory: what it is, checked before anything heavy is imported."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from paraphraser_tui.errors import InputError
from paraphraser_tui.models.manifest import (
    Control,
    Role,
    Template,
    TokenizerFile,
    TokenizerKind,
)

WEIGHTS = "model.safetensors"
CONFIG_FILE, GENERATION_FILE = "config.json", "generation_config.json"
STUDENT_FILE = "student.json"
SENTENCEPIECE_FILE, JSON_TOKENIZER_FILE = "spm.model", "tokenizer.json"
# Formats that run code when they are opened.
PICKLES = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt")
# T5 has no position table; this is the length it was trained on.
T5_POSITIONS = 512
T5_SENTINELS = 100


class Architecture(StrEnum):
    """The model families that can be converted."""

    BART = "bart"
    T5 = "t5"
    BERT = "bert"


@dataclass(frozen=True)
class Student:
    """A directory of weights with all that its package will say of it."""

    path: Path
    architecture: Architecture
    tokenizer: TokenizerFile
    template: Template
    controls: tuple[Control, ...]
    positions: int
    licence: str
    training: dict[str, Any] = field(default_factory=dict)

    @property
    def role(self) -> Role:
        """BERT models are sentence encoders here; the others paraphrase."""
        encoder = self.architecture is Architecture.BERT
        return Role.ENCODER if encoder else Role.PARAPHRASER


def read_student(path: Path) -> Student:
    """What a student directory holds.

    Raises InputError if a file is missing, the architecture is unknown, or weights
    come as pickles, which run code when loaded.
    """
    if not path.is_dir():
        raise InputError(f"{path} is not a directory")
    pickles = sorted(f.name for f in path.iterdir() if f.suffix.lower() in PICKLES)
    if pickles:
        raise InputError(f"{path} holds {pickles[0]}; remove it: only safetensors are loaded")
    if not (path / WEIGHTS).is_file():
        raise InputError(f"{path} has no {WEIGHTS}")
    config = read_json(path / CONFIG_FILE)
    architecture = architecture_of(path)
    told = read_told(path)
    tokenizer = _tokenizer(path)
    controls = tuple(Control(n, tuple(t)) for n, t in told.get("controls", {}).items())
    positions = config.get("max_position_embeddings") or T5_POSITIONS
    return Student(
        path=path,
        architecture=architecture,
        tokenizer=tokenizer,
        template=_template(path, architecture, tokenizer, config, told, controls),
        controls=controls,
        positions=min(positions, told.get("max_source_tokens", positions)),
        licence=told.get("licence", "not stated"),
        training={k: v for k, v in told.items() if k not in ("controls", "licence")},
    )


def architecture_of(path: Path) -> Architecture:
    """The family that a student's configuration names; InputError if it is none of ours."""
    kind = read_json(path / CONFIG_FILE).get("model_type")
    try:
        return Architecture(kind)
    except ValueError:
        raise InputError(
            f"{path} is a {kind!r} model; known are {', '.join(Architecture)}"
        ) from None


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file; InputError if there is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is not valid JSON") from None
    if not isinstance(data, dict):
        raise InputError(f"{path} does not hold a JSON object")
    return data


def read_told(student: Path) -> dict[str, Any]:
    """What `student.json` says, if it is there; InputError if that has another form."""
    path = student / STUDENT_FILE
    told = read_json(path) if path.is_file() else {}
    controls = told.get("controls", {})
    kinds = {"controls": dict, "max_source_tokens": int, "licence": str, "source_prefix": str}
    right = all(isinstance(told[key], kind) for key, kind in kinds.items() if key in told)
    right = right and all(
        isinstance(steps, list) and all(isinstance(step, int | float) for step in steps)
        for steps in controls.values()
    )
    if not right:
        raise InputError(f"{path} is not a description of a student: see {', '.join(kinds)}")
    return told


def _tokenizer(path: Path) -> TokenizerFile:
    if (path / SENTENCEPIECE_FILE).is_file():
        return TokenizerFile(TokenizerKind.SENTENCEPIECE, SENTENCEPIECE_FILE)
    if (path / JSON_TOKENIZER_FILE).is_file():
        return TokenizerFile(TokenizerKind.TOKENIZERS, JSON_TOKENIZER_FILE)
    raise InputError(f"{path} has neither {SENTENCEPIECE_FILE} nor {JSON_TOKENIZER_FILE}")


def _template(
    path: Path,
    architecture: Architecture,
    tokenizer: TokenizerFile,
    config: dict[str, Any],
    told: dict[str, Any],
    controls: tuple[Control, ...],
) -> Template:
    """How CTranslate2 input must be framed: it adds no special tokens by itself."""
    if architecture is Architecture.BERT:
        return Template(before=("[CLS]",), after=("[SEP]",), end="[SEP]")
    codes = tuple(c.token(i) for c in controls for i in range(c.levels))
    prefix = told.get("source_prefix", "")
    if architecture is Architecture.T5:
        sentinels = tuple(f"<extra_id_{i}>" for i in range(T5_SENTINELS))
        return Template(prefix, (), ("</s>",), (), ("<pad>", *sentinels, *codes))
    if tokenizer.kind is TokenizerKind.SENTENCEPIECE:
        return Template(prefix, (), ("</s>",), (), ("<pad>", *codes))
    # CTranslate2 does not honour BART's forced first token, so it is given as a prefix.
    generation = path / GENERATION_FILE
    forced = config | (read_json(generation) if generation.is_file() else {})
    target = ("<s>",) if forced.get("forced_bos_token_id") is not None else ()
    return Template(prefix, ("<s>",), ("</s>",), target, ("<pad>", "<mask>", *codes))
