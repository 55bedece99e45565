"""Plain text: sentences as `text.segment` finds them."""

from collections.abc import Iterable, Iterator
from itertools import chain

from ...text.segment import ParagraphSplitter, pieces
from ...text.wrap import LINE_BREAK, unwrap
from .model import Document, Part, Segment
from .tokens import Role, Syntax, Token, text

SYNTAX = Syntax()


def parse(document: str) -> Document:
    """The sentences of a plain text."""
    found = chain.from_iterable(stream([document]))
    return Document(document, tuple(part for part in found if isinstance(part, Segment)))


def stream(chunks: Iterable[str], by_line: bool = False) -> Iterator[Iterator[Part]]:
    """For each chunk the parts of the paragraphs, or of the lines, that it completes."""
    splitter = ParagraphSplitter(max_lines=1) if by_line else ParagraphSplitter()
    place = 0
    for chunk in chunks:
        paragraphs = splitter.feed(chunk)
        yield _parts(paragraphs, place)
        place += sum(map(len, paragraphs))
    yield _parts(splitter.finish(), place)


def _parts(paragraphs: list[str], place: int) -> Iterator[Part]:
    for piece in chain.from_iterable(map(pieces, paragraphs)):
        end = place + len(piece.text)
        if piece.prose:
            found = tuple(_tokens(piece.text))
            yield Segment(place, end, unwrap(piece.text), (), found, SYNTAX)
        else:
            yield piece.text
        place = end


def _tokens(sentence: str) -> Iterator[Token]:
    done = 0
    for match in LINE_BREAK.finditer(sentence):
        yield text(sentence[done : match.start()])
        yield Token(Role.BREAK, match.group(), " ")
        done = match.end()
    yield text(sentence[done:])
