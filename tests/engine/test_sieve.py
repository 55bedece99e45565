"""Guards, judge and choice, on candidates written by hand."""

import pytest
from engine_fakes import FakeScorer, framer, prepared, scored

from paraphraser_tui.engine.guard import guarded
from paraphraser_tui.engine.judge import Judge
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.result import Kept
from paraphraser_tui.engine.select import choose

SOURCE = "The manager postponed the meeting because 3 people were ill."
GOOD = "The manager put off the meeting since 3 people were sick."
OTHER = "Because 3 people were ill, the manager delayed the meeting."


def sieve(pool, source=SOURCE, options=None, freeze=()):
    accepted, refused = guarded(prepared(source, freeze), pool, framer(), options or Options())
    return [c.text for c in accepted], +refused


def judge(pools, table=None, options=None, sources=(SOURCE,)):
    ready = [prepared(source) for source in sources]
    return Judge(FakeScorer(table or {}), framer()).results(ready, pools, options or Options())


def test_good_candidates_pass_once_and_in_order():
    assert sieve([OTHER, GOOD, OTHER]) == ([OTHER, GOOD], {})


@pytest.mark.parametrize(
    "copy",
    [SOURCE, SOURCE.lower(), SOURCE.replace(".", "!"), SOURCE.replace(" because", ", because")],
)
def test_copies_are_dropped_and_not_counted(copy):
    assert sieve([copy]) == ([], {})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The manager put off the meeting since some people were sick.", "protected span"),
        ("The manager put off the meeting since 30 persons were sick.", "protected span"),
        ("The manager put off the meeting since 3 of 4 people were sick.", "number"),
        ("The manager put off the meeting since 3 people were not sick.", "negation"),
        ("Why did the manager put off the meeting with 3 people sick?", "question"),
        ("We put off the meeting with the manager since 3 people were sick.", "person"),
        ("However, the manager put off the meeting since 3 were sick.", "connective"),
        ("The manager put off the meeting since 3 3 people people were sick.", "number"),
        ("The manager, the manager put off the meeting as 3 were sick.", "repetition"),
        ("The manager blorfed the meeting since 3 people were sick.", "unknown word"),
        ("Put off: 3 sick.", "length"),
        (
            "The manager put off the meeting since 3 people were sick" + " and so on then" * 4,
            "length",
        ),
    ],
)
def test_what_is_refused_and_why(text, reason):
    assert sieve([text, GOOD]) == ([GOOD], {reason: 1})


def test_a_wrong_number_does_not_stand_in_the_way_of_the_right_one():
    assert sieve([GOOD.replace("3", "5"), GOOD])[0] == [GOOD]


def test_a_lost_name_is_refused():
    source = "We asked Peter to open the door."
    assert sieve(["We asked him to open the door."], source)[1].keys() <= {"name", "person"}
    assert sieve(["Peter was asked by us to open the door."], source)[0]


def test_a_frozen_word_must_stay():
    assert sieve([GOOD], freeze=["ill"]) == ([], {"protected span": 1})
    assert sieve([OTHER], freeze=["ill"]) == ([OTHER], {})


def test_max_length_counts_tokens():
    assert sieve([OTHER], options=Options(max_length=9)) == ([], {"length": 1})
    assert sieve([OTHER], options=Options(max_length=10)) == ([OTHER], {})


def test_a_candidate_is_tidied_before_it_is_judged():
    assert sieve([GOOD[0].lower() + GOOD[1:-1]]) == ([GOOD], {})


def test_the_judge_answers_every_sentence_in_order():
    sources = (SOURCE, "They went home early in the evening.")
    first, second = judge([[GOOD], ["In the evening they left early for home."]], sources=sources)
    assert (first.source, first.best) == (SOURCE, GOOD)
    assert second.source == sources[1] and second.variants


@pytest.mark.parametrize(
    "figures", [{"meaning": 0.7}, {"fidelity": 0.1}, {"surprise": 9.0}, {"ease": 0.1}], ids=str
)
def test_a_candidate_that_lost_meaning_is_not_shown(figures):
    (result,) = judge([[GOOD]], {GOOD: figures})
    assert (result.variants, result.kept, result.best) == ((), Kept.REJECTED, SOURCE)
    assert "no candidate passed the checks (" in result.reason


def test_min_meaning_is_a_limit():
    table = {GOOD: {"meaning": 0.9}}
    assert judge([[GOOD]], table, Options(min_meaning=0.9))[0].variants
    assert not judge([[GOOD]], table, Options(min_meaning=0.91))[0].variants


def test_nothing_but_copies_is_a_reason_too():
    (result,) = judge([[SOURCE]])
    assert result.kept is Kept.REJECTED and "equal to the source" in result.reason


def test_figures_are_those_of_the_candidate():
    (result,) = judge([[GOOD]], {GOOD: {"meaning": 0.91, "fluency": 0.42}})
    (variant,) = result.variants
    assert (variant.text, variant.meaning, variant.fluency) == (GOOD, 0.91, 0.42)
    assert 0 < variant.change < 1


def test_no_more_variants_than_wanted_and_no_doubles():
    pool = [GOOD, OTHER, GOOD]
    assert len(judge([pool], options=Options(num=1))[0].variants) == 1
    assert {v.text for v in judge([pool], options=Options(num=5))[0].variants} == {GOOD, OTHER}


def test_the_second_choice_is_unlike_the_first():
    near = GOOD.replace("sick", "ailing")
    found = [scored(SOURCE, t, meaning=m) for t, m in ((GOOD, 0.99), (near, 0.99), (OTHER, 0.95))]
    texts = [v.text for v in choose(found, Options(num=2, diversity=40))]
    assert OTHER in texts and len(texts) == 2


def test_the_dial_decides_between_near_and_far():
    near, far = scored(SOURCE, SOURCE.replace("ill", "sick")), scored(SOURCE, GOOD)
    assert near.candidate.change.overall < far.candidate.change.overall
    for diversity, best in ((0, near), (100, far)):
        (choice,) = choose([near, far], Options(diversity=diversity))
        assert choice.text == best.candidate.text


def test_better_meaning_wins_when_all_else_is_equal():
    worse, better = scored(SOURCE, GOOD, meaning=0.85), scored(SOURCE, GOOD, meaning=0.95)
    for order in ([worse, better], [better, worse]):
        assert choose(order, Options())[0].meaning == 0.95


def test_nothing_to_choose_from():
    assert choose([], Options(num=5)) == ()


def test_a_short_variant_comes_with_a_warning():
    (choice,) = choose([scored(SOURCE, "The manager delayed it.")], Options())
    assert "much shorter than the source" in choice.warnings
    (choice,) = choose([scored(SOURCE, GOOD)], Options())
    assert choice.warnings == ()
