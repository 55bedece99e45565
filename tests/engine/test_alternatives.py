"""Words on demand, with the bundled model: other words at a place, and what follows from them."""

import re

import pytest
from engine_fakes import prepared

from paraphraser_tui import Options, Paraphraser
from paraphraser_tui.engine.alternatives import hidden_beginning, word_spans
from paraphraser_tui.errors import OptionError

SENTENCE = "The committee decided to postpone the meeting until the director of “Hrvatska” arrives."
WORDS = SENTENCE.split()


@pytest.fixture(scope="module")
def engine():
    with Paraphraser.load(threads=1) as paraphraser:
        yield paraphraser


@pytest.mark.parametrize("place", [0, 2, 4, 6])
def test_what_stands_before_stays_and_the_word_changes(engine, place):
    found = engine.alternatives(SENTENCE, place)
    assert len(found) >= 3
    assert len({a.word for a in found}) == len(found)
    for alternative in found:
        words = alternative.text.split()
        assert words[:place] == WORDS[:place]
        assert words[place] == alternative.word != WORDS[place]
        # A full stop may come to stand inside the quotation marks.
        assert re.search("“Hrvatska[.,]?”", alternative.text)


def test_the_number_of_alternatives(engine):
    assert len(engine.alternatives(SENTENCE, 2, num=2)) == 2


def test_a_chosen_word_is_the_next_variant(engine):
    first = engine.alternatives(SENTENCE, 2)[0]
    second = engine.alternatives(SENTENCE, 4, variant=first.text)
    assert second and all(a.text.split()[2] == first.word for a in second)


def test_they_repeat(engine):
    assert engine.alternatives(SENTENCE, 3) == engine.alternatives(SENTENCE, 3)


def test_a_protected_word_has_none(engine):
    sentence = "Please write to office@example.org before the end of the week."
    assert engine.alternatives(sentence, 3) == ()
    assert engine.alternatives("Best wishes", 0) == ()


@pytest.mark.parametrize("sentence", [SENTENCE, "Best wishes"])
def test_no_such_word(engine, sentence):
    with pytest.raises(IndexError):
        engine.alternatives(sentence, 99)


def test_what_would_drift_is_warned_of(engine):
    sentence = "They paid 40 euros for the old bicycle."
    found = engine.alternatives(sentence, 2)
    assert found and all(a.warnings for a in found if "40" not in a.text)


def test_variants_that_begin_with_given_words(engine):
    result = engine.begun(SENTENCE, "The board decided", Options(num=3, min_meaning=0.3))
    assert all(v.text.startswith("The board decided") for v in result.variants)
    assert result.variants or result.kept


def test_a_bias_must_leave_room(engine):
    with pytest.raises(OptionError, match="bias"):
        engine.begun(SENTENCE, "The board", bias=1.0)


def test_word_spans():
    text = ' He said, "no"  (twice). '
    assert [text[a:b] for a, b in word_spans(text)] == ["He", "said,", '"no"', "(twice)."]


def test_the_beginning_of_a_variant_hides_what_the_sentence_hides():
    sentence = prepared("See https://a.org/x and https://b.org/y for the rules.")
    (first, a), (second, b) = sentence.masked.stand_ins
    variant = f"For the rules, see {b} and {a}."
    assert hidden_beginning(sentence, variant, variant.index(" and")) == (
        f"For the rules, see {second}"
    )
    assert hidden_beginning(sentence, variant, len(variant)) == (
        f"For the rules, see {second} and {first}."
    )
    assert hidden_beginning(sentence, variant, variant.index(b) + 3) is None
