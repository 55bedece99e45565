"""Contexts, pairs among their continuations, and the choice among what passed the critics."""

import numpy as np
import pytest

from distill.controls import codes
from distill.filters.encoders import load_encoder
from distill.impossible.choice import best_per_code, one_per_meaning, quality
from distill.impossible.contexts import context, first_sentence, seed
from distill.impossible.mining import cosines, either_first, nearest
from distill.impossible.options import (
    DATELINES,
    PARAPHRASE_CODES,
    SUMMARY_CODES,
    Config,
    Student,
    Teacher,
)
from distill.impossible.summarise import SummaryCritics
from distill.impossible.syntax import Syntax
from distill.records import Pair
from paraphraser_tui.errors import OptionError


@pytest.mark.parametrize(
    ("text", "sentences", "wanted"),
    [
        (" The bank closed. It was late. And th", 5, "OSLO -- The bank closed. It was late."),
        (" The bank closed. It was late. And th", 1, "OSLO -- The bank closed."),
        (" The bank has not yet", 5, None),
        ("", 5, None),
    ],
)
def test_a_context_ends_with_a_whole_sentence(text, sentences, wanted):
    assert context("OSLO --", text, sentences) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (" The bank closed. It was", "The bank closed."),
        (" Did it\nclose? Yes.", "Did it close?"),
        (" The bank has not yet", None),
        (" A.", None),
        ("", None),
    ],
)
def test_the_first_sentence_must_be_whole(text, wanted):
    assert first_sentence(text) == wanted


def test_a_context_without_an_opening_is_the_text_itself():
    assert context("", "It rained.", 1) == "It rained."


def test_seeds_are_the_same_everywhere():
    assert seed("a") == 3391310933
    assert seed("a") != seed("b")


def test_the_nearest_pairs_come_first():
    texts = ["The shop is shut today.", "Shares fell sharply.", "Today the shop is closed."]
    likeness = cosines(load_encoder("minilm"), texts)
    assert nearest(likeness, 10, 0.5) == [(0, 2)]
    assert nearest(likeness, 2, -1.0)[0] == (0, 2)
    assert len(nearest(likeness, 2, -1.0)) == 2
    assert nearest(np.ones((1, 1)), 5, 0.0) == []


def test_neither_side_leads():
    pairs = [(f"text {i}", f"other {i}") for i in range(40)]
    ordered = [either_first(a, b) for a, b in pairs]
    assert ordered == [either_first(b, a) for a, b in pairs]
    assert 5 < sum(a.startswith("text") for a, _ in ordered) < 35


def pair(src, tgt, **features):
    return Pair(src, tgt, "x", features=features or None)


def test_entailment_counts_before_everything_else():
    assert quality(pair("a", "b", entailment=0.8, similarity=0.1)) == 0.8
    assert quality(pair("a", "b", similarity=0.9, fidelity=0.7, ease=1.4)) == pytest.approx(2.6)
    assert quality(pair("a", "b")) == 0


SOURCE = "The big dog ran down the long road."
MILD = "The big dog ran down the long street."
MILD_TOO = "The big dog ran down the long path."
BOLD = "A large hound sprinted down that endless street."


def test_the_best_of_each_measured_code_survives_and_the_boldest_come_first():
    found = [
        pair(SOURCE, MILD, similarity=0.8),
        pair(SOURCE, MILD_TOO, similarity=0.9),
        pair(SOURCE, BOLD, similarity=0.7),
    ]
    assert codes(SOURCE, MILD) == codes(SOURCE, MILD_TOO) != codes(SOURCE, BOLD)
    assert [p.tgt for p in best_per_code(found, 1, 9)] == [BOLD, MILD_TOO]
    assert [p.tgt for p in best_per_code(found, 2, 9)] == [BOLD, MILD_TOO, MILD]
    assert [p.tgt for p in best_per_code(found, 2, 1)] == [BOLD]
    other = pair("Another sentence is here.", "Here is another sentence.")
    assert len(best_per_code([*found, other], 1, 1)) == 2
    assert best_per_code([], 1, 1) == []


def by_first_letter(texts):
    return [[a[0] == b[0] for b in texts] for a in texts]


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ([("a1", "b1", 0.9), ("c1", "d1", 0.8)], [0, 1]),  # nothing links them
        ([("a1", "b1", 0.8), ("a2", "d1", 0.9)], [1]),  # by the sources
        ([("a1", "b1", 0.9), ("c1", "b2", 0.8)], [0]),  # by the targets
        # A chain is one group, and its best pair is kept: the paper's rule, not its code's.
        ([("a1", "b1", 0.7), ("a2", "d1", 0.8), ("e1", "d2", 0.9), ("x", "y", 0.1)], [2, 3]),
        ([], []),
    ],
)
def test_one_pair_per_meaning(texts, kept):
    pairs = [pair(a, b, entailment=value) for a, b, value in texts]
    found = one_per_meaning(pairs, by_first_letter)
    assert sorted(pairs.index(p) for p in found) == kept


def test_a_link_in_one_direction_is_a_link():
    pairs = [pair("a1", "b", entailment=0.5), pair("a2", "c", entailment=0.9)]

    def follows(texts):
        return [[i == j or (a, b) == ("a2", "a1") for j, b in enumerate(texts)]
                for i, a in enumerate(texts)]  # fmt: skip

    assert one_per_meaning(pairs, follows) == [pairs[1]]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Config(), "one of the tables"),
        (lambda: Config(Teacher("m"), Student()), "one of the tables"),
        (
            lambda: Config(student=Student(), summary=SummaryCritics(), syntax=Syntax()),
            "exclude",
        ),
        (lambda: Teacher("m", continuations=1), "continuations"),
        (lambda: Teacher("m", openings=()), "openings"),
        (lambda: Student(beams=0), "beams or samples"),
        (lambda: Student(samples=4, top_k=0), "top_k"),
        (lambda: Student(codes=(("<lex9>", "<ord0>", "<len1>"),)), "not a lex"),
        (lambda: Student(codes=(("<ord0>", "<lex1>", "<len1>"),)), "not a lex"),
    ],
)
def test_settings_that_cannot_be_are_refused(make, message):
    with pytest.raises(OptionError, match=message):
        make()


def test_the_variant_decides_the_codes_and_the_critics():
    plain, short = Config(student=Student()), Config(student=Student(), summary=SummaryCritics())
    assert plain.codes == PARAPHRASE_CODES and short.codes == SUMMARY_CODES
    assert all("<len0>" in setting for setting in SUMMARY_CODES)
    assert short.judges is short.summary and plain.judges is plain.critics
    own = (("<lex1>", "<ord0>", "<len1>"),)
    assert Config(student=Student(codes=own)).codes == own
    assert len(set(DATELINES)) == len(DATELINES) and all(d.endswith("--") for d in DATELINES)
