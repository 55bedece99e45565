"""What holds for any text in any format."""

import re

import pytest
from format_samples import SAMPLES, changed, documents
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.document.formats import Format, parse
from paraphraser_tui.document.formats.tokens import Role

KINDS = pytest.mark.parametrize("kind", list(SAMPLES), ids=str)


def read(kind, data):
    return parse(data.draw(documents(kind)), kind)


def outside(document):
    """What stands before, between and after the segments."""
    places = [0, *(p for s in document.segments for p in (s.start, s.end)), len(document.text)]
    return [document.text[a:b] for a, b in zip(places[::2], places[1::2], strict=True)]


@KINDS
@given(st.data())
def test_with_nothing_replaced_the_text_is_as_it_was(kind, data):
    document = read(kind, data)
    assert document.write({}) == document.text
    sources = {i: s.source for i, s in enumerate(document.segments)}
    assert document.write(sources) == document.text


@KINDS
@given(st.data())
def test_segments_are_in_order_and_are_what_stands_there(kind, data):
    document = read(kind, data)
    end = 0
    for segment in document.segments:
        assert end <= segment.start < segment.end <= len(document.text)
        assert document.text[segment.start : segment.end] == segment.raw
        assert segment.source.strip() == segment.source
        assert not set("\r\n") & set(segment.source)
        assert all(phrase in segment.source for phrase in segment.freeze)
        end = segment.end


@KINDS
@given(st.data())
def test_outside_the_segments_nothing_changes(kind, data):
    document = read(kind, data)
    new = {i: changed(s.source, s.freeze) for i, s in enumerate(document.segments)}
    parts = list(document.parts())
    assert [p for p in parts if isinstance(p, str)] == [gap for gap in outside(document) if gap]
    numbers = iter(range(len(document.segments)))
    written = [p if isinstance(p, str) else p.write(new[next(numbers)]) for p in parts]
    assert document.write(new) == "".join(written)


@KINDS
@given(st.data())
def test_markup_survives_in_what_is_replaced(kind, data):
    for segment in read(kind, data).segments:
        written = segment.render(changed(segment.source, segment.freeze))
        if written is None:
            continue
        for token in segment.tokens:
            if token.role is not Role.TEXT:
                raws = [t.raw for t in segment.tokens if t.role is not Role.TEXT]
                assert written.count(token.raw) >= raws.count(token.raw)
        assert written.count("\n") == segment.raw.count("\n")


@KINDS
@given(st.data(), st.text(max_size=40))
def test_any_paraphrase_is_refused_or_has_all_verbatim_spans(kind, data, paraphrase):
    for segment in read(kind, data).segments:
        written = segment.render(paraphrase)
        for token in segment.tokens if written is not None else ():
            if token.role not in (Role.TEXT, Role.BREAK):
                assert token.raw in written


@KINDS
def test_of_a_sample_nearly_all_sentences_can_be_replaced(kind):
    document = parse(SAMPLES[kind], kind)
    assert document.segments
    refused = [s.source for s in document.segments if s.render(changed(s.source, s.freeze)) is None]
    assert not refused


@KINDS
def test_numbers_of_segments_are_checked(kind):
    with pytest.raises(IndexError):
        parse(SAMPLES[kind], kind).write({99: "No such segment."})


UNTOUCHED = {
    Format.MARKDOWN: r"""(?sx) ```.*?``` | `[^`]+` | ^---\n.*?\n--- | \$\$.*?\$\$ | \$[^$]+\$
        | \]\([^)]*\) | <[^>]+> | ^\[\w+\]:\ .*?$ | \| | ^\#.*?$ | https?://[^\s>]+ | \[\^1\]""",
    Format.HTML: r"(?sx) <(script|style|pre|code|textarea|title|h1)\b.*?</\1> | <[^>]*>",
    Format.LATEX: r"(?sx) ^.*\\begin\{document\} | \\(?:cite|ref|label|footnote)\{[^}]*\}"
    r" | \$[^$]*\$ | (?<!\\)%[^\n]* | \\begin\{(tabular|equation)\}.*?\\end\{\1\} | \\[a-z]+\{",
    Format.SRT: r"^\d+$|^.*-->.*$|<[^>]*>|\{[^}]*\}",
    Format.VTT: r"^WEBVTT.*$|^NOTE.*$|^.*-->.*$|<[^>]*>",
}


@pytest.mark.parametrize("kind", list(UNTOUCHED), ids=str)
def test_code_math_links_and_tags_are_never_in_the_words_that_are_replaced(kind):
    document = parse(SAMPLES[kind], kind)
    words = bytearray(len(document.text))
    for segment in document.segments:
        place = segment.start
        for token in segment.tokens:
            end = place + len(token.raw)
            if token.role is Role.TEXT:
                words[place:end] = b"\1" * len(token.raw)
            place = end
    spans = list(re.finditer(UNTOUCHED[kind], document.text, re.M))
    assert spans
    assert [m.group() for m in spans if any(words[m.start() : m.end()])] == []
    # And all of them are there, in their order, when everything is replaced.
    new = {i: changed(s.source, s.freeze) for i, s in enumerate(document.segments)}
    after = re.finditer(UNTOUCHED[kind], document.write(new), re.M)
    assert [m.group() for m in after] == [m.group() for m in spans]
