"""What holds for any Word document."""

from collections import Counter

from docx_samples import W, docx, paragraphs, unpacked
from format_samples import changed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from paraphraser_tui.document.formats import Format, read
from paraphraser_tui.errors import InputError

FEW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
BODIES = st.lists(paragraphs(), min_size=1, max_size=3).map("".join)
# Word finds these out again.
DROPPED = {f"{{{W}}}{name}" for name in ("proofErr", "r", "t")}
UNSEEN = {f"{{{W}}}lang"}


def tree(data):
    return etree.fromstring(unpacked(data)["word/document.xml"])


def letters(data):
    """Every character of the words that are read, and how it looks; blanks have no look."""
    out = []
    for words in tree(data).iter(f"{{{W}}}t"):
        properties = words.getparent().find(f"{{{W}}}rPr")
        seen = [] if properties is None else [p for p in properties if p.tag not in UNSEEN]
        look = b"".join(map(etree.tostring, seen))
        out += [(letter, look) for letter in words.text or "" if not letter.isspace()]
    return out


def things(data):
    """All that is neither words nor a run."""
    elements = [e for e in tree(data).iter() if isinstance(e.tag, str) and e.tag not in DROPPED]
    kept = [e for e in elements if not any(a.tag == f"{{{W}}}rPr" for a in e.iterancestors())]
    return Counter((e.tag, *e.attrib.items()) for e in kept if e.tag != f"{{{W}}}rPr")


def lines(text):
    """The lines, their blanks apart: in capitals a line break ends a sentence."""
    return [line.split() for line in text.split("\n")]


@FEW
@given(BODIES)
def test_with_nothing_new_the_file_is_as_it_was(body):
    data = docx(body)
    file = read(data)
    assert file.write({}) == data
    assert file.write({n: s.source for n, s in enumerate(file.document.segments)}) == data


@FEW
@given(BODIES)
def test_sentences_are_in_order_and_are_what_is_read(body):
    document = read(docx(body)).document
    end = 0
    for segment in document.segments:
        assert end <= segment.start < segment.end <= len(document.text)
        assert document.text[segment.start : segment.end] == segment.source == segment.raw
        assert segment.source.strip() == segment.source
        assert not set("\r\n") & set(segment.source)
        assert all(phrase in segment.source for phrase in segment.freeze)
        end = segment.end
    assert document.text.count("\n") == body.count("</w:p>")


@FEW
@given(BODIES, st.data())
def test_only_the_new_sentence_is_other(body, data):
    file = read(docx(body))
    segments = file.document.segments
    if not segments:
        return
    number = data.draw(st.integers(0, len(segments) - 1))
    segment = segments[number]
    answers = [changed(segment.source, segment.freeze), "Now " + segment.source]
    answer = data.draw(st.sampled_from(answers))
    new = file.write({number: answer})
    if not segment.fits(answer):
        assert new == file.data
        return
    assert lines(read(new).document.text) == lines(file.document.write({number: answer}))
    assert things(new) == things(file.data)
    # Letters that look otherwise, or are others, are those of the sentence.
    old, now = letters(file.data), letters(new)
    start = _common(old, now)
    end = _common(old[start:][::-1], now[start:][::-1])
    source = iter(segment.source)
    assert all(letter in source for letter, _ in old[start : len(old) - end])


def _common(some, others):
    """How many are the same at the beginning."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(some), len(others)))


@FEW
@given(BODIES, st.text(max_size=30))
def test_any_answer_is_refused_or_gives_a_document(body, answer):
    file = read(docx(body))
    new = file.write(dict.fromkeys(range(len(file.document.segments)), answer))
    assert things(new) == things(file.data)
    again = read(new).document
    assert len(again.text.split("\n")) == len(file.document.text.split("\n"))


@FEW
@given(BODIES)
def test_all_sentences_at_once(body):
    file = read(docx(body))
    new = {n: changed(s.source, s.freeze) for n, s in enumerate(file.document.segments)}
    data = file.write(new)
    assert lines(read(data).document.text) == lines(file.document.write(new))
    assert things(data) == things(file.data)


@FEW
@given(BODIES, st.data())
def test_damage_is_told(body, data):
    whole = bytearray(docx(body))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        file = read(bytes(whole), Format.DOCX)
    except InputError as error:
        assert str(error).isprintable()
    else:
        new = file.write({n: "Now " + s.source for n, s in enumerate(file.document.segments)})
        assert read(new, Format.DOCX)
