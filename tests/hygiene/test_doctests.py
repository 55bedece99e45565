"""The examples in docstrings do what they say."""

import doctest
import importlib
import pkgutil

import pytest

import paraphraser_tui

MODULES = [
    "paraphraser_tui",
    *(
        m.name
        for m in pkgutil.walk_packages(paraphraser_tui.__path__, "paraphraser_tui.")
        if not m.name.endswith("__main__")
    ),
]
WITH_EXAMPLES = {"paraphraser_tui", "paraphraser_tui.engine.paraphraser"}


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.failed == 0
    assert found.attempted > 0 or name not in WITH_EXAMPLES
