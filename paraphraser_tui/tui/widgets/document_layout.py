"""A document in rows of cells, and which sentence stands where; knows nothing of a screen."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from rich.cells import cell_len

from ...document.formats import Document, Part, Segment
from ...text.sanitize import for_display
from .wrapping import expanded, wrapped

_LINE_END = re.compile(r"\r\n?")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")


@dataclass(frozen=True)
class Piece:
    """Text as it is shown, of one sentence or (number None) between sentences."""

    text: str
    number: int | None = None


@dataclass(frozen=True)
class Row:
    """One row, and the sentences that begin in it."""

    pieces: tuple[Piece, ...] = ()
    begins: tuple[int, ...] = ()


class Layout:
    """The rows of a document; what changes in a sentence touches the lines around it only.

    There are no rows before `wrap` is called for the first time.
    """

    def __init__(self, document: Document) -> None:
        self._segments = document.segments
        self._blocks = [_Block(pieces) for pieces in _lines(document)]
        self._home = [i for i, block in enumerate(self._blocks) for _ in block.numbers()]
        self._tops = [0]
        self._width = 0

    @property
    def height(self) -> int:
        """The number of rows."""
        return self._tops[-1]

    def wrap(self, width: int) -> None:
        """Break the lines anew, at so many cells."""
        self._width = width
        for block in self._blocks:
            block.wrap(width)
        self._stack()

    def replace(self, texts: Mapping[int, str]) -> None:
        """Show other sentences, by their number. Raises IndexError for one that is not there."""
        touched = set()
        for number, text in texts.items():
            home = self._home_of(number)
            if self._blocks[home].replace(number, flowing(self._segments[number].write(text))):
                touched.add(home)
        if self._width and touched:
            for home in touched:
                self._blocks[home].wrap(self._width)
            self._stack()

    def row(self, y: int) -> Row:
        """A row by its number; an empty one below the last."""
        if not 0 <= y < self.height:
            return Row()
        home = bisect_right(self._tops, y) - 1
        return self._blocks[home].row(y - self._tops[home])

    def rows_of(self, number: int) -> range:
        """The rows on which a sentence stands. Raises IndexError for one that is not there."""
        home = self._home_of(number)
        rows = self._blocks[home].rows_of(number)
        return range(rows.start + self._tops[home], rows.stop + self._tops[home])

    def segment_at(self, line: int, column: int) -> int | None:
        """The sentence in this row and cell; None between sentences and beside the text."""
        for piece in self.row(line).pieces:
            column -= cell_len(piece.text)
            if column < 0:
                return piece.number
        return None

    def _home_of(self, number: int) -> int:
        if number < 0:
            raise IndexError("no such sentence")
        return self._home[number]

    def _stack(self) -> None:
        self._tops = [0, *accumulate(block.height for block in self._blocks)]


class _Block:
    """A line of the document, or a paragraph of which a sentence goes on over a line end."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._indices = {p.number: i for i, p in enumerate(pieces) if p.number is not None}
        self._text = ""
        self._places: list[int] = []  # of the pieces in the text
        self._starts: list[int] = []  # of the rows in the text
        self._ends: list[int] = []

    @property
    def height(self) -> int:
        return len(self._starts)

    def numbers(self) -> Iterable[int]:
        return self._indices

    def replace(self, number: int, text: str) -> bool:
        """Whether that makes a difference; it is seen once the block is wrapped."""
        index = self._indices[number]
        before, self._pieces[index] = self._pieces[index], Piece(text, number)
        return before != self._pieces[index]

    def wrap(self, width: int) -> None:
        texts = [piece.text for piece in self._pieces]
        if any("\t" in text for text in texts):
            texts = list(_without_tabs(texts))
        self._places = [0, *accumulate(map(len, texts))][: len(texts)]
        self._text = "".join(texts)
        self._starts, self._ends = [], []
        place = 0
        for line in self._text.split("\n"):
            for start, end in wrapped(line, width):
                self._starts.append(place + start)
                self._ends.append(place + end)
            place += len(line) + 1

    def row(self, y: int) -> Row:
        start, end = self._starts[y], self._ends[y]
        pieces, begins = [], []
        for index in range(max(bisect_right(self._places, start) - 1, 0), len(self._pieces)):
            place, stop = self._span(index)
            if place >= end:
                break
            number = self._pieces[index].number
            if text := self._text[max(place, start) : min(stop, end)]:
                pieces.append(Piece(text, number))
            if number is not None and place >= start:
                begins.append(number)
        return Row(tuple(pieces), tuple(begins))

    def rows_of(self, number: int) -> range:
        start, end = self._span(self._indices[number])
        first = bisect_right(self._starts, start) - 1
        return range(first, max(bisect_left(self._starts, end), first + 1))

    def _span(self, index: int) -> tuple[int, int]:
        following = index + 1
        end = self._places[following] if following < len(self._places) else len(self._text)
        return self._places[index], end


def shown(text: str) -> str:
    """Text of a document as it may be shown, with line feeds as the only line ends."""
    return for_display(_LINE_END.sub("\n", text))


def flowing(raw: str) -> str:
    """A sentence as it may be shown, its line ends taken for blanks: the view has its own."""
    return _BREAK.sub(" ", shown(raw))


def _lines(document: Document) -> Iterator[list[Piece]]:
    """The pieces line by line; hard-wrapped paragraphs are one line each."""
    line: list[Piece] = []
    number = 0
    parts = list(document.parts())
    for before, part, after in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        if not isinstance(part, str):
            line.append(Piece(flowing(part.raw), number))
            number += 1
            continue
        text = shown(part)
        if _BREAK.fullmatch(text) and (_is_broken(before) or _is_broken(after)):
            text = " "
        first, *rest = text.split("\n")
        line += [Piece(first)] if first else []
        for text in rest:
            yield line
            line = [Piece(text)] if text else []
    if line:
        yield line


def _is_broken(part: Part | None) -> bool:
    """Whether it is a sentence that goes on in another line, as in a hard-wrapped paragraph."""
    return isinstance(part, Segment) and "\n" in part.raw


def _without_tabs(texts: Iterable[str]) -> Iterator[str]:
    """Stretches of text that follow one another, with their tabs expanded."""
    before = ""  # on the line that is not over yet
    for text in texts:
        if "\t" in text:
            first, *rest = text.split("\n")
            text = "\n".join([expanded(first, cell_len(before)), *map(expanded, rest)])
        before = text.rpartition("\n")[2] if "\n" in text else before + text
        yield text
