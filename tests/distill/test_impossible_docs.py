"""The settings and critics shown in docs/impossible.md are those that there are."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from distill.impossible.critics import Critics
from distill.impossible.options import DATELINES
from distill.pipeline import read_plan

TEXT = (Path(__file__).parents[2] / "docs" / "impossible.md").read_text("utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_block_is_a_plan(block, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(block, encoding="utf-8")
    plan = read_plan(path)
    stages = plan.stages()
    assert "impossible" in [stage.name for stage in stages]
    for stage in stages:
        plan.config(stage)


def test_every_critic_is_told_of_in_order():
    named = re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)
    assert named == [field.name for field in fields(Critics)]


def test_the_datelines_are_as_many_as_told():
    assert f"by default {len(DATELINES)} datelines" in TEXT
