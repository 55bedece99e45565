"""Which format a document has, and its reader."""

from enum import StrEnum
from importlib import import_module
from pathlib import PurePath

from ...errors import InputError
from ...text.decode import decode_stream
from .model import Document, File, TextFile


class Format(StrEnum):
    """A format that documents are read and written in."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    LATEX = "latex"
    SRT = "srt"
    VTT = "vtt"
    DOCX = "docx"

    @property
    def is_text(self) -> bool:
        """Whether a document is text, which `parse` reads; any other is for `read`."""
        return self is not Format.DOCX


_SUFFIXES = {
    Format.MARKDOWN: ".md .markdown .mdown .mkd .mkdn .qmd .rmd",
    Format.HTML: ".html .htm .xhtml",
    Format.LATEX: ".tex .latex .ltx",
    Format.SRT: ".srt",
    Format.VTT: ".vtt",
    Format.DOCX: ".docx .docm .dotx .dotm",
}
_BY_SUFFIX = {suffix: kind for kind, all_ in _SUFFIXES.items() for suffix in all_.split()}
# Named, not imported: who reads plain text does not wait for the others.
_READERS = {Format.SRT: "subtitles", Format.VTT: "subtitles"}
# What ZIP files begin with, and old Word documents, which DOCX with a password look like.
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def by_name(name: str) -> Format:
    """The format that a file's name tells; plain text for any other.

    >>> by_name("notes/README.MD").value, by_name("-").value
    ('markdown', 'plain')
    """
    return _BY_SUFFIX.get(PurePath(name).suffix.lower(), Format.PLAIN)


def by_content(head: bytes) -> Format | None:
    """The format that the first bytes tell, if they do.

    Any ZIP file is taken for DOCX: its reader says what is wrong with another.
    """
    return Format.DOCX if head.startswith(_NO_TEXT) else None


def read(data: bytes, kind: Format | None = None, encoding: str | None = None) -> File:
    """Read a file of any format; without one, it is what its first bytes tell or plain text.

    Raises InputError if the bytes are no such file, or no text in the encoding that is named
    or that they have.
    """
    kind = kind or by_content(data) or Format.PLAIN
    if kind is Format.DOCX:
        from .. import docx

        return docx.read(data)
    found, chunks = decode_stream([data], encoding)
    return TextFile(parse("".join(chunks), kind), found)


def parse(text: str, kind: Format = Format.PLAIN) -> Document:
    """Read a document that is text; all of it is in the result.

    Raises InputError for a format that is none.
    """
    if not kind.is_text:
        raise InputError(f"this is text and no {kind.value.upper()}")
    reader = import_module(f".{_READERS.get(kind, kind.value)}", __package__)
    return reader.parse(text)
