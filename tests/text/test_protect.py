"""Spans that must survive: found, hidden, put back, checked."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.text.protect import Kind, mask, spans

TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            ["http://a.b/c", "a@b.cd", "`x y`", "foo_bar", "3.50", "Denver", "boston", "C++",
             "naïve", " ", " ", ".", "(", ")", ",", "“", "word", "Berlin", "1/2", "`", "\\"]
        ),
        max_size=25,
    ).map("".join),
)  # fmt: skip
FREEZE = st.lists(
    st.one_of(st.text(), st.sampled_from(["C++", "naïve", "word", "3", "a b"])), max_size=4
)


def known(word):
    return word.lower() in {"the", "word", "berlin", "we", "met"}


def found(text, *kinds, **options):
    return [span.text for span in spans(text, **options) if span.kind in kinds]


@given(TEXTS, FREEZE, st.booleans())
def test_masked_and_restored_a_text_is_as_it_was(text, freeze, deeply):
    masked = mask(text, spans(text, freeze, known, deeply))
    if masked is not None:
        assert masked.restore(masked.text) == text
        assert masked.keeps_visible(masked.text)


@given(TEXTS, FREEZE)
def test_spans_are_sorted_and_apart(text, freeze):
    all_spans = spans(text, freeze, known)
    assert all(text[s.start : s.end] == s.text != "" for s in all_spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(all_spans))


@given(TEXTS, FREEZE, st.data())
def test_a_lost_or_doubled_stand_in_is_noticed(text, freeze, data):
    masked = mask(text, spans(text, freeze))
    if masked and masked.stand_ins:
        name = data.draw(st.sampled_from([stand_in for stand_in, _ in masked.stand_ins]))
        assert masked.restore(masked.text.replace(name, "")) is None
        assert masked.restore(f"{masked.text} {name}") is None
        assert masked.restore(masked.text.replace(name, name + "ish")) is None


def test_hidden_spans_are_not_seen_by_the_model():
    text = "Write to ann@example.org or see https://example.org/a_b?c=1, then run `rm -r x`."
    masked = mask(text, spans(text))
    assert [original for _, original in masked.stand_ins] == [
        "ann@example.org", "https://example.org/a_b?c=1", "`rm -r x`",
    ]  # fmt: skip
    assert "example" not in masked.text and "`" not in masked.text


def test_a_moved_stand_in_is_restored_where_it_is():
    masked = mask("See http://a.b now.", spans("See http://a.b now."))
    ((name, _),) = masked.stand_ins
    assert masked.restore(f"Now see {name}.") == "Now see http://a.b."


def test_a_stand_in_never_is_a_word_of_the_text():
    text = "Denver and Boston: http://a.b"
    masked = mask(text, spans(text))
    assert masked.stand_ins[0][0] not in {"Denver", "Boston"}


def test_too_many_hidden_spans():
    text = " ".join(f"x_{i}" for i in range(16))
    assert len(mask(text, spans(text)).stand_ins) == 16
    assert mask(text + " x_y", spans(text + " x_y")) is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See https://a.org/b.", "https://a.org/b"),
        ("(see https://a.org/b)", "https://a.org/b"),
        ("See https://a.org/b_(c), please", "https://a.org/b_(c)"),
        ("“https://a.org”!", "https://a.org"),
        ("Go to www.a.org/?q=1&r=2#top now", "www.a.org/?q=1&r=2#top"),
        ("ftp://a.b/c: old", "ftp://a.b/c"),
    ],
)
def test_urls_end_before_punctuation(text, url):
    assert found(text, Kind.URL) == [url]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Run `pip install x` now", "`pip install x`"),
        ("Type ``a ` b`` now", "``a ` b``"),
        ("Call foo_bar() twice", "foo_bar()"),
        ("Open /etc/hosts, then", "/etc/hosts"),
        (r"Open C:\temp now", r"C:\temp"),
        ("Ask @ann today", "@ann"),
        ("Use <b> here", "<b>"),
        ("the $HOME variable", "$HOME"),
        ("x^2 grows", "x^2"),
    ],
)
def test_code_is_recognised(text, code):
    assert found(text, Kind.CODE) == [code]


@pytest.mark.parametrize(
    "text", ["and/or", "$3.50", "£1,000", "10-12", "well-known", "50%", "it's", "24/7"]
)
def test_ordinary_words_are_not_code(text):
    assert found(f"This is {text} here", Kind.CODE) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It cost $1,234.50 in 2019.", ["$1,234.50", "2019"]),
        ("At 3:45 on 12/05/2026, v2.5.1.", ["3:45", "12/05/2026", "2.5.1"]),
        ("Some 5-10 of 3rd", ["5", "10", "3"]),
        ("None.", []),
    ],
)
def test_numbers(text, numbers):
    assert found(text, Kind.NUMBER) == numbers


def test_a_visible_number_must_stay():
    masked = mask("It has 2 of 12.", spans("It has 2 of 12."))
    assert masked.text == "It has 2 of 12."
    assert masked.keeps_visible("Of 12 it has 2.")
    assert not masked.keeps_visible("It has 12.")
    assert not masked.keeps_visible("It has 22 of 12.")


def test_frozen_words_stay_as_they_are_written():
    text = "The Red Team met the red  team."
    masked = mask(text, spans(text, ["red team"]))
    assert masked.keeps_visible("We, the Red Team, met " + masked.stand_ins[0][0])
    assert not masked.keeps_visible("We, the red team, met")
    assert [original for _, original in masked.stand_ins] == ["red  team"]


def test_a_frozen_term_is_a_whole_word():
    assert found("Art, artist, start, ART.", Kind.FROZEN, freeze=["art"]) == ["Art", "ART"]


def test_the_longest_frozen_term_wins():
    assert found("New York City", Kind.FROZEN, freeze=["York", "new york"]) == ["New York"]


def test_names_outside_the_vocabulary_are_hidden():
    text = "We met Erdogan in Berlin."
    assert found(text, Kind.NAME, is_word=known) == ["Erdogan"]
    assert found(text, Kind.NAME, is_word=known, deeply=True) == ["Erdogan", "Berlin"]
    assert found(text, Kind.NAME) == []


def test_spans_that_touch_letters_or_each_other_are_hidden_together():
    text = "It is x`a`y and `b`http://c.d today"
    masked = mask(text, spans(text))
    assert [original for _, original in masked.stand_ins] == ["x`a`y", "`b`http://c.d"]


@pytest.mark.parametrize("text", ["a" * 30_000, "`" * 30_000, "a." * 15_000, "a`" * 3001 + "``"])
def test_one_endless_word_takes_no_endless_time(text):
    # A search that starts again at every character takes minutes for these.
    masked = mask(text, spans(text, ["term"]))
    assert masked is None or masked.restore(masked.text) == text


def test_a_name_with_a_stop_ends_a_sentence_with_one():
    text = "Leroy Millette Jr. opened the case."
    masked = mask(text, spans(text, is_word=lambda word: word in {"opened", "the", "case"}))
    ((stand_in, original),) = masked.stand_ins
    assert original == "Leroy Millette Jr."
    assert masked.restore(f"The case was opened by {stand_in}.") == (
        "The case was opened by Leroy Millette Jr."
    )


def test_quotations_are_hidden_deeply():
    text = 'He called it "a very sad day," and left for "home".'
    quoted = [s for s in spans(text, deeply=True) if s.kind is Kind.QUOTE]
    assert [s.text for s in quoted] == ["a very sad day"]
    masked = mask(text, quoted)
    assert masked.text == 'He called it "Denver," and left for "home".'
    assert masked.restore('For him it was "Denver," so he went "home".') == (
        'For him it was "a very sad day," so he went "home".'
    )
    assert not [s for s in spans(text) if s.kind is Kind.QUOTE]
