"""The import contracts of pyproject.toml hold, and source files are fit to read."""

import ast
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sysconfig.get_path("scripts")) / "lint-imports"
RUN_TIME = sorted((ROOT / "paraphraser_tui").rglob("*.py"))


def test_import_contracts(tmp_path):
    done = subprocess.run(
        [LINTER, "--config", ROOT / "pyproject.toml", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize("path", RUN_TIME, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_run_time_module_imports_the_network(path):
    forbidden = {"socket", "ssl", "http", "urllib", "requests", "httpx", "huggingface_hub"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    assert not imported & forbidden


def test_the_package_runs_from_anywhere(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "paraphraser_tui", "--version"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("paraphrase 0.")
