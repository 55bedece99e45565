"""The command line: what it means, and what it refuses with one line."""

import pytest

from paraphraser_tui.cli.arguments import parse
from paraphraser_tui.cli.request import View
from paraphraser_tui.engine.dials import Length
from paraphraser_tui.engine.options import Options
from paraphraser_tui.errors import OptionError

REFUSED = [
    ("--text x file", "either --text or files"),
    ("--sample --beam-size 4", "exclude each other"),
    ("--temperature 0.5", "temperature counts only with sampling"),
    ("--top-k 5", "top-k counts only with sampling"),
    ("--top-p 0.5", "top-p counts only with sampling"),
    ("--seed 1", "seed counts only with sampling"),
    ("-n 6 --beam-size 5", "need a beam of at least 6"),
    ("-n 0", "num must be between 1 and 20"),
    ("-n -1", "num must be"),
    ("-n 21", "num must be"),
    ("-n two", "invalid int value: 'two'"),
    ("--beam-size 0", "beam-size must be"),
    ("--beam-size 33", "beam-size must be"),
    ("--diversity 101", "diversity must be between 0 and 100"),
    ("--diversity=-1", "diversity must be between 0 and 100"),
    ("--diversity wild", "wild"),
    ("--diversity 5.5", "5.5"),
    ("--lexical 101", "lexical must be between 0 and 100"),
    ("--order some", "some"),
    ("--length huge", "huge"),
    ("--preset wild", "wild"),
    ("--patience 0", "patience must be above 0"),
    ("--sample --temperature 0", "temperature must be above 0"),
    ("--sample --temperature=-1", "temperature must be above 0"),
    ("--sample --temperature nan", "temperature must be above 0"),
    ("--sample --temperature inf", "temperature must be above 0"),
    ("--sample --top-k=-1", "top-k must be between"),
    ("--sample --top-p 0", "top-p must be above 0 and at most 1"),
    ("--sample --top-p 1.1", "top-p must be above 0 and at most 1"),
    ("--sample --seed=-1", "seed must be between"),
    ("--sample --seed 4294967296", "seed must be between"),
    ("--min-meaning 1.1", "min-meaning must be between 0 and 1"),
    ("--min-meaning nan", "min-meaning must be between 0 and 1"),
    ("--max-length 0", "max-length must be"),
    ("--max-length 1025", "max-length must be"),
    ("--threads 0", "threads must be between"),
    ("--format xml", "invalid choice: 'xml'"),
    ("--freeze=", "frozen term must not be empty"),
    ("--nonsense", "unrecognized arguments: --nonsense"),
    ("--tex hello", "--tex"),  # no abbreviations: they would bind us for ever
    ("--output", "expected one argument"),
]


@pytest.mark.parametrize(("line", "reason"), REFUSED, ids=[line for line, _ in REFUSED])
def test_refused(line, reason):
    with pytest.raises(OptionError) as caught:
        parse(line.split())
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "line", ["--sample --beam-size 4", "-n 0", "--nonsense", "-n", "--text x y"]
)
def test_a_usage_error_is_exactly_one_line_on_stderr(line, paraphrase):
    done = paraphrase(*line.split(), stdin=b"It rained.\n")
    assert done.code == 2
    assert done.out == b""
    assert done.err.startswith("paraphrase: error: ") and done.err.count("\n") == 1
    assert not done.engines  # said before the model is loaded


def test_defaults():
    request = parse([])
    assert request.options == Options()
    assert (request.files, request.text, request.view) == ((), None, View.TEXT)
    assert (request.output, request.threads, request.strict) == (None, None, False)


def test_every_option_arrives():
    request = parse(
        "-n 3 --diversity high --sample --temperature 0.7 --top-k 9 --top-p 0.8 --seed 5 "
        "--min-meaning 0.9 --freeze Acme --freeze=Foo --max-length 60 --threads 2 --model m "
        "--format jsonl -o out --encoding latin-1 --strict -v a b".split()
    )
    assert request.options == Options(
        num=3, diversity=80, sampling=True, temperature=0.7, top_k=9, top_p=0.8, seed=5,
        min_meaning=0.9, freeze=("Acme", "Foo"), max_length=60,
    )  # fmt: skip
    assert (request.files, request.threads, request.model) == (("a", "b"), 2, "m")
    assert (request.view, request.output, request.encoding) == (View.JSONL, "out", "latin-1")
    assert request.strict and request.verbose


@pytest.mark.parametrize(
    ("word", "value"), [("low", 20), ("medium", 50), ("high", 80), ("0", 0), ("100", 100)]
)
def test_diversity_in_words_and_numbers(word, value):
    assert parse(["--diversity", word]).options.diversity == value


def test_n_widens_the_beam():
    assert parse(["-n", "12"]).options.beams == 12


@pytest.mark.parametrize("flag", ["--help", "--version"])
def test_help_and_version_go_to_stdout(flag, capsys):
    with pytest.raises(SystemExit) as caught:
        parse([flag])
    assert caught.value.code == 0
    seen = capsys.readouterr()
    assert "paraphrase" in seen.out and seen.err == ""


def test_help_names_every_option_and_exit_code(capsys):
    with pytest.raises(SystemExit):
        parse(["--help"])
    text = capsys.readouterr().out
    for option in (
        "--num --diversity --beam-size --sample --temperature --top-k --top-p --seed --min-meaning "
        "--freeze --max-length --preset --lexical --order --length --patience --length-penalty "
        "--repetition-penalty --no-repeat-ngram-size --threads --model --format --output --strict "
        "--text --encoding"
    ).split():
        assert option in text
    assert "130 interrupted" in text


def test_a_frozen_term_in_a_locale_without_utf_8():
    # There Python hands over the bytes of an argument as lone surrogates.
    term = "café".encode().decode("ascii", "surrogateescape")
    assert parse(["--freeze", term]).options.freeze == ("café",)


def test_a_preset_and_what_is_given_beside_it():
    assert parse(["--preset", "bold"]).options.diversity == 80
    assert parse(["--preset", "shorter"]).options.length is Length.SHORTER
    options = parse(["--preset", "bold", "--diversity", "30", "--length", "same"]).options
    assert (options.diversity, options.length) == (30, Length.SAME)


def test_the_finer_dials_and_the_search():
    options = parse(
        "--lexical high --order 10 --patience 2 --length-penalty 0.8 --repetition-penalty 1.2 "
        "--no-repeat-ngram-size 3".split()
    ).options
    assert options == Options(
        lexical=80, order=10, patience=2, length_penalty=0.8, repetition_penalty=1.2,
        no_repeat_ngram_size=3,
    )  # fmt: skip
