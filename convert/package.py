"""Build a package beside its final place and move it there in one step."""

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from paraphraser_tui.errors import OutputError
from paraphraser_tui.models.manifest import (
    MANIFEST_NAME,
    SHORTLIST_NAME,
    Manifest,
    Parity,
    Role,
)
from paraphraser_tui.models.store import describe_file

from . import parity, shortlist
from .loaders import convert_weights, load_torch, token_ids
from .student import Student, read_student

QUANTIZATIONS = ("int8", "float32")


def build(
    student_dir: Path,
    output: Path,
    quantization: str,
    sentences: list[str],
    limits: parity.Limits,
    name: str | None = None,
    licence: str | None = None,
    force: bool = False,
) -> Manifest:
    """Convert a student, prove parity, and put the package at `output`.

    Whatever goes wrong, `output` is either as it was or complete. Raises InputError
    for a bad student, ParityError, or OutputError if `output` exists and `force`
    is not set, is something else than a package, or cannot be written.
    """
    student = read_student(student_dir)
    check_output(output, force)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        workspace = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror}") from None
    package, aside = workspace / "package", workspace / "old"
    try:
        convert_weights(student, package, quantization)
        shutil.copyfile(student.path / student.tokenizer.file, package / student.tokenizer.file)
        if student.role is Role.PARAPHRASER:
            shortlist.write(student, load_torch(student), package / SHORTLIST_NAME)
        manifest = _describe(student, package, quantization, name or output.name, licence)
        figures = parity.measure(student, package, manifest, sentences)
        parity.check(figures, limits)
        manifest = replace(manifest, parity=_rounded(figures))
        (package / MANIFEST_NAME).write_text(manifest.to_json(), encoding="utf-8")
        _sync(package)
        # A directory cannot be replaced in one step, so an old one moves aside first.
        if output.exists():
            output.rename(aside)
        package.rename(output)
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror}") from None
    finally:
        if aside.exists() and not output.exists():
            aside.rename(output)
        shutil.rmtree(workspace, ignore_errors=True)
    return manifest


def check_output(output: Path, force: bool) -> None:
    """Raise OutputError if there is something already that must stay."""
    if output.exists() and not force:
        raise OutputError(f"{output} exists; use --force to replace it")
    if output.exists() and not (output / MANIFEST_NAME).is_file():
        raise OutputError(f"{output} is not a model package and will not be replaced")


def _describe(
    student: Student, package: Path, quantization: str, name: str, licence: str | None
) -> Manifest:
    # CTranslate2 refuses to suppress what the vocabulary does not have.
    vocabulary = token_ids(package)
    known = tuple(token for token in student.template.suppress if token in vocabulary)
    return Manifest(
        name=name,
        role=student.role,
        architecture=student.architecture,
        quantization=quantization,
        licence=licence or student.licence,
        tokenizer=student.tokenizer,
        max_source_tokens=student.positions,
        max_target_tokens=student.positions,
        files=tuple(describe_file(p) for p in sorted(package.iterdir())),
        controls=student.controls,
        template=replace(student.template, suppress=known),
        training=student.training,
    )


def _rounded(figures: Parity) -> Parity:
    return Parity(**{k: round(v, 5) for k, v in vars(figures).items() if v is not None})


def _sync(package: Path) -> None:
    """The bytes are on the disk before the name is."""
    for path in [*package.iterdir(), package]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
