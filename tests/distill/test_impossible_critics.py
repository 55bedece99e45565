"""The critics of Impossible Distillation, each with a table of cases."""

import builtins
from contextlib import ExitStack

import pytest

from distill.config import from_table
from distill.controls import LENGTH
from distill.filters.verdict import Workplace
from distill.impossible import entailment, trees
from distill.impossible.critics import Critics, Numbers, Ratio, Rouge, Trees, rouge_l
from distill.impossible.entailment import Entailment
from distill.impossible.summarise import Shorter, SummaryCritics, longer_first
from distill.impossible.syntax import with_parses
from distill.impossible.trees import Tree, cut, distance, load_parser, read_tree, write_tree
from distill.impossible.way_back import Guards, WayBack
from distill.records import Pair
from paraphraser_tui.errors import OptionError


@pytest.fixture
def workplace(tmp_path):
    with ExitStack() as stack:
        yield Workplace(tmp_path, stack)


def reasons(critic, workplace, *texts):
    pairs = [Pair(src, tgt, "x") for src, tgt in texts]
    return [verdict.reason for verdict in critic.judge(workplace)(pairs)]


@pytest.mark.parametrize(
    ("src", "tgt", "both", "one"),
    [
        ("He sold 12 cars in May.", "In May, twelve cars were sold by him.", "", ""),
        ("He sold 12 cars.", "He sold cars.", "number", ""),
        ("He sold cars.", "He sold 12 cars.", "number", "new_number"),
        ("He sold 12 cars.", "He sold 21 cars.", "number", "new_number"),
        ("Half of them left.", "50% of them left.", "", "new_number"),
    ],
)
def test_numbers_agree_on_both_sides(workplace, src, tgt, both, one):
    assert reasons(Numbers(), workplace, (src, tgt)) == [both]
    assert reasons(Numbers(both_ways=False), workplace, (src, tgt)) == [one]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("the cat sat on the mat", "on the mat sat the cat"),
        ("one two three", "one two three"),
        ("one two", "three four"),
        ("a b c d e f", "f e d c b a"),
    ],
)
def test_rouge_is_that_of_the_usual_library(workplace, a, b):
    from rouge_score.rouge_scorer import RougeScorer

    wanted = RougeScorer(["rougeL"]).score(a, b)["rougeL"].fmeasure
    assert rouge_l(a, b) == pytest.approx(wanted)
    assert reasons(Rouge(wanted), workplace, (a, b)) == [""]
    assert reasons(Rouge(wanted - 0.01), workplace, (a, b)) == ["rouge"]


@pytest.mark.parametrize(
    ("src", "tgt", "reason", "of_summary"),
    [
        ("He left the house early.", "He left his home early.", "", ""),
        ("He left the house early.", "He left the syy early.", "unknown word", "unknown word"),
        ("She met Anna in Oslo.", "She met Anna.", "name", ""),
        ("She met Anna.", "She met Anna in Oslo.", "name", "name"),
        ("He did not leave.", "He did leave.", "negation", "negation"),
    ],
)
def test_guards_know_words_and_what_a_summary_may_lose(workplace, src, tgt, reason, of_summary):
    assert reasons(Guards(), workplace, (src, tgt)) == [reason]
    assert reasons(SummaryCritics().drift, workplace, (src, tgt)) == [of_summary]


def test_guards_can_be_told_which_kinds_count(workplace):
    pair = ("He did not leave.", "He did leave.")
    assert reasons(Guards(kinds=("name",)), workplace, pair) == [""]


def test_the_way_back_sees_what_was_lost(workplace):
    source = "The manager postponed the meeting because he had fallen ill."
    same = "The manager postponed the meeting since he had fallen ill."
    lost = "The manager postponed it."
    found = WayBack().judge(workplace)([Pair(source, same, "x"), Pair(source, lost, "x")])
    assert [verdict.reason for verdict in found] == ["", "no_way_back"]
    assert found[0].features["fidelity"] > 0.6 > found[1].features["fidelity"]
    assert set(found[0].features) == {"fidelity", "surprise", "ease"}


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"min_fidelity": 0.0, "max_surprise": 99.0, "min_ease": 0.0}, ""),
        ({"min_fidelity": 1.1}, "no_way_back"),
        ({"min_fidelity": 0.0, "max_surprise": -1.0}, "lost_word"),
        ({"min_fidelity": 0.0, "max_surprise": 99.0, "min_ease": 99.0}, "clumsy"),
    ],
)
def test_each_limit_of_the_way_back_has_its_reason(workplace, limits, reason):
    pair = ("It rained in the night.", "At night it rained.")
    assert reasons(WayBack(**limits), workplace, pair) == [reason]


def test_the_way_back_is_asked_once(tmp_path, monkeypatch):
    from distill.impossible import way_back

    pairs = [Pair("It rained.", "There was rain.", "x")]
    with ExitStack() as stack:
        first = WayBack().judge(Workplace(tmp_path, stack))(pairs)
    monkeypatch.setattr(way_back._Asking, "__call__", None)
    with ExitStack() as stack:
        judge = WayBack().judge(Workplace(tmp_path, stack))
        assert judge(pairs) == first
        assert judge([]) == []


