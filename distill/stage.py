"""What every stage shares: how it is named, skipped when done, and recorded in `run.json`.

A stage is a module (or package) that has

    Config                                           a frozen dataclass, read by `distill.config`
    run(config, inputs, out_dir) -> dict[str, int]   does the work, returns counts

`inputs` is the output of the stage before it, or None. A stage writes only below `out_dir`, and
takes up by itself what a killed run left there. Other files that it reads are fields of type
`Path` (or tuples of them) in its Config: their contents are hashed into `run.json`.
"""

import hashlib
import importlib
import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import Any

from paraphraser_tui.errors import InputError

from .records import atomic_writer

RUN_FILE = "run.json"
TIMING_FILE = "timing.json"
SOURCES_FILE = "sources.jsonl.xz"
PAIRS_FILE = "pairs.jsonl.xz"
STUDENT_DIR = "student"
REPORT_FILE = "report.json"

# The libraries whose version can change a result.
LIBRARIES = (
    "accelerate", "ctranslate2", "datasets", "numpy", "openai", "peft", "sacrebleu",
    "safetensors", "sentencepiece", "tokenizers", "torch", "transformers",
)  # fmt: skip
BLOCK_BYTES = 1 << 20


@dataclass(frozen=True)
class Stage:
    """A stage by name: the module that does it and what it leaves for the next one."""

    name: str
    module: str
    output: str

    @property
    def config_class(self) -> type:
        return self._load().Config

    @property
    def run(self) -> Callable[[Any, Path | None, Path], dict[str, int]]:
        return self._load().run

    def _load(self) -> Any:
        # Not before it is asked for: some stages import torch or need extra libraries.
        return importlib.import_module(self.module)


STAGES = (
    Stage("sources", "distill.sources", SOURCES_FILE),
    Stage("generate", "distill.teacher", PAIRS_FILE),
    Stage("impossible", "distill.impossible", PAIRS_FILE),
    Stage("filter", "distill.filters", PAIRS_FILE),
    Stage("pseudo", "distill.pseudo", PAIRS_FILE),
    Stage("train", "distill.training", STUDENT_DIR),
    Stage("merge", "distill.students.merge", STUDENT_DIR),
    Stage("evaluate", "distill.evaluate", REPORT_FILE),
)


def execute(stage: Stage, config: Any, inputs: Path | None, out_dir: Path) -> dict[str, int]:
    """Run a stage, or return its counts if it has finished with this config and these inputs."""
    if inputs is not None and not inputs.exists():
        raise InputError(f"{inputs}: nothing here for the stage {stage.name!r} to read")
    identity = _identity(config, inputs)
    before = _read_run(out_dir)
    if before.get("finished") and all(before.get(key) == identity[key] for key in identity):
        return before["counts"]
    _write_run(out_dir, {**identity, "finished": False})
    started = time.monotonic()
    counts = stage.run(config, inputs, out_dir)
    finish(out_dir, config, counts, inputs, seconds=time.monotonic() - started)
    return counts


def finish(
    out_dir: Path,
    config: Any,
    counts: dict[str, int],
    inputs: Path | None = None,
    seconds: float | None = None,
) -> None:
    """Write `run.json` (the same for equal runs) and `timing.json` (not the same)."""
    run = {
        **_identity(config, inputs),
        "versions": versions(),
        "counts": dict(counts),
        "finished": True,
    }
    _write_run(out_dir, run)
    timing = {"finished_at": datetime.now(UTC).isoformat(timespec="seconds")}
    if seconds is not None:
        timing["seconds"] = round(seconds, 1)
    _write_json(out_dir / TIMING_FILE, timing)


def is_main_process() -> bool:
    """Whether this is the one process that writes, also under torchrun."""
    return os.environ.get("RANK", "0") == "0"


def versions() -> dict[str, str]:
    """Versions of Python and of the installed libraries that matter to a result."""
    found = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            continue
    return found


def sha256(path: Path) -> str:
    """The digest of a file, or of all files of a directory with their names.

    `run.json` and `timing.json` of a directory are left out: they tell how, not what.
    """
    digest = hashlib.sha256()
    try:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file()):
                if file.name not in (RUN_FILE, TIMING_FILE):
                    digest.update(f"{file.relative_to(path).as_posix()} {sha256(file)}\n".encode())
        else:
            with path.open("rb") as stream:
                while block := stream.read(BLOCK_BYTES):
                    digest.update(block)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    return digest.hexdigest()


def plain(value: Any) -> Any:
    """A config as JSON values: tables, lists, texts and numbers."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.as_posix() if isinstance(value, Path) else value


def _identity(config: Any, inputs: Path | None) -> dict[str, Any]:
    """What decides whether two runs of a stage are the same run."""
    read = {path.as_posix(): sha256(path) for path in sorted(set(_paths(config)))}
    if inputs is not None:
        # By its name alone: the same run elsewhere is the same run.
        read[inputs.name] = sha256(inputs)
    return {"config": plain(config), "inputs": read}


def _paths(value: Any) -> Iterator[Path]:
    if isinstance(value, Path):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _paths(getattr(value, field.name))
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _paths(item)


def _read_run(out_dir: Path) -> dict[str, Any]:
    try:
        run = json.loads((out_dir / RUN_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return run if isinstance(run, dict) else {}


def _write_run(out_dir: Path, run: dict[str, Any]) -> None:
    _write_json(out_dir / RUN_FILE, run)


def _write_json(path: Path, value: Any) -> None:
    if not is_main_process():
        return
    with atomic_writer(path) as stream:
        stream.write(json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n")
