"""The table of settings agrees with the engine and with the command line."""

from dataclasses import fields

import pytest

from paraphraser_tui.cli import arguments
from paraphraser_tui.engine.dials import Length
from paraphraser_tui.engine.options import Options
from paraphraser_tui.errors import OptionError
from paraphraser_tui.settings.keys import (
    BY_FIELD,
    BY_NAME,
    KEYS,
    SAMPLING_ONLY,
    Kind,
    check,
    from_text,
    typed,
)


def test_every_option_of_the_engine_is_a_setting():
    assert {key.field for key in KEYS if key.is_option} == {f.name for f in fields(Options)}
    assert [key.field for key in KEYS if not key.is_option] == ["preset", "model", "threads"]


def test_every_setting_is_an_option_of_the_command_line():
    known = {o: a.dest for a in arguments.parser()._actions for o in a.option_strings}
    assert {f"--{key.name}": key.field for key in KEYS}.items() <= known.items()


def test_a_setting_without_a_default_says_what_applies_and_has_an_example():
    for key in KEYS:
        assert (key.default is None) == bool(key.without) == (key.example is not None)


def test_what_counts_only_with_sampling_is_what_the_engine_says():
    values = {key.field: key.example for key in KEYS if key.is_option and key.default is None}
    refused = set()
    for field, value in values.items():
        try:
            Options(**{field: value})
        except OptionError as error:
            assert "only with sampling" in str(error)
            refused.add(field)
    assert refused == set(SAMPLING_ONLY)


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("diversity", "high", 80),
        ("diversity", 7, 7),
        ("lexical", "low", 20),
        ("min-meaning", 1, 1.0),
        ("length", "shorter", Length.SHORTER),
        ("freeze", ["a b", "c"], ("a b", "c")),
        ("sample", True, True),
        ("top-k", 0, 0),
    ],
)
def test_a_value_is_taken_as_the_program_needs_it(name, raw, value):
    found = typed(BY_NAME[name], raw, "f")
    assert found == value and type(found) is type(value)


HUGE = int("9" * 400)


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        (
            "diversity",
            "x",
            "diversity in f must be a whole number from 0 to 100, or low, medium, high, not 'x'",
        ),
        ("order", 5.0, "order in f must be a whole number from 0 to 100, .* not 5.0"),
        ("num", True, "num in f must be a whole number, not true"),
        ("num", "3", "num in f must be a whole number, not '3'"),
        ("num", HUGE, "num in f must be a whole number, not 999.*"),
        ("patience", HUGE, "patience in f must be a number, not 999.*"),
        ("patience", False, "patience in f must be a number, not false"),
        ("sample", 1, "sample in f must be true or false, not 1"),
        ("sample", "true", "sample in f must be true or false, not 'true'"),
        ("length", "tiny", "length in f must be one of shorter, same, longer, not 'tiny'"),
        ("freeze", "Acme", "freeze in f must be a list of words or phrases, not 'Acme'"),
        ("freeze", ["a", 1], "freeze in f must be a list of words or phrases, not .*'a', 1.*"),
        ("model", "", "model in f must be the name of a model, not ''"),
        ("preset", {"mine": {}}, r"preset .* a table \[presets.NAME\] makes one, not a table"),
    ],
)
def test_a_wrong_type_says_what_was_expected(name, raw, message):
    with pytest.raises(OptionError, match=f"^{message}$") as caught:
        typed(BY_NAME[name], raw, "f")
    assert len(str(caught.value)) < 150


def test_a_number_that_python_does_not_even_write():
    with pytest.raises(OptionError, match=r"a whole number, not so large a number$"):
        typed(BY_NAME["num"], 16**9000, "f")


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_kind_refuses_what_is_not_its_own(key):
    wrong = {Kind.SWITCH: "yes", Kind.TERMS: 1}.get(key.kind, ["x"])
    for raw in (wrong, {}, None):
        with pytest.raises(OptionError, match=f"^{key.name} in f must be "):
            typed(key, raw, "f")


@pytest.mark.parametrize(("text", "value"), [("high", 80), ("7", 7), ("-3", -3)])
def test_numbers_and_words_from_the_environment(text, value):
    assert from_text(BY_FIELD["diversity"], text, "f") == value


def test_a_model_of_digits_stays_a_name():
    assert from_text(BY_FIELD["model"], "7", "f") == "7"


def test_what_cannot_be_a_number_in_the_environment():
    with pytest.raises(OptionError, match=r"^threads in f must be a whole number, not '1\.5'$"):
        from_text(BY_FIELD["threads"], "1.5", "f")


def test_a_value_is_checked_alone():
    check(BY_FIELD["num"], 20)  # whatever the beam
    check(BY_FIELD["seed"], 1)  # whether or not there is sampling
    check(BY_FIELD["threads"], None)
    for field, value in [("num", 21), ("seed", -1), ("threads", 0), ("freeze", (" ",))]:
        with pytest.raises(OptionError):
            check(BY_FIELD[field], value)
