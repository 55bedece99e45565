"""The typed `manifest.json` of a model package: all that the engine must know to run a model."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from ..errors import ModelError

MANIFEST_NAME = "manifest.json"
SHORTLIST_NAME = "vmap.txt"  # a vocabulary map, by the name that CTranslate2 gives it
SCHEMA = 1


class Role(StrEnum):
    """What a package is for."""

    PARAPHRASER = "paraphraser"
    ENCODER = "encoder"


class TokenizerKind(StrEnum):
    """The library that reads the tokenizer file."""

    SENTENCEPIECE = "sentencepiece"
    TOKENIZERS = "tokenizers"


@dataclass(frozen=True)
class TokenizerFile:
    """Which file holds the tokenizer, and how to read it."""

    kind: TokenizerKind
    file: str


@dataclass(frozen=True)
class Control:
    """A family of control codes, such as lex with thresholds (0.12, 0.28, 0.42, 0.58).

    A value below the first threshold is level 0; there is one level more than thresholds.
    """

    name: str
    thresholds: tuple[float, ...]

    @property
    def levels(self) -> int:
        """Number of levels, at least 1."""
        return len(self.thresholds) + 1

    def token(self, level: int) -> str:
        """The vocabulary token that asks for a level, 0 <= level < levels."""
        return f"<{self.name}{level}>"


@dataclass(frozen=True)
class Template:
    """How token sequences are framed: CTranslate2 adds none of this by itself.

    A source is `before` + control codes + pieces of `prefix` + text + `after`;
    a target starts with `target_prefix`. `suppress` lists tokens never to emit.
    """

    prefix: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    target_prefix: tuple[str, ...] = ()
    suppress: tuple[str, ...] = ()
    end: str = "</s>"


@dataclass(frozen=True)
class Parity:
    """How far the package is from the float32 model that it came from.

    A paraphraser has `logprob_difference` (mean absolute difference of per-token
    log-probabilities, nats) and `top1_agreement` (share of equal most probable
    tokens), and with a shortlist `shortlist_coverage` (share of the tokens said without one
    that are on it); an encoder has `similarity_difference` (mean absolute difference of
    cosines between sentence pairs) and `cosine` (mean cosine between the two
    embeddings of one sentence).
    """

    sentences: int
    logprob_difference: float | None = None
    top1_agreement: float | None = None
    similarity_difference: float | None = None
    cosine: float | None = None
    shortlist_coverage: float | None = None


@dataclass(frozen=True)
class PackagedFile:
    """One file of a package: plain name, size in bytes, SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Everything a package says of itself."""

    name: str
    role: Role
    architecture: str
    quantization: str
    licence: str
    tokenizer: TokenizerFile
    max_source_tokens: int
    max_target_tokens: int
    files: tuple[PackagedFile, ...]
    controls: tuple[Control, ...] = ()
    template: Template = Template()
    parity: Parity | None = None
    training: Mapping[str, Any] = field(default_factory=dict)  # summary copied from student.json
    schema: int = SCHEMA

    @property
    def has_shortlist(self) -> bool:
        """Whether the package says which words can come up in answer to which."""
        return any(file.name == SHORTLIST_NAME for file in self.files)

    def to_json(self) -> str:
        """The text of `manifest.json`."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"


def read_manifest(package: Path) -> Manifest:
    """The manifest of a package directory.

    Raises ModelError, and nothing else, if it is missing or does not hold what it must.
    """
    path = package / MANIFEST_NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"no model package at {package}: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise ModelError(f"{path} is not valid JSON") from None
    if isinstance(data, dict) and data.get("schema", SCHEMA) != SCHEMA:
        raise ModelError(f"{path} has schema {data['schema']}; this program reads {SCHEMA}")
    try:
        manifest = _build(Manifest, data)
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise ModelError(f"{path} is not a model manifest: {error}") from None
    for file in manifest.files:
        if file.name in {"", ".", "..", MANIFEST_NAME} or set(file.name) & set("/\\:\0"):
            raise ModelError(f"{path} lists {file.name!r}, which is not a plain file name")
    tokenizer = manifest.tokenizer.file
    if tokenizer not in {file.name for file in manifest.files}:
        raise ModelError(f"{path} has {tokenizer!r} as tokenizer and does not list it")
    return manifest


def _build(kind: Any, value: Any) -> Any:
    """Turn parsed JSON into `kind`; TypeError, ValueError or KeyError if it does not fit."""
    if isinstance(kind, UnionType):
        if value is None:
            return None
        kind = next(k for k in get_args(kind) if k is not type(None))
    origin = get_origin(kind)
    if origin is tuple:
        return tuple(_build(get_args(kind)[0], v) for v in _typed(list, value))
    if origin is Mapping:
        return _typed(dict, value)
    if issubclass(kind, StrEnum):
        return kind(value)
    if kind is float:
        return float(_typed((int, float), value))
    if kind in (int, str):
        return _typed(kind, value)
    hints = get_type_hints(kind)
    unknown = _typed(dict, value).keys() - hints.keys()
    if unknown:
        raise KeyError(f"unknown key {min(unknown)}")
    return kind(**{name: _build(hints[name], v) for name, v in value.items()})


def _typed(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{value!r:.40} is not what belongs there")
    return value
