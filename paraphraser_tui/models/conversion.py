"""Students become packages in a process of their own: nothing here imports what converts them."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from ..errors import ExitCode, InputError, ModelError, OutputError
from .address import HubModel

# What the extra brings, and the converter itself.
NEEDED = ("convert", "huggingface_hub", "safetensors", "torch", "transformers")
_COMPLAINT = "convert: error: "
_ERRORS = {ExitCode.INPUT: InputError, ExitCode.OUTPUT: OutputError}
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
# The converter lies beside this package, installed or not.
_ROOT = Path(__file__).parents[2]


def check_extra() -> None:
    """Raise ModelError, saying what to install, if students cannot be converted here."""
    if any(find_spec(module) is None for module in NEEDED):
        raise ModelError(
            "a student has to be converted first, and for that something is missing here: "
            "pip install 'paraphraser-tui[convert]'"
        )


def convert(student: Path | HubModel, package: Path) -> None:
    """Make a package of a student: offline, if it is a directory.

    Raises InputError for a bad student, OutputError if the package cannot be written, ModelError
    if it does not say the same as the student or the converter fails in another way.
    """
    from_hub = isinstance(student, HubModel)
    source = str(student if from_hub else student.absolute())
    done = subprocess.run(
        # Without -P a file torch.py in the working directory would be run.
        [sys.executable, "-P", "-m", "convert", source, "-o", str(package)],
        env=_environment() if from_hub else _environment() | _OFFLINE,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == ExitCode.OK:
        return
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    reason = next(
        (line.removeprefix(_COMPLAINT) for line in lines if line.startswith(_COMPLAINT)),
        f"{student} was not converted: {lines[-1] if lines else f'exit code {done.returncode}'}",
    )
    raise _ERRORS.get(done.returncode, ModelError)(reason)


def _environment() -> dict[str, str]:
    search = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(search)}
