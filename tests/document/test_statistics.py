"""The figures of a report, against values counted by hand."""

import pytest

from paraphraser_tui.document.statistics import Side, Statistics
from paraphraser_tui.engine.result import Kept, Paraphrase, Result
from paraphraser_tui.text.prose import NotProse


def test_reading_ease_by_the_formula():
    side = Side()
    side.add("The cat sat on the mat.")
    assert (side.words, side.syllables, side.sentences) == (6, 6, 1)
    assert side.reading_ease == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert len(side.vocabulary) == 5
    assert Side().reading_ease == 0


def test_a_report():
    statistics = Statistics()
    statistics.add(Result("The cat sat here.", (Paraphrase("A cat was here.", 0.9, 0.3, 0.5),)))
    statistics.add(Result("The dog ran.", kept=Kept.REJECTED))
    statistics.add(Result("Hello", kept=NotProse.GREETING))
    assert list(statistics.lines())[:5] == [
        "sentences: 3, reworded: 1 (33%)",
        "kept: 1, no candidate passed the checks",
        "kept: 1, a greeting or closing",
        "of the reworded: change 0.30, meaning 0.90",
        "words: 8 before, 8 after",
    ]
    assert next(iter(Statistics().lines())) == "sentences: 0, reworded: 0"
