"""Sentences beyond the window: cut at clauses, put together again, or kept."""

import pytest
from engine_fakes import framer

from paraphraser_tui.engine.long import cut, joined
from paraphraser_tui.engine.prepare import Sentence
from paraphraser_tui.engine.result import Kept, Paraphrase, Result
from paraphraser_tui.text.clauses import as_sentence, join

FIRST = "the heavy rain had flooded the lower part of the town"
SECOND = "the mayor has told every family to leave before the evening"
SENTENCE = f"{FIRST.capitalize()}; {SECOND}."


def result(part, *texts, meaning=0.9, change=0.4):
    source = as_sentence(part)
    variants = tuple(Paraphrase(t, meaning, change, 0.6, ("look",)) for t in texts)
    return Result(source, variants, None if texts else Kept.REJECTED)


@pytest.fixture
def parts():
    found = cut(SENTENCE, (), framer(window=20))
    assert len(found) == 2 and join(found) == SENTENCE
    return found


def test_variants_are_put_together(parts):
    left = result(parts[0], "The lower town had been flooded by heavy rain.", meaning=0.8)
    right = result(parts[1], "The mayor told all families to go.", "All families were told to go.")
    found = joined(Sentence(SENTENCE), parts, [left, right])
    assert [v.text for v in found.variants] == [
        "The lower town had been flooded by heavy rain; the mayor told all families to go.",
        "The lower town had been flooded by heavy rain; all families were told to go.",
    ]
    first = found.variants[0]
    assert (first.meaning, first.change, first.warnings) == (0.8, 0.4, ("look",))


def test_a_clause_without_variants_stays(parts):
    right = result(parts[1], "The mayor told all families to go.")
    found = joined(Sentence(SENTENCE), parts, [result(parts[0]), right])
    assert found.best == f"{FIRST.capitalize()}; the mayor told all families to go."
    assert found.variants[0].change == 0.2


def test_without_any_variant_the_sentence_is_kept(parts):
    found = joined(Sentence(SENTENCE), parts, [result(part) for part in parts])
    assert (found.kept, found.best) == (Kept.REJECTED, SENTENCE)


def test_frozen_words_are_not_cut_through():
    frozen = f"town; {SECOND[:9]}"
    assert cut(SENTENCE, (frozen,), framer(window=20)) == ()
