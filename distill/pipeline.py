"""A configuration file as a plan of stages, run one by one or in a chain that ends in a package."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from paraphraser_tui.errors import ModelError, OptionError

from .config import from_table, read_toml
from .stage import STAGES, STUDENT_DIR, Stage, execute

NAMES = tuple(stage.name for stage in STAGES)
CONVERT = "convert"
PACKAGE_DIR = "package"


@dataclass(frozen=True)
class ConvertConfig:
    """How the student becomes a model package, by the separate program `convert`."""

    quantization: Literal["int8", "int8_float32", "float32"] = "int8"


@dataclass(frozen=True)
class Plan:
    """A configuration file: where the stages write, and a table for each stage that is used."""

    out: Path
    sources: Mapping[str, Any] | None = None
    generate: Mapping[str, Any] | None = None
    impossible: Mapping[str, Any] | None = None
    filter: Mapping[str, Any] | None = None
    pseudo: Mapping[str, Any] | None = None
    train: Mapping[str, Any] | None = None
    merge: Mapping[str, Any] | None = None
    evaluate: Mapping[str, Any] | None = None
    convert: ConvertConfig = field(default_factory=ConvertConfig)

    def stages(self) -> tuple[Stage, ...]:
        """The stages with a table in the file, in their order."""
        return tuple(stage for stage in STAGES if getattr(self, stage.name) is not None)

    def config(self, stage: Stage) -> Any:
        """The settings of a stage; its module is imported for this. Raises OptionError."""
        return from_table(stage.config_class, getattr(self, stage.name) or {}, stage.name)

    def folder(self, stage: Stage) -> Path:
        return self.out / stage.name

    def inputs(self, stage: Stage) -> Path | None:
        """What the nearest earlier stage of this plan leaves, or None for the first."""
        before = STAGES[: NAMES.index(stage.name)]
        used = [other for other in before if getattr(self, other.name) is not None]
        return self.folder(used[-1]) / used[-1].output if used else None


def read_plan(path: Path, out: Path | None = None, seed: int | None = None) -> Plan:
    """The plan in a TOML file; `out` and the `seed` of its training stand in for the file's own."""
    table = read_toml(path)
    if out is not None:
        table["out"] = str(out)
    if seed is not None:
        if not isinstance(table.get("train"), dict):
            raise OptionError(f"{path}: trains nothing that a seed could be for")
        table["train"]["seed"] = seed
    return from_table(Plan, table)


def run_stage(plan: Plan, name: str, inputs: Path | None = None) -> dict[str, int]:
    """Run one stage, reading `inputs` in place of what the plan says."""
    stage = STAGES[NAMES.index(name)]
    config = plan.config(stage)
    return execute(stage, config, inputs or plan.inputs(stage), plan.folder(stage))


def run_all(plan: Plan) -> dict[str, dict[str, int]]:
    """Run every stage of the plan, then convert the merged student; counts by stage."""
    stages = plan.stages()
    if not stages:
        raise OptionError(f"no stage to run: the tables are {', '.join(NAMES)}")
    for stage in stages:  # so that a mistake in the last table shows before the first hour
        plan.config(stage)
    counts = {}
    for stage in stages:
        print(f"distill: {stage.name}", file=sys.stderr)
        counts[stage.name] = run_stage(plan, stage.name)
    if plan.merge is not None:
        convert(plan)
    return counts


def convert(plan: Plan) -> None:
    """Make the model package with `python -m convert`; the two programs share only a directory."""
    student, package = plan.out / "merge" / STUDENT_DIR, plan.out / PACKAGE_DIR
    command = [sys.executable, "-m", CONVERT, str(student), "-o", str(package), "--force"]
    done = subprocess.run([*command, "--quantization", plan.convert.quantization], check=False)
    if done.returncode:
        raise ModelError(f"{student}: could not be converted (exit code {done.returncode})")
