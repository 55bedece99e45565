"""Plain quotes for the model, the writer's own on the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.text.typography import dress, match_edges, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” she said.", '"Yes," she said.'),
        ("It’s Tom’s ‘idea’.", "It's Tom's 'idea'."),
        ("Wait… now", "Wait... now"),
        ("10\u00a0000\u202fm", "10 000 m"),
        ("„Ja“", '"Ja"'),
        ("dash — and – stay", "dash — and – stay"),
    ],
)
def test_plain(text, expected):
    assert plain(text) == expected


@given(st.text())
def test_plain_is_idempotent(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "“Yes,” she said, “I will.”",
        "It’s the dogs’ dinner.",
        "He called it ‘odd’ and left.",
        "Wait… I am coming.",
        "“It’s ‘fine’…” (“really”)",
        '"Yes," she said. It\'s fine...',
        "No quotes here.",
    ],
)
def test_dressed_again_a_text_is_as_it_was(text):
    assert dress(plain(text), like=text) == text


def test_a_paraphrase_gets_the_quotes_of_its_source():
    assert (
        dress('She said, "It\'s fine."', like="“It’s fine,” she said.") == "She said, “It’s fine.”"
    )


def test_a_mixed_source_leaves_quotes_alone():
    assert dress('A "b" c', like='“A” and "b"') == 'A "b" c'


@pytest.mark.parametrize(
    ("text", "like", "expected"),
    [
        ("it rained.", "Rain fell.", "It rained."),
        ("iPhone sales rose.", "Sales of it rose.", "iPhone sales rose."),
        ("It rained", "Rain fell.", "It rained."),
        ("It rained.", "Rain fell", "It rained"),
        ("It rained?", "Rain fell", "It rained?"),
        ("It rained!", "Rain fell.", "It rained!"),
        ("It rained...", "Rain fell", "It rained..."),
        ('He said "go"', "He said to go.", 'He said "go"'),
        ("It rained.", "rain fell.", "it rained."),
        ("Tom left.", "it was Tom who left.", "Tom left."),
        ("I left.", "it was late when I left.", "I left."),
        ("", "Rain fell.", ""),
        ("It rained.", "", "It rained"),
    ],
)
def test_edges_follow_the_source(text, like, expected):
    assert match_edges(text, like) == expected


@given(st.text(), st.text())
def test_only_the_first_letter_and_a_stop_may_change(text, like):
    out = match_edges(text, like)
    core = out.removesuffix(".").casefold()
    assert core == text.removesuffix(".").casefold() or core == text.casefold()
