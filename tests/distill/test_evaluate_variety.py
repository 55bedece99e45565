"""Change, drift, copies and distinct-n against hand-computed values; test sets from files."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distill.evaluate.sets import Item, read_set, set_name
from distill.evaluate.variety import ANY_DRIFT, changes, copies, distinct, drifts, is_copy
from paraphraser_tui.errors import InputError

SOURCES = ["Anna bought three red apples.", "He does not like rain.", "Is it late?"]
OUTPUTS = ["Anna bought four red apples.", "He likes rain.", "It is late."]


def test_drift_rates_by_kind():
    rates = {kind: found.value for kind, found in drifts(OUTPUTS, SOURCES).items()}
    assert {kind for kind, rate in rates.items() if rate} == {
        "number", "negation", "question", ANY_DRIFT
    }  # fmt: skip
    assert rates["number"] == rates["negation"] == rates["question"] == pytest.approx(100 / 3)
    assert rates[ANY_DRIFT] == 100


def test_changes_are_means():
    found = changes(["red cats ran", "one two"], ["red cats ran", "one two three four"])
    assert found["lexical"].value == pytest.approx((0 + 1 - 2 * 2 / 6) / 2)
    assert found["order"].value == 0
    assert found["length"].value == pytest.approx((1 + 0.5) / 2)


def test_copies():
    assert is_copy("He said:  no!", "he said no")
    assert not is_copy("He said no", "He said not")
    assert not is_copy("!", "?")
    assert is_copy("…", "…")
    assert copies(["A b.", "c"], ["a b", "d"]).value == 50


@given(st.text())
def test_a_text_is_a_copy_of_itself(text):
    assert is_copy(text, text)


def test_distinct_by_hand():
    outputs = ["a b a", "A b"]
    assert distinct(outputs, 1) == 2 / 5
    assert distinct(outputs, 2) == 2 / 3
    assert math.isnan(distinct(["a"], 2))


def test_sets_of_all_forms(tmp_path):
    path = tmp_path / "some.test.jsonl"
    rows = [{"src": "a", "tgt": "b"}, {"src": "a", "refs": ["b", "c"]}, {"refs": ["a", "b", "c"]}]
    path.write_text("\n".join(map(json.dumps, rows)))
    found = read_set(path)
    assert found.name == "some.test"
    assert found.items == (Item("a", ("b",)), Item("a", ("b", "c")), Item("a", ("b", "c")))
    assert read_set(path, limit=2).sources == ["a", "a"]
    assert set_name(path.with_name("x.jsonl.xz")) == "x"


@pytest.mark.parametrize(
    "row", [{"src": "a"}, {"refs": ["a"]}, {"refs": "ab"}, {"src": " ", "tgt": "a"}, {"tgt": 1}]
)
def test_bad_rows_are_named(tmp_path, row):
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({"src": "a", "tgt": "b"}) + "\n" + json.dumps(row))
    with pytest.raises(InputError, match="line 2"):
        read_set(path)


def test_empty_set(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text("\n")
    with pytest.raises(InputError, match="no rows"):
        read_set(path)
