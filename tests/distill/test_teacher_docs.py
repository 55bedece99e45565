"""The settings shown in docs/teachers.md are settings that there are."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from distill.config import from_table
from distill.filters import Config as FilterConfig
from distill.sources import Config as SourcesConfig
from distill.sources.corpora import HUB, Corpus, licence_of
from distill.teacher import Config as GenerateConfig

DOCS = Path(__file__).parents[2] / "docs" / "teachers.md"
TEXT = DOCS.read_text("utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
CONFIGS = {"sources": SourcesConfig, "generate": GenerateConfig, "filter": FilterConfig}


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_block_is_read(block):
    tables = tomllib.loads(block)
    assert tables
    for name, table in tables.items():
        from_table(CONFIGS[name], table, name)


def test_every_filter_is_told_of_in_order():
    named = re.findall(r"^\| `(\w+)` \|", TEXT.partition("In this order")[2], re.MULTILINE)
    filters = [field.name for field in fields(FilterConfig) if field.name not in ("extra", "limit")]
    assert named == filters


def test_every_corpus_is_told_of():
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (\w+) \|$", TEXT, re.MULTILINE)
    told = {name: (place, licence) for name, place, licence in rows}
    for corpus in Corpus:
        place, licence = told[corpus]
        assert licence == licence_of(corpus)
        assert corpus not in HUB or HUB[corpus].path in place
