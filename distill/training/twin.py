"""Training in bfloat16 on a CPU: a twin of the student computes, the student keeps its weights."""

from copy import deepcopy
from typing import Any

import torch


class Twin:
    """A bfloat16 copy of a module that takes its forward and backward passes.

    The module itself stays in float32 and is what the optimiser moves (mixed precision,
    arXiv 1710.03740). Autocast does the same, but converts every activation to and fro, which
    on a CPU costs more than the arithmetic.
    """

    def __init__(self, module: torch.nn.Module):
        self.module: Any = deepcopy(module).to(torch.bfloat16)
        copies, originals = self.module.parameters(), module.parameters()
        pairs = [(c, o) for c, o in zip(copies, originals, strict=True) if o.requires_grad]
        self._copies, self._originals = [c for c, _ in pairs], [o for _, o in pairs]

    def hand_over_gradients(self) -> None:
        """Move the twin's gradients to the module's parameters."""
        for copy, original in zip(self._copies, self._originals, strict=True):
            original.grad = None if copy.grad is None else copy.grad.float()
            copy.grad = None

    def refresh(self) -> None:
        """Take the module's weights."""
        with torch.no_grad():
            torch._foreach_copy_(self._copies, self._originals)
