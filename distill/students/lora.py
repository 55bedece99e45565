"""LoRA (arXiv 2106.09685) through peft; the control codes' embedding rows train beside it."""

from dataclasses import dataclass
from typing import Any

from paraphraser_tui.errors import OptionError

from .directory import Student

# Tables that input and output share: an adapter on them does not survive merging.
TIED = ("lm_head", "shared", "embed_tokens")
ALL_LINEAR = "all-linear"


@dataclass(frozen=True)
class Lora:
    """Low-rank adaptation: rank, alpha (scale = alpha / rank), dropout, and which layers.

    targets: names of linear layers as the model has them ("q", "v" in T5; "q_proj", "v_proj" in
    BART), or "all-linear" alone for all but the output layer.
    """

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05
    targets: tuple[str, ...] = (ALL_LINEAR,)

    def __post_init__(self) -> None:
        if self.rank < 1 or self.alpha < 1 or not 0 <= self.dropout < 1:
            raise OptionError("rank and alpha must be at least 1, dropout in [0, 1)")
        if not self.targets or (ALL_LINEAR in self.targets and len(self.targets) > 1):
            raise OptionError("targets are names of layers, or 'all-linear' alone")
        for target in self.targets:
            if target.rsplit(".", 1)[-1] in TIED:
                raise OptionError(f"LoRA on {target!r} is refused: tied embeddings do not merge")


def add_adapter(student: Student, lora: Lora) -> Any:
    """The peft model around a student's model; only adapter and control-code rows are trainable.

    The codes are new to a Hub student, so their rows must be learnt although the embeddings are
    frozen otherwise: peft trains just these rows and merges them like the rest.
    """
    from peft import LoraConfig, TaskType, get_peft_model

    targets: Any = ALL_LINEAR if ALL_LINEAR in lora.targets else list(lora.targets)
    config = LoraConfig(
        task_type=TaskType.SEQ_2_SEQ_LM,
        r=lora.rank,
        lora_alpha=lora.alpha,
        lora_dropout=lora.dropout,
        target_modules=targets,
        trainable_token_indices=sorted(student.tokenizer.control_ids.values()),
    )
    try:
        return get_peft_model(student.model, config)
    except ValueError as error:
        raise OptionError(f"LoRA: {str(error).splitlines()[0]}") from None
