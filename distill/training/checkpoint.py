"""What a run needs to be taken up again, and whether it is still the same run."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from paraphraser_tui.errors import OptionError

from ..stage import plain, sha256
from .data import TrainingData
from .settings import TrainConfig

CHECKPOINT_FILE = "checkpoint.pt"
BEST_FILE = "best.pt"
# What may differ when a run is taken up again; the first three decide where it ends.
LIMITS = {"epochs", "max_steps", "max_hours"}
CHANGEABLE = LIMITS | {"patience", "save_minutes", "log_steps", "threads", "compile", "dtype"}


@dataclass
class Progress:
    """Where a run stands.

    batch: micro-batches done in this epoch. tokens: target tokens so far. best: lowest held-out
    loss; stale: evaluations since then. stopped: the end was reached.
    """

    step: int = 0
    epoch: int = 0
    batch: int = 0
    tokens: int = 0
    seconds: float = 0.0
    best: float = math.inf
    stale: int = 0
    stopped: bool = False


def identity(config: TrainConfig, data: TrainingData) -> dict[str, Any]:
    """What makes two sittings the same run: settings, pairs, and the model at the start."""
    start = config.student.start
    made_of = {
        **plain(config),
        "pairs": data.digest(),
        "start": sha256(start) if start is not None else None,
    }
    if config.objective is not None and config.objective.teacher is not None:
        made_of["teacher"] = sha256(config.objective.teacher)
    return made_of


def save(value: Any, path: Path) -> None:
    """torch.save, atomically."""
    part = path.with_name(f".{path.name}.part")
    torch.save(value, part)
    part.replace(path)


def load(path: Path) -> Any:
    """torch.load on the CPU, tensors and plain values only."""
    return torch.load(path, map_location="cpu", weights_only=True)


def resume(path: Path, ours: dict[str, Any]) -> tuple[Progress, dict[str, Any]] | None:
    """The progress and the whole checkpoint of an earlier sitting, or None if there is none.

    Raises OptionError if it was another run. With other limits a finished run goes on.
    """
    if not path.exists():
        return None
    checkpoint = load(path)
    theirs = checkpoint["identity"]
    changed = {key for key in ours if theirs.get(key) != ours[key]}
    if changed - CHANGEABLE:
        key = min(changed - CHANGEABLE)
        raise OptionError(f"{path}: from a run with another {key!r}; remove it or change `out`")
    progress = Progress(**checkpoint["progress"])
    if changed & LIMITS:
        progress.stopped = False
    return progress, checkpoint
