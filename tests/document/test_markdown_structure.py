"""Whatever is said instead, a Markdown document keeps its headings, links, code and tables."""

from pathlib import Path

import pytest
from format_samples import documents
from hypothesis import given
from hypothesis import strategies as st
from markdown_samples import DOCUMENTS
from markdown_tree import tree
from rewording import reworded

from paraphraser_tui.document.formats import Format, parse

ROOT = Path(__file__).parents[2]
REAL = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *Path(__file__).parent.glob("data/*.md")]
)


def rewritten(text, seed, catches):
    """The document with other words, and which share of its sentences found a place for them."""
    document = parse(text, Format.MARKDOWN)
    new = {
        i: reworded(segment.source, segment.freeze, seed, catches)
        for i, segment in enumerate(document.segments)
    }
    fitting = sum(segment.fits(new[i]) for i, segment in enumerate(document.segments))
    return document.write(new), fitting / max(1, len(document.segments))


@pytest.mark.parametrize("catches", [False, True], ids=["words", "catches"])
@given(DOCUMENTS, st.integers(0, 9))
def test_of_documents_that_are_built(catches, text, seed):
    assert tree(rewritten(text, seed, catches)[0]) == tree(text)


@given(documents(Format.MARKDOWN), st.integers(0, 9))
def test_of_anything(text, seed):
    assert tree(rewritten(text, seed, catches=False)[0]) == tree(text)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
@pytest.mark.parametrize("catches", [False, True], ids=["words", "catches"])
def test_of_real_documents(path, catches):
    text = path.read_text("utf-8")
    new, fitting = rewritten(text, 0, catches)
    assert tree(new) == tree(text)
    assert fitting > (0.3 if catches else 0.8)
