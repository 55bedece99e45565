"""The settings in docs/pseudo-targets.md are settings that there are."""

import re
from pathlib import Path

import pytest

from distill.pipeline import read_plan

TEXT = (Path(__file__).parents[2] / "docs" / "pseudo-targets.md").read_text("utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_block_is_a_plan(block, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(block, encoding="utf-8")
    plan = read_plan(path)
    assert plan.stages()
    for stage in plan.stages():
        plan.config(stage)
