"""A document as it arrives."""

from collections.abc import Iterable, Iterator

from .detect import Format, parse
from .model import Part


def parts(
    chunks: Iterable[str], kind: Format = Format.PLAIN, by_line: bool = False
) -> Iterator[Iterator[Part]]:
    """The parts of a document in order, as many at once as are there; joined they are the document.

    Plain text comes paragraph by paragraph while it is read, or line by line; of any other
    format the whole document is read first.
    """
    if kind is Format.PLAIN:
        from . import plain

        yield from plain.stream(chunks, by_line)
    else:
        yield parse("".join(chunks), kind).parts()
