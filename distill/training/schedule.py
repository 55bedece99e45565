"""The optimiser, how far a run has got by steps or wall time, and the learning rate there."""

import math
from dataclasses import dataclass
from typing import Any

from .settings import OptimizerConfig


@dataclass(frozen=True)
class Limits:
    """Where a run ends: after so many steps or seconds, whichever is reached first."""

    steps: int | None = None
    seconds: float | None = None

    def fraction(self, step: int, seconds: float) -> float:
        """The share of the run that is done, 0 to 1."""
        by_steps = step / self.steps if self.steps else 0.0
        by_time = seconds / self.seconds if self.seconds else 0.0
        return min(1.0, max(by_steps, by_time))


def learning_rate(config: OptimizerConfig, step: int, fraction: float) -> float:
    """Linear warm-up by steps, then half a cosine over the run (arXiv 1608.03983) to a floor."""
    warm = min(1.0, (step + 1) / max(1, config.warmup_steps))
    cosine = 0.5 * (1 + math.cos(math.pi * fraction))
    return config.learning_rate * warm * (config.floor + (1 - config.floor) * cosine)


def build_optimizer(parameters: list[Any], config: OptimizerConfig) -> Any:
    """Fused AdamW (arXiv 1711.05101); vectors (biases and norms) are not decayed."""
    import torch

    groups = [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": config.weight_decay},
        {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(
        [group for group in groups if group["params"]],
        lr=config.learning_rate,
        betas=config.betas,
        fused=True,
    )
