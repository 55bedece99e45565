"""Sentences framed as a manifest says, and made ready."""

import pytest
from engine_fakes import CONTROLS, framer, prepared

from paraphraser_tui.engine.prepare import Prepared, Sentence, prepare
from paraphraser_tui.engine.result import Kept
from paraphraser_tui.engine.tokens import neutral_codes
from paraphraser_tui.models.manifest import Template
from paraphraser_tui.text.prose import NotProse

FULL = Template("say: ", ("<s>",), ("</s>",), ("<go>",), ("<pad>",), "</s>")


def test_frame_codes_prefix_and_text_in_order():
    assert framer(template=FULL).source("It rained", ("<lex0>", "<ord2>")) == [
        "<s>", "<lex0>", "<ord2>", "say:", "It", "rained", "</s>",
    ]  # fmt: skip


def test_targets_and_back():
    framed = framer(template=FULL)
    assert framed.target("It rained") == ["<go>", "It", "rained"]
    assert framed.text(["<go>", "It", "rained", "</s>"]) == "It rained"


def test_neutral_codes_are_the_middle_ones():
    assert neutral_codes(CONTROLS) == framer().neutral == ("<lex2>", "<ord1>")


def test_the_frame_counts_against_the_window():
    # before, two codes, prefix, after
    assert framer(window=20, template=FULL).max_text_tokens == 15


@pytest.mark.parametrize(
    ("text", "answer"),
    [("It rained  today", True), ("It ~ rained", False), ("It <lex3> rained", False)],
)
def test_faithful_text(text, answer):
    assert framer().is_faithful(text) is answer


def test_a_word_is_one_token():
    assert framer().is_word("rain") and not framer().is_word("blorf")


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("", NotProse.FIGURES),
        ("Dear Anna,", NotProse.GREETING),
        ("12 34 56 78", NotProse.FIGURES),
        ("the rain fell " * 13, Kept.TOO_LONG),
        ("You can see " + " and ".join(f"x_{i}" for i in range(17)), Kept.PROTECTED),
    ],
)
def test_sentences_left_alone(sentence, reason):
    assert prepare(Sentence(sentence), (), framer()) is reason


def test_the_longest_sentence_still_fits():
    assert isinstance(prepare(Sentence("the rain fell " * 12 + "."), (), framer()), Prepared)


def test_a_sentence_of_unknown_characters_is_left_alone():
    # A tilde alone in a word would be hidden as code; between letters of a name it is not asked.
    class Deaf(type(framer())):
        def is_faithful(self, text):
            return False

    deaf = framer()
    deaf.__class__ = Deaf
    assert prepare(Sentence("It rained all day."), (), deaf) is Kept.CHARACTERS


def test_the_model_sees_plain_quotes_and_no_addresses():
    ready = prepared("“It’s at https://a.org/x,” she told them.")
    assert ready.model_text.startswith("\"It's at ")
    assert "a.org" not in ready.model_text
    (name,) = [stand_in for stand_in, _ in ready.masked.stand_ins]
    assert (
        ready.finish(f"She told them it's at {name}.") == "She told them it’s at https://a.org/x."
    )
    assert ready.finish("She told them it is there.") is None


def test_frozen_words_must_come_back():
    ready = prepared("They moved the River Club away.", ["river club"])
    assert ready.finish("The River Club was moved away.") is not None
    assert ready.finish("The club was moved away.") is None
