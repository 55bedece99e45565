"""The cache of results: found again by what was asked, and bounded."""

import tracemalloc

import pytest

from paraphraser_tui.engine.fake import FakeEngine
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.prepare import Sentence
from paraphraser_tui.engine.result import Paraphrase, Result
from paraphraser_tui.tui import proposals
from paraphraser_tui.tui.proposals import Proposals

MILD, BOLD = Options(diversity=20), Options(diversity=80)


def result(*texts):
    return Result("It rained.", tuple(Paraphrase(t, 0.9, 0.2, 0.5, (f"see {t}",)) for t in texts))


@pytest.fixture
def cache():
    return Proposals()


def test_nothing_is_known_at_first(cache):
    assert cache.get(0, MILD) is None
    assert cache.newest(0) is None


def test_each_dial_has_its_answer(cache):
    cache.put(0, MILD, result("a"))
    cache.put(0, BOLD, result("b"))
    cache.put(1, BOLD, result("c"))
    assert cache.get(0, MILD) == result("a")
    assert cache.get(0, BOLD) == result("b")
    assert cache.get(1, MILD) is None


def test_frozen_terms_are_options_too(cache):
    cache.put(0, MILD, result("a"))
    assert cache.get(0, Options(diversity=20, freeze=("rained",))) is None


def test_the_newest_is_what_came_or_was_looked_at_last(cache):
    cache.put(0, MILD, result("a"))
    cache.put(0, BOLD, result("b"))
    assert cache.newest(0) == result("b")
    cache.get(0, MILD)
    assert cache.newest(0) == result("a")
    assert cache.get(0, BOLD) == result("b")


def test_another_answer_to_the_same_options_replaces_the_first(cache):
    cache.put(0, MILD, result("a"))
    cache.put(0, BOLD, result("b"))
    cache.put(0, MILD, result("c"))
    cache.put(0, MILD, result("d"))
    assert cache.get(0, MILD) == result("d")
    assert cache.get(0, BOLD) == result("b")


def test_nothing_is_left_after_clearing(cache):
    cache.put(0, MILD, result("a"))
    cache.put(0, BOLD, result("b"))
    cache.clear()
    assert cache.newest(0) is cache.get(0, MILD) is cache.get(0, BOLD) is None


def test_of_older_answers_the_longest_unused_go_first(cache, monkeypatch):
    monkeypatch.setattr(proposals, "MAX_OLDER", 2)
    for number in range(3):
        cache.put(number, MILD, result("a"))
        cache.put(number, BOLD, result("b"))
    assert cache.get(0, MILD) is None
    assert cache.get(1, MILD) is not None
    assert all(cache.get(number, BOLD) is not None for number in range(3))


def test_a_long_document_stays_small():
    cache, engine, options = Proposals(), FakeEngine(), Options(num=5)
    sentences = [Sentence(f"The meeting of group {i} was postponed.") for i in range(300)]
    tracemalloc.start()
    try:
        for number, found in enumerate(next(engine.batches([sentences], options))):
            cache.put(number, options, found)
        size = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert size < 4000 * len(sentences)
