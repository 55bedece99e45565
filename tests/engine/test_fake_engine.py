"""The fake engine: it has the real one's face, and everything that a UI must be able to show."""

import inspect
import threading

import pytest

from paraphraser_tui.engine.fake import FakeEngine, Gate
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.paraphraser import Paraphraser
from paraphraser_tui.engine.prepare import Sentence
from paraphraser_tui.engine.result import Kept
from paraphraser_tui.text.prose import NotProse

SENTENCE = "The meeting was postponed because many people arrived late."


def answer(sentence, engine=None, **options):
    return next((engine or FakeEngine()).batches([[sentence]], Options(**options)))[0]


@pytest.mark.parametrize("name", ["batches", "alternatives", "begun", "close"])
def test_it_is_called_like_the_real_one(name):
    real, fake = (inspect.signature(getattr(c, name)) for c in (Paraphraser, FakeEngine))
    assert fake == real


@pytest.mark.parametrize("num", [1, 5, 20])
def test_as_many_different_variants_as_asked_for(num):
    result = answer(SENTENCE, num=num)
    texts = {v.text for v in result.variants}
    assert len(texts) == num
    assert SENTENCE not in texts
    assert all(0 <= f <= 1 for v in result.variants for f in (v.meaning, v.change, v.fluency))


def test_it_answers_the_same_and_other_dials_differently():
    assert answer(SENTENCE, num=3) == answer(SENTENCE, num=3)
    assert answer(SENTENCE).best != answer(SENTENCE, diversity=90).best
    seeded = [answer(SENTENCE, sampling=True, seed=s).best for s in (1, 1, 2)]
    assert seeded[0] == seeded[1] != seeded[2]


def test_words_are_replaced_unless_they_are_frozen():
    assert "gathering" in answer(SENTENCE).best
    frozen = answer(SENTENCE, freeze=("The meeting",)).best
    assert "The meeting" in frozen
    assert "delayed" in frozen
    assert "gathering" not in answer(Sentence(SENTENCE, freeze=("meeting",))).best


def test_some_variants_are_warned_of():
    warnings = [v.warnings for v in answer(SENTENCE, num=2).variants]
    assert warnings == [(), ("may be clumsy",)]
    assert answer("The meeting lasted for 3 hours.").variants[0].warnings


@pytest.mark.parametrize(
    ("sentence", "kept", "reason"),
    [
        ("Kind regards", NotProse.GREETING, "a greeting or closing"),
        (
            "She had never seen the village before.",
            Kept.REJECTED,
            "no candidate passed the checks (negation 4, name 1)",
        ),
        (
            Sentence(SENTENCE, fits=lambda text: False),
            Kept.REJECTED,
            "no candidate passed the checks (markup 1)",
        ),
    ],
)
def test_some_sentences_stay_and_it_says_why(sentence, kept, reason):
    result = answer(sentence)
    assert (result.variants, result.kept, result.reason) == ((), kept, reason)


def test_only_variants_that_fit():
    result = answer(Sentence(SENTENCE, fits=lambda text: "In short" not in text), num=20)
    assert len(result.variants) == 18


def test_other_words_at_a_place():
    found = FakeEngine().alternatives(SENTENCE, 1)
    assert len(found) == 8
    assert found[0].word == "gathering"
    for alternative in found:
        assert alternative.text.split()[:2] == ["The", alternative.word]
    assert [bool(a.warnings) for a in found] == [False] * 7 + [True]


def test_other_words_in_a_variant_and_none_where_there_are_none():
    engine = FakeEngine()
    assert engine.alternatives(SENTENCE, 0, "Late arrivals delayed it.")[0].text.endswith("it.")
    assert engine.alternatives("Kind regards", 0) == ()
    with pytest.raises(IndexError):
        engine.alternatives(SENTENCE, 99)


def test_a_locked_beginning():
    result = FakeEngine().begun(SENTENCE, "Our big meeting", Options(num=5))
    assert result.source == SENTENCE
    assert len(result.variants) == 2
    assert all(v.text.startswith("Our big meeting ") for v in result.variants)
    assert FakeEngine().begun("Kind regards", "Best").kept is NotProse.GREETING


def test_a_gate_holds_each_call_until_the_test_says_so():
    gate, results = Gate(), []
    engine = FakeEngine(gate=gate)
    groups = [[SENTENCE], ["It rained all night."]]
    reader = threading.Thread(target=lambda: results.extend(engine.batches(groups)))
    reader.start()
    gate.wait_for_call()
    assert engine.asked == [SENTENCE]
    assert not results
    gate.let_through()
    gate.wait_for_call()
    assert len(results) == 1
    gate.let_through()
    reader.join()
    assert len(results) == 2


def test_it_fails_where_it_is_told_to():
    engine = FakeEngine(failing="snow")
    with pytest.raises(RuntimeError, match="snow"):
        answer("The snow was deep.", engine)
    assert answer(SENTENCE, engine).variants


def test_closing_is_remembered():
    engine = FakeEngine()
    engine.close()
    assert engine.closed
