"""Bytes to text and back: UTF-8 with or without BOM, UTF-16 by its BOM, or a named encoding.

Line ends are never translated, so encoding the text again gives the same bytes.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..errors import InputError

# (byte order mark, codec without a mark); UTF-32 first, for its mark begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Codecs that write a mark before whatever they encode, and what to use instead.
_MARKING = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_LONGEST_MARK = max(len(mark) for mark, _ in _MARKS)


@dataclass(frozen=True)
class Encoding:
    """How a text is stored: the codec's name and the byte order mark before it, if any."""

    name: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Bytes of `text` without the mark, which belongs once at the start of a file.

        Raises InputError if the encoding has no byte for a character of the text.
        """
        try:
            return text.encode(self.name)
        except UnicodeEncodeError as error:
            char = text[error.start]
            raise InputError(f"{self.name} cannot store {char!r}; use --encoding utf-8") from None


def sniff(head: bytes, named: str | None = None) -> Encoding:
    """The encoding of a text that starts with these bytes.

    Raises InputError for an unknown name, or for data that is not text (a NUL
    byte outside UTF-16 and UTF-32).
    """
    mark, name = next(((m, n) for m, n in _MARKS if head.startswith(m)), (b"", "utf-8"))
    if named:
        wanted = _text_codec(named)
        if not (wanted in _MARKING and name.startswith(wanted + "-")):
            wanted = _MARKING.get(wanted, wanted)
            if wanted != name:
                # A mark of another encoding is ordinary data here.
                mark, name = b"", wanted
    if b"\0" in head and not name.startswith(("utf-16", "utf-32")):
        raise InputError("this is binary data, not text")
    return Encoding(name, mark)


def decode_stream(
    chunks: Iterable[bytes], named: str | None = None
) -> tuple[Encoding, Iterator[str]]:
    """The encoding, and the text in pieces as the bytes arrive.

    Raises InputError for binary data or for a byte that the encoding does not
    know; the message names its offset.
    """
    chunks = iter(chunks)
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= _LONGEST_MARK:
            break
    encoding = sniff(head, named)
    return encoding, _decode(encoding, head[len(encoding.mark) :], chunks)


def _text_codec(named: str) -> str:
    try:
        codec = codecs.lookup(named)
        "".encode(named)  # refuses "base64" and its like, which are no text encodings
        return codec.name
    except (LookupError, ValueError):
        raise InputError(f"unknown encoding {named!r}; try utf-8 or latin-1") from None


def _decode(encoding: Encoding, head: bytes, rest: Iterator[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding.name)()
    offset = len(encoding.mark)
    for chunk, final in _with_last([head], rest):
        if b"\0" in chunk and not encoding.name.startswith(("utf-16", "utf-32")):
            at = offset + chunk.index(b"\0")
            raise InputError(f"this is binary data, not text (a zero byte at offset {at})")
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            at = offset - pending + error.start
            raise InputError(
                f"byte {error.object[error.start]:#04x} at offset {at} is not {encoding.name}; "
                "name the encoding with --encoding, for instance latin-1"
            ) from None
        except UnicodeError as error:
            raise InputError(f"this is not {encoding.name}: {error}") from None
        offset += len(chunk)
        if text:
            yield text


def _with_last(first: list[bytes], rest: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each chunk as soon as it is there, then an empty one marked as the last."""
    for chunk in first:
        yield chunk, False
    for chunk in rest:
        yield chunk, False
    yield b"", True
