"""Which format a document has, and its reader."""

from enum import StrEnum
from importlib import import_module
from pathlib import PurePath

from .model import Document


class Format(StrEnum):
    """A format that documents are read and written in."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    LATEX = "latex"
    SRT = "srt"
    VTT = "vtt"


_SUFFIXES = {
    Format.MARKDOWN: ".md .markdown .mdown .mkd .mkdn .qmd .rmd",
    Format.HTML: ".html .htm .xhtml",
    Format.LATEX: ".tex .latex .ltx",
    Format.SRT: ".srt",
    Format.VTT: ".vtt",
}
_BY_SUFFIX = {suffix: kind for kind, all_ in _SUFFIXES.items() for suffix in all_.split()}
# Named, not imported: who reads plain text does not wait for the others.
_READERS = {Format.SRT: "subtitles", Format.VTT: "subtitles"}


def by_name(name: str) -> Format:
    """The format that a file's name tells; plain text for any other.

    >>> by_name("notes/README.MD").value, by_name("-").value
    ('markdown', 'plain')
    """
    return _BY_SUFFIX.get(PurePath(name).suffix.lower(), Format.PLAIN)


def parse(text: str, kind: Format = Format.PLAIN) -> Document:
    """Read a document; all of its text is in the result."""
    reader = import_module(f".{_READERS.get(kind, kind.value)}", __package__)
    return reader.parse(text)
