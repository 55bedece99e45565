"""The stage `train`: sequence-level knowledge distillation (arXiv 1606.07947).

The student learns the teacher's texts with cross-entropy, or with an objective of
`distill.pseudo`. What is left is a student directory;
with LoRA it holds the starting model and an `adapter/`, which the stage `merge` joins.
"""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..pseudo.settings import Kind
from ..stage import STUDENT_DIR, is_main_process, plain, versions
from ..students import directory
from .settings import TrainConfig

ADAPTER_CONFIG = "adapter_config.json"

if TYPE_CHECKING:
    from ..pseudo.alignment import Aligner
    from ..students.tokenizers import StudentTokenizer
    from .data import TrainingData


def run(config: TrainConfig, inputs: Path | None, out_dir: Path) -> dict[str, int]:
    """Train a student on the pairs of `inputs` and of `config.data`; returns counts.

    A run that was killed goes on from its last checkpoint in `out_dir`.
    """
    from ..students.lora import add_adapter
    from ..students.prune import keep_decoder_layers
    from ..students.registry import prepare
    from .checkpoint import Progress
    from .data import load_data
    from .loop import Trainer

    student = prepare(config.student, config.seed)
    if config.keep_decoder_layers is not None:
        student = keep_decoder_layers(student, config.keep_decoder_layers)
    data = load_data(config.data, inputs, student.tokenizer, _aligner(config, student.tokenizer))
    target = out_dir / STUDENT_DIR

    def facts(progress: Progress) -> dict[str, Any]:
        return {
            "max_source_tokens": config.data.max_source_tokens,
            "training": summary(config, data, progress),
        }

    if config.lora is None:
        model = student.model

        def export(progress: Progress) -> None:
            directory.save(student, target, facts(progress), config.dtype)

    else:
        if is_main_process():
            directory.save(student, target, facts(Progress()), "float32")
        model = add_adapter(student, config.lora)

        def export(progress: Progress) -> None:
            _save_adapter(model, target / directory.ADAPTER_DIR)
            directory.update_facts(target, facts(progress))

    trainer = Trainer(model, student.tokenizer, data, config, out_dir, export)
    progress = trainer.fit()
    if is_main_process():
        export(progress)
    return {**data.counts, "steps": progress.step, "target_tokens": progress.tokens}


def summary(config: TrainConfig, data: "TrainingData", progress: Any) -> dict[str, Any]:
    """What `student.json` says about the training: data with licences, length, seed, versions."""
    return {
        "objective": _objective(config),
        "steps": progress.step,
        "epochs": progress.epoch,
        "target_tokens": progress.tokens,
        "held_out_loss": round(progress.best, 4) if progress.step else None,
        "rows": data.counts,
        "sets": data.sets,
        "licences": data.licences,
        "seed": config.seed,
        "optimizer": plain(config.optimizer),
        "batch_tokens": config.batch_tokens,
        "label_smoothing": config.label_smoothing,
        "unlikelihood": config.data.unlikelihood,
        "start_share": config.start_share,
        "lora": plain(config.lora),
        "versions": versions(),
    }


def _objective(config: TrainConfig) -> Any:
    if config.objective is None:
        return "sequence-level distillation"
    return {**plain(config.objective), "teacher": _name(config.objective.teacher)}


def _name(teacher: Path | None) -> str | None:
    # What it is called, not where this machine keeps it.
    return directory.read_facts(teacher).get("name") if teacher else None


def _aligner(config: TrainConfig, tokenizer: "StudentTokenizer") -> "Aligner | None":
    if config.objective is None or config.objective.kind is not Kind.TOP_K:
        return None
    from ..pseudo.alignment import Aligner

    return Aligner(tokenizer, config.objective.k, config.objective.least_aligned)


def _save_adapter(model: Any, folder: Path) -> None:
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    model.save_pretrained(part)
    (part / "README.md").unlink(missing_ok=True)  # an unfilled form
    settings = json.loads((part / ADAPTER_CONFIG).read_text("utf-8"))
    # peft writes a set, in another order each time, and where this machine keeps the base.
    settings["target_modules"] = sorted(settings["target_modules"])
    settings["base_model_name_or_path"] = None
    (part / ADAPTER_CONFIG).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
