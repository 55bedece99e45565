"""Plain text: sentences as `text.segment` finds them."""

from collections.abc import Iterator

from ...text.segment import ParagraphSplitter, pieces
from ...text.wrap import LINE_BREAK, unwrap
from .model import Document, Segment
from .tokens import Role, Syntax, Token, text

SYNTAX = Syntax()


def parse(document: str) -> Document:
    """The sentences of a plain text."""
    return Document(document, tuple(_segments(document)))


def _segments(document: str) -> Iterator[Segment]:
    splitter = ParagraphSplitter()
    paragraphs = splitter.feed(document) + splitter.finish()
    place = 0
    for paragraph in paragraphs:
        for piece in pieces(paragraph):
            end = place + len(piece.text)
            if piece.prose:
                found = tuple(_tokens(piece.text))
                yield Segment(place, end, unwrap(piece.text), (), found, SYNTAX)
            place = end


def _tokens(sentence: str) -> Iterator[Token]:
    done = 0
    for match in LINE_BREAK.finditer(sentence):
        yield text(sentence[done : match.start()])
        yield Token(Role.BREAK, match.group(), " ")
        done = match.end()
    yield text(sentence[done:])
