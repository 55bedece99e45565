"""The stage `merge`: adapter and base become one student, proven to compute the same."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from paraphraser_tui.errors import InputError, ModelError

from ..stage import STUDENT_DIR
from . import directory
from .directory import ADAPTER_DIR, Dtype, Student

# Largest difference of a logit between the model that was trained and the merged one, reloaded.
TOLERANCE = 1e-3
PROBE_ROWS, PROBE_TOKENS = 8, 24
OWN_KEYS = ("max_source_tokens", "training", "measured")


@dataclass(frozen=True)
class Config:
    """dtype: of the weights written; float16 halves the size and is rounded after the proof."""

    dtype: Dtype = "float16"


def run(config: Config, inputs: Path | None, out_dir: Path) -> dict[str, int]:
    """Merge the student directory `inputs` into `out_dir`; a full model passes through.

    Raises ModelError if the merged and reloaded model's logits differ by more than TOLERANCE.
    """
    import torch

    if inputs is None:
        raise InputError("merge: no student directory given")
    facts = directory.read_facts(inputs)
    extra = {key: facts[key] for key in OWN_KEYS if key in facts}
    student = directory.load(inputs)
    target = out_dir / STUDENT_DIR
    adapted = (inputs / ADAPTER_DIR).exists()
    trained = _with_adapter(student, inputs / ADAPTER_DIR) if adapted else student.model
    probe = probe_batch(student)
    with torch.no_grad():
        wanted = logits(trained, probe)
        if adapted:
            student = replace(student, model=trained.merge_and_unload(safe_merge=True))
        directory.save(student, target, extra, "float32")
        verify(wanted, logits(directory.load(target).model, probe))
        if config.dtype != "float32":
            directory.save(student, target, extra, config.dtype)
    return {"adapters": int(adapted), "parameters": student.facts()["parameters"]}


def probe_batch(student: Student) -> tuple[Any, Any]:
    """Token ids all over the vocabulary, codes included: [rows, tokens] for both sides."""
    import torch

    generator = torch.Generator().manual_seed(0)
    shape = (2, PROBE_ROWS, PROBE_TOKENS)
    ids = torch.randint(0, student.tokenizer.size, shape, generator=generator)
    codes = torch.tensor(sorted(student.tokenizer.control_ids.values()))
    ids[0, :, 0] = codes[torch.arange(PROBE_ROWS) % len(codes)]
    return ids[0], ids[1]


def logits(model: Any, probe: tuple[Any, Any]) -> Any:
    """A model's logits, [rows, tokens, vocabulary], without dropout."""
    source, target = probe
    return model.eval()(input_ids=source, decoder_input_ids=target).logits


def verify(wanted: Any, got: Any) -> None:
    """Raise ModelError unless two models' logits agree within TOLERANCE."""
    gap = (wanted - got).abs().max().item() if wanted.shape == got.shape else float("inf")
    if not gap <= TOLERANCE:
        raise ModelError(f"merged logits differ by {gap:.2g} from the trained model's")


def _with_adapter(student: Student, folder: Path) -> Any:
    from peft import PeftModel

    directory.refuse_pickles(folder)
    try:
        return PeftModel.from_pretrained(student.model, folder, local_files_only=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(f"{folder}: {str(error).splitlines()[0]}") from None