class Follows:
    """An NLI model that finds a text to follow from any that has all of its words."""

    def __init__(self, model):
        self.asked = []

    def entails(self, pairs):
        self.asked += pairs
        return [float(set(b.split()) <= set(a.split())) for a, b in pairs]


def test_entailment_is_asked_one_way_or_both(workplace, monkeypatch):
    monkeypatch.setattr(entailment, "Critic", Follows)
    texts = [("a b c", "c b a"), ("a b c", "a b"), ("a b", "a b c")]
    assert reasons(Entailment("m"), workplace, *texts) == ["", "not_entailed", "not_entailed"]


def test_for_summaries_entailment_is_asked_one_way(workplace, monkeypatch):
    monkeypatch.setattr(entailment, "Critic", Follows)
    texts = [("a b c", "c b a"), ("a b c", "a b"), ("a b", "a b c")]
    critic = Entailment("m", both_ways=False)
    assert reasons(critic, workplace, *texts) == ["", "", "not_entailed"]


def test_the_links_and_the_critic_share_a_model(workplace, monkeypatch):
    monkeypatch.setattr(entailment, "Critic", Follows)
    critic = Entailment("m")
    judge, links = critic.judge(workplace), critic.entails(workplace, "links")
    assert links([Pair("a b", "a", "x"), Pair("a", "a b", "x")]) == [1.0, 0.0]
    assert judge([]) == []
    assert len(entailment._CRITICS) == 1
    del judge, links


SENTENCE = "(ROOT (S (NP (PRP I)) (VP (VBD saw) (NP (PRP it)))))"


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ("(S)", "(S)", 0),
        ("(S)", "(X)", 1),
        ("(S (A) (B))", "(S (B) (A))", 2),
        ("(S (A) (B))", "(S (A))", 1),
        ("(S (A (B) (C)))", "(S (B) (C))", 1),
        (SENTENCE, "(ROOT (S (NP (PRP he)) (VP (VBD saw) (NP (PRP it)))))", 0),
        (SENTENCE, "(ROOT (S (NP (PRP I)) (VP (VBD slept))))", 2),
        # The example of Zhang and Shasha's paper.
        ("(f (d (a) (c (b))) (e))", "(f (c (d (a) (b))) (e))", 2),
    ],
)
def test_tree_edit_distance(a, b, wanted):
    assert distance(read_tree(a), read_tree(b)) == wanted
    assert distance(read_tree(b), read_tree(a)) == wanted


def test_trees_are_read_cut_and_written():
    tree = read_tree(SENTENCE)
    assert write_tree(tree) == "(ROOT (S (NP (PRP)) (VP (VBD) (NP (PRP)))))"
    assert cut(tree, 2) == Tree("ROOT", (Tree("S"),))
    assert write_tree(cut(tree, 3)) == "(ROOT (S (NP) (VP)))"
    for broken in ("", "S", "(S (NP)"):
        with pytest.raises(ValueError, match="bracket"):
            read_tree(broken)


def test_without_a_parser_there_is_one_clear_line(workplace, monkeypatch):
    real = builtins.__import__

    def fail(name, *rest):
        if name == "stanza":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", fail)
    with pytest.raises(OptionError, match="pip install stanza"):
        load_parser()
    with pytest.raises(OptionError, match="pip install stanza"):
        Trees(enabled=True).judge(workplace)


def fake_parse(texts):
    """A noun phrase for each word."""
    return [Tree("S", (Tree("NP"),) * len(text.split())) for text in texts]


def test_the_tree_critic_wants_another_structure(workplace, monkeypatch):
    monkeypatch.setattr("distill.impossible.critics.load_parser", lambda: fake_parse)
    texts = [("a b c d", "a b"), ("a b c d", "a b c"), ("a b", "c d")]
    assert reasons(Trees(2), workplace, *texts) == ["", "same_tree", "same_tree"]
    assert reasons(Trees(2), workplace) == []


def test_the_parse_of_the_target_stands_behind_the_source():
    pair = Pair("I saw it.", "It was seen.", "x", controls=("<lex1>", "<ord0>", "<len1>"))
    whole, flat = (with_parses([pair], fake_parse, depth)[0] for depth in (0, 1))
    assert whole.src == "I saw it. (S (NP) (NP) (NP))"
    assert flat.src == "I saw it. (S)"
    assert (whole.tgt, whole.controls) == (pair.tgt, pair.controls)
    assert with_parses([], trees.load_parser, 0) == []


def test_summaries_are_short_enough_for_their_code():
    assert SummaryCritics().length.max_ratio < LENGTH[0]
    assert longer_first("a b", "a b c") == ("a b c", "a b")
    assert longer_first("a b c", "a b") == ("a b c", "a b")


def test_a_table_with_one_key_leaves_the_others_as_they_are():
    found = from_table(SummaryCritics, {"length": {"min_words": 5}, "entailment": {"model": "m"}})
    assert found.length == Shorter(min_words=5) and found.length.max_ratio < LENGTH[0]
    assert found.entailment.enabled and not found.entailment.both_ways
    assert from_table(Critics, {"length": {"min_words": 5}}).length == Ratio(min_words=5)


def test_costly_critics_are_off_until_asked_for():
    on = Critics().filters()
    assert list(on)[-1] == "way_back"
    assert "entailment" not in on and "trees" not in on
    assert list(SummaryCritics().filters())[-1] == "entailment"
