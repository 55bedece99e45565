"""Bytes to text and back, whole or in chunks."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.errors import InputError
from paraphraser_tui.text.decode import Encoding, decode_stream, sniff

# Without NUL, which marks binary data; with line ends of every kind.
TEXTS = st.one_of(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    st.text(st.sampled_from("aé€😀\r\n")),
)
MARKS = {
    "utf-8": b"",
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
}
SIZES = st.lists(st.integers(1, 7), min_size=1)


def stored(text, kind):
    return MARKS[kind] + text.encode(kind.removesuffix("-sig"))


def chunked(data, sizes):
    chunks = []
    while data:
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(data[:size])
        data = data[size:]
    return chunks


def decoded(chunks, named=None):
    encoding, texts = decode_stream(chunks, named)
    return encoding, "".join(texts)


@pytest.mark.parametrize("kind", MARKS)
@given(TEXTS.filter(lambda t: not t.startswith("\ufeff")), SIZES)
def test_encoding_the_text_again_gives_the_same_bytes(kind, text, sizes):
    data = stored(text, kind)
    for chunks in ([data], chunked(data, sizes)):
        encoding, found = decoded(chunks)
        assert found == text
        assert encoding.mark + encoding.encode(found) == data


@pytest.mark.parametrize("kind", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_line_ends_stay(kind):
    encoding, text = decoded([stored("One.\r\n\rTwo.\n", kind)])
    assert text == "One.\r\n\rTwo.\n"
    assert encoding == Encoding(kind.removesuffix("-sig"), MARKS[kind])


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"abc\xff", 3),
        (b"\xef\xbb\xbfab\xe9 c", 5),
        ("é".encode() + b"\xc3(", 2),
        (b"0123456789" + "€".encode()[:2], 10),
        (codecs.BOM_UTF16_LE + b"a\0b", 4),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_a_broken_byte_is_named_with_its_offset(data, offset, size):
    with pytest.raises(InputError, match=rf"{data[offset]:#04x} at offset {offset} is not utf"):
        decoded(chunked(data, [size]))


def test_text_before_a_broken_byte_is_given_out():
    _, texts = decode_stream([b"good text ", b"\xff"])
    assert next(texts) == "good text "


@pytest.mark.parametrize("size", [1, 1000])
@pytest.mark.parametrize("data", [b"\0", b"PK\3\4\0\0", b"text with a zero\0 byte"])
def test_binary_data_is_refused(data, size):
    with pytest.raises(InputError, match="binary data"):
        decoded(chunked(data, [size]))


def test_a_chunk_far_in_is_checked_for_binary_data():
    with pytest.raises(InputError, match="zero byte at offset 9"):
        decoded([b"some ", b"text\0"])


@pytest.mark.parametrize(
    ("named", "data", "text"),
    [
        ("latin-1", b"caf\xe9", "café"),
        ("cp1252", b"it\x92s", "it’s"),
        ("utf-8", b"caf\xc3\xa9", "café"),
        ("utf-8", codecs.BOM_UTF8 + b"a", "a"),
        ("utf-8-sig", codecs.BOM_UTF8 + b"a", "a"),
        ("utf-8-sig", b"a", "a"),
        ("utf-16", codecs.BOM_UTF16_BE + b"\0a", "a"),
        ("utf-16", codecs.BOM_UTF16_LE + b"a\0", "a"),
        ("utf-16", b"a\0", "a"),
        ("utf-16-be", b"\0a", "a"),
        ("utf-16-le", codecs.BOM_UTF16_LE + b"a\0", "a"),
        ("utf-32", codecs.BOM_UTF32_LE + b"a\0\0\0", "a"),
        ("latin-1", codecs.BOM_UTF8 + b"a", "ï»¿a"),
        ("shift_jis", "日本".encode("shift_jis"), "日本"),
    ],
)
def test_a_named_encoding(named, data, text):
    for chunks in ([data], chunked(data, [1])):
        encoding, found = decoded(chunks, named)
        assert found == text
        # Written group by group there must be one mark, and only if there was one.
        assert encoding.mark + b"".join(map(encoding.encode, found)) == data


@pytest.mark.parametrize("named", ["utf-9", "base64", "rot13", "hex", "zlib", "a\0b"])
def test_an_unknown_encoding_is_refused(named):
    with pytest.raises(InputError, match="unknown encoding"):
        sniff(b"abc", named)


@pytest.mark.parametrize("named", ["idna", "punycode", "ascii", "cp1252", "utf-7"])
def test_no_encoding_fails_in_another_way(named):
    with pytest.raises(InputError):
        decoded([b"xn--\x81\xff", b"\xff--"], named)


def test_a_character_that_the_encoding_lacks():
    with pytest.raises(InputError, match=r"latin-1 cannot store '…'; use --encoding utf-8"):
        Encoding("latin-1").encode("Wait…")


@given(st.binary(), st.sampled_from([None, "utf-8", "utf-16", "latin-1", "cp1252", "utf-7"]))
def test_any_bytes_are_text_or_an_input_error(data, named):
    try:
        encoding, text = decoded([data], named)
    except InputError:
        return
    if named != "utf-7":  # which has several ways to write the same
        assert encoding.mark + encoding.encode(text) == data


def test_nothing_is_an_empty_text():
    assert decoded([]) == decoded([b""]) == (Encoding(), "")
