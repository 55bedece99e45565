"""Cutting long sentences into clauses, and putting the clauses' paraphrases back."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from paraphraser_tui.text.clauses import (
    MIN_CLAUSE_WORDS,
    Clause,
    as_sentence,
    from_sentence,
    join,
    split,
)
from paraphraser_tui.text.protect import spans
from paraphraser_tui.text.words import words

MAIN = ["The committee met in Paris", "she left the old house", "Prices rose by 3.5 percent",
        "the iPhone was sold at https://a.example/x;y", 'he said "no; never, and that is it"',
        "If it rains", "it is late (we know; and they do too)", "the last of them"]  # fmt: skip
LINKS = ["; ", ": ", ", and ", ", but ", ", because ", " — ", ", so that ", ", which was ",
         "; however, ", ",\nwhile ", ", ", " and "]  # fmt: skip
SENTENCES = st.lists(st.tuples(st.sampled_from(MAIN), st.sampled_from(LINKS)), max_size=6).flatmap(
    lambda parts: st.sampled_from([".", "!", "?", ""]).map(
        lambda end: "".join(a + b for a, b in parts) + "the work was done by then" + end
    )
)
TEXTS = st.one_of(
    SENTENCES,
    st.text(),
    st.lists(st.sampled_from([*MAIN, *LINKS, '"', "“", "”", "(", ")", " ", "ß", "ǆ", "."])).map(
        "".join
    ),
)
BUDGETS = st.integers(min_value=0, max_value=25)


def parts(sentence, budget=8):
    found = split(sentence, budget)
    return found and [(c.text, c.separator) for c in found]


@given(TEXTS, BUDGETS)
def test_joined_clauses_are_the_sentence(text, budget):
    found = split(text, budget)
    assert found is None or join(found) == text


@given(TEXTS, BUDGETS)
def test_every_clause_is_within_the_budget(text, budget):
    for clause in split(text, budget) or ():
        assert len(words(as_sentence(clause))) <= budget


@given(TEXTS, BUDGETS)
def test_a_budget_may_count_anything(text, budget):
    for clause in split(text, 5 * budget, length=len) or ():
        assert len(as_sentence(clause)) <= 5 * budget


@given(TEXTS, BUDGETS)
def test_nothing_is_cut_inside_protected_spans(text, budget):
    found = split(text, budget)
    assume(found)
    at = 0
    for clause in found[:-1]:
        start = at + len(clause.text)
        at = start + len(clause.separator)
        assert not any(s.start < at and start < s.end for s in spans(text))


@given(SENTENCES, BUDGETS)
def test_no_cut_parts_quotes_or_brackets(text, budget):
    for clause in split(text, budget) or ():
        assert clause.text.count('"') % 2 == 0
        assert clause.text.count("(") == clause.text.count(")")


@given(SENTENCES, BUDGETS, st.data())
def test_spans_to_keep_stay_whole(text, budget, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = split(text, budget, keep=[(start, end)])
    at = 0
    for clause in (found or ())[:-1]:
        cut = at + len(clause.text)
        at = cut + len(clause.separator)
        assert end <= cut or at <= start or start == end


@given(TEXTS, BUDGETS)
def test_a_clause_comes_back_as_it_went(text, budget):
    for clause in split(text, budget) or ():
        assert from_sentence(as_sentence(clause), clause) == clause.text


@given(st.text(), st.sampled_from(["", "; "]), st.sampled_from(["", "It"]))
def test_any_stretch_comes_back_as_it_went(text, separator, lent):
    clause = Clause(text, separator, lent)
    assert from_sentence(as_sentence(clause), clause) == text


@given(SENTENCES)
def test_clauses_have_words_enough(text):
    for clause in split(text, 10) or ():
        assert len(words(clause.text)) >= MIN_CLAUSE_WORDS or clause.text == text


def test_a_short_sentence_is_one_clause():
    assert split("He left early.", 8) == (Clause("He left early."),)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The roads were closed on Monday; the schools did not open until noon.",
         [("The roads were closed on Monday", "; "), ("the schools did not open until noon.", "")]),
        ("The roads were closed on Monday, because the river had risen in the night.",
         [("The roads were closed on Monday", ", because "),
          ("the river had risen in the night.", "")]),
        ("The roads were closed on Monday — nobody could go to the office.",
         [("The roads were closed on Monday", " — "), ("nobody could go to the office.", "")]),
        ("They have moved to a new house, which was built by her father.",
         [("They have moved to a new house", ", which "), ("was built by her father.", "")]),
        ("She knew the answer very well; however, she did not want to speak.",
         [("She knew the answer very well", "; however, "), ("she did not want to speak.", "")]),
        ("If it is too cold, we will stay, but the others can go for a walk.",
         [("If it is too cold, we will stay", ", but "), ("the others can go for a walk.", "")]),
    ],
)  # fmt: skip
def test_sentences_that_can_be_cut(sentence, expected):
    assert parts(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "He bought a loaf of bread, and the cheese from the shop in town.",  # no verb
        "She opened the door to the garden, and went out into the cold night.",  # no subject
        "They have a pizza with cheese, and a crust that is very crispy there.",  # of the crust
        "Was the road closed on Monday, because the river had risen in May?",
        'He told us "the roads were closed; the schools did not open until noon" again.',
        "He told us (the roads were closed; the schools did not open until noon) again.",
        "He told us “the roads were closed; the schools did not open until noon again.",
        "The plan they had made — it was good — was dropped in May.",
        "The man they had met, because he was ill, was sent home.",
        "They have bought a house in May, which was built long ago, and it leaks.",
        "If the roads are closed on Monday, and the schools do not open again, we go.",
        "The house that they have bought, which was built in May, is sold now.",
        "The rules for all of us now are: the roads were closed on that Monday.",
        "The committee of the town and the members of the board met in May there.",
    ],
)
def test_sentences_that_cannot(sentence):
    assert split(sentence, 8) is None


def test_a_pause_is_preferred_to_a_comma():
    sentence = "He was tired then, and it was very late; the shops had closed at six."
    assert [separator for _, separator in parts(sentence, 11)] == ["; ", ""]


def test_no_more_cuts_than_needed():
    clause = "the members of the board were here"
    sentence = "; ".join([clause] * 4)
    assert [len(parts(sentence, budget)) for budget in (28, 21, 14, 7)] == [1, 2, 2, 4]
    assert split(sentence, 6) is None


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (Clause("the river had risen", "; "), "The river had risen."),
        (Clause("was built in May.", "", "It"), "It was built in May."),
        (Clause('she said "no"', "; "), 'She said "no".'),
        (Clause("iPhone sales rose", "; "), "iPhone sales rose."),
        (Clause("They left!"), "They left!"),
        (Clause("the man reads The Times", "; "), "the man reads The Times"),
    ],
)
def test_as_sentence(clause, expected):
    assert as_sentence(clause) == expected


@pytest.mark.parametrize(
    ("paraphrase", "clause", "expected"),
    [
        ("The water was high.", Clause("the river had risen", "; "), "the water was high"),
        (
            "A man reads The Times.",
            Clause("the man reads The Times", "; "),
            "a man reads The Times",
        ),
        ("England had won.", Clause("the cup went to England", "; "), "England had won"),
        ("I was late.", Clause("we came too late", "; "), "I was late"),
        ("It dates from May.", Clause("was built in May.", "", "It"), "dates from May."),
        ("In May it was built.", Clause("was built in May.", "", "It"), None),
        ("The water was high!", Clause("the river had risen", "; "), None),
        ("The water was high.", Clause("the river had risen."), "the water was high."),
    ],
)
def test_from_sentence(paraphrase, clause, expected):
    assert from_sentence(paraphrase, clause) == expected


def test_join_takes_other_texts():
    found = split("The roads were closed on Monday; the schools did not open until noon.", 8)
    assert join(found, ["A", "b."]) == "A; b."
    with pytest.raises(ValueError):
        join(found, ["A"])
