"""What may be asked of the engine, and what the dial means in control codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.engine.dials import Dials, Length
from paraphraser_tui.engine.options import MAX_BEAM_SIZE, Options
from paraphraser_tui.engine.presets import SETTINGS, Preset
from paraphraser_tui.errors import OptionError
from paraphraser_tui.models.manifest import Control
from paraphraser_tui.text.change import Change

LEX, ORD, LEN = (
    Control("lex", (0.1, 0.3, 0.4, 0.6)),
    Control("ord", (0.1, 0.3)),
    Control("len", (0.9, 1.1)),
)
NAN, INFINITE = float("nan"), float("inf")

REFUSED = [
    ({"num": 0}, "num must be between 1 and 20, not 0"),
    ({"num": 21}, "num must be between 1 and 20, not 21"),
    ({"diversity": -1}, "diversity must be"),
    ({"diversity": 101}, "diversity must be"),
    ({"diversity": NAN}, "diversity must be"),
    ({"lexical": 101}, "lexical must be"),
    ({"order": -1}, "order must be"),
    ({"patience": 0}, "patience must be above 0"),
    ({"beam_size": 0}, "beam-size must be"),
    ({"beam_size": MAX_BEAM_SIZE + 1}, "beam-size must be"),
    ({"beam_size": 4, "num": 5}, "need a beam of at least 5, not 4"),
    ({"beam_size": 5, "sampling": True}, "exclude each other"),
    ({"temperature": 1.0}, "temperature counts only with sampling"),
    ({"top_k": 5}, "top-k counts only with sampling"),
    ({"top_p": 0.5}, "top-p counts only with sampling"),
    ({"seed": 0}, "seed counts only with sampling"),
    ({"sampling": True, "temperature": 0}, "temperature must be above 0, not 0"),
    ({"sampling": True, "temperature": -1}, "temperature must be above 0"),
    ({"sampling": True, "temperature": NAN}, "temperature must be above 0"),
    ({"sampling": True, "temperature": INFINITE}, "temperature must be above 0"),
    ({"sampling": True, "top_p": 0}, "top-p must be above 0 and at most 1"),
    ({"sampling": True, "top_p": 1.01}, "top-p must be above 0 and at most 1"),
    ({"sampling": True, "top_k": -1}, "top-k must be between"),
    ({"sampling": True, "seed": -1}, "seed must be between"),
    ({"sampling": True, "seed": 2**32 - 1}, "seed must be between"),
    ({"min_meaning": -0.1}, "min-meaning must be between 0 and 1"),
    ({"min_meaning": NAN}, "min-meaning must be between 0 and 1"),
    ({"max_length": 0}, "max-length must be"),
    ({"repetition_penalty": 0}, "repetition-penalty must be above 0"),
    ({"length_penalty": NAN}, "length-penalty must be above 0"),
    ({"no_repeat_ngram_size": -1}, "no-repeat-ngram-size must be 0 or more"),
    ({"freeze": ("",)}, "frozen term must not be empty"),
    ({"freeze": ("a", " \t")}, "frozen term must not be empty"),
]  # fmt: skip

ACCEPTED = [
    {},
    {"num": 20},
    {"num": 5, "beam_size": 5},
    {"diversity": 0, "min_meaning": 0},
    {"diversity": 100, "min_meaning": 1},
    {"sampling": True, "temperature": 0.01, "top_k": 0, "top_p": 1, "seed": 2**32 - 2},
    {"sampling": True, "num": 20},
    {"max_length": 1, "no_repeat_ngram_size": 3, "freeze": ("a b",)},
]


@pytest.mark.parametrize(("given_options", "reason"), REFUSED, ids=str)
def test_refused(given_options, reason):
    with pytest.raises(OptionError) as caught:
        Options(**given_options)
    assert reason in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("given_options", ACCEPTED, ids=str)
def test_accepted(given_options):
    options = Options(**given_options)
    assert options.beams >= options.num


def change(lexical=0.0, order=0.0, length=1.0):
    return Change(lexical, order, length)


def nearest(dials, changes):
    return min(changes, key=dials.distance)


LEXICAL_STEPS = [change(lexical=step / 10) for step in range(11)]


def test_the_further_the_dial_the_more_change_is_wanted():
    found = [nearest(Dials(d), LEXICAL_STEPS).lexical for d in range(0, 101, 10)]
    assert found == sorted(found) and found[0] == 0 and found[-1] == 0.8


def test_a_finer_dial_takes_over():
    assert nearest(Dials(80, lexical=10), LEXICAL_STEPS).lexical == 0.1
    orders = [change(0.4, step / 10) for step in range(6)]
    assert nearest(Dials(50, order=0), orders).order == 0
    assert nearest(Dials(50, order=100), orders).order == 0.5


@pytest.mark.parametrize(
    ("length", "good", "bad"),
    [(Length.SHORTER, 0.7, 1.0), (Length.SAME, 1.0, 0.7), (Length.LONGER, 1.3, 1.0)],
)
def test_the_wanted_length(length, good, bad):
    dials = Dials(50, length=length)
    assert dials.distance(change(0.4, 0, good)) == 0 < dials.distance(change(0.4, 0, bad))
    code = dials.settings((LEN,))[0]
    assert code == (f"<len{[*Length].index(length)}>",)


@pytest.mark.parametrize("preset", Preset)
def test_presets_are_options(preset):
    assert Options(**SETTINGS[preset]) != Options() or preset is Preset.BALANCED


@pytest.mark.parametrize(
    ("diversity", "dialled"),
    [
        (0, ("<lex0>", "<ord0>", "<len1>")),
        (34, ("<lex1>", "<ord0>", "<len1>")),
        (50, ("<lex2>", "<ord1>", "<len1>")),
        (100, ("<lex4>", "<ord2>", "<len1>")),
    ],
)
def test_the_dialled_codes_come_first_and_others_follow(diversity, dialled):
    first, *others = Dials(diversity).settings((LEX, ORD, LEN))
    assert first == dialled
    assert len(others) >= 1 and len({first, *others}) == 1 + len(others)


def test_a_model_without_codes_has_one_setting():
    assert Dials(50).settings(()) == ((),)


DIAL = st.integers(0, 100)


@given(
    DIAL,
    st.none() | DIAL,
    st.none() | DIAL,
    st.none() | st.sampled_from(Length),
    st.permutations([LEX, ORD, LEN]),
)
def test_codes_are_known_and_follow_the_models_order(diversity, lexical, order, length, controls):
    for codes in Dials(diversity, lexical, order, length).settings(controls):
        for control, code in zip(controls, codes, strict=True):
            assert code in {control.token(i) for i in range(control.levels)}
