"""Sequence-level distillation: fitting a student to the teacher's paraphrases.

Several devices or machines: `torchrun --nproc-per-node N -m distill train --config FILE`. On a
CPU, preload jemalloc (`LD_PRELOAD=libjemalloc.so.2`): batches change their shape at every step,
and handing memory back to the system in between costs more than it saves. Leave its decay times
finite, or the process grows without bound.
"""

from .sequence_level import run
from .settings import TrainConfig as Config

__all__ = ["Config", "run"]
