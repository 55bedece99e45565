"""The settings in docs/students.md and configs/ are settings that there are."""

import re
from pathlib import Path

import pytest

from distill.pipeline import read_plan

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "students.md").read_text("utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
CONFIGS = sorted((ROOT / "configs").rglob("*.toml"))


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_block_is_a_plan(block, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(block, encoding="utf-8")
    check(path)


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.name)
def test_every_config_is_a_plan(path):
    check(path)


def check(path):
    plan = read_plan(path)
    assert [stage.name for stage in plan.stages()]
    for stage in plan.stages():
        plan.config(stage)
