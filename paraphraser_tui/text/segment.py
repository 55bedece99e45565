"""Cut plain text into sentences and what lies between them, without losing a character."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

from .wrap import marker_length, soft_breaks

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_LINE_END = re.compile(r"[\r\n]")
# Columns of a table: what stands on both sides of a tab or of many blanks is no one sentence.
_CELL_BORDER = re.compile(r"(?<=\S)([ ]*\t\s*|[ ]{3,})(?=\S)")
_LETTER = re.compile(r"[^\W\d_]")
# The splitter wants plain spaces; each blank becomes one, so offsets stay.
_BLANKS = {c: " " for c in range(0x3001) if chr(c).isspace()}

# A paragraph longer than this is cut at a line end: memory stays bounded and output flows.
MAX_PARAGRAPH_LINES = 200
# A line longer than this is cut at a blank.
MAX_LINE_CHARS = 100_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text: a sentence (`prose`), or anything between sentences."""

    text: str
    prose: bool


class ParagraphSplitter:
    """Cuts a stream of text into paragraphs; all of them together are the text.

    A paragraph ends with its first blank line; further blank lines lead the next one. None
    has more than `max_lines` lines.
    """

    def __init__(self, max_lines: int = MAX_PARAGRAPH_LINES) -> None:
        self._max_lines = max_lines
        self._tail: list[str] = []  # chunks since the last line end
        self._tail_chars = 0
        self._lines: list[str] = []
        self._has_text = False

    def feed(self, chunk: str) -> list[str]:
        """The paragraphs that this chunk completes."""
        self._tail.append(chunk)
        self._tail_chars += len(chunk)
        if not _LINE_END.search(chunk):
            return self._cut_line() if self._tail_chars > MAX_LINE_CHARS else []
        lines = _lines("".join(self._tail))
        rest = "" if lines[-1].endswith("\n") else lines.pop()
        self._keep(rest)
        return self._take(lines)

    def finish(self) -> list[str]:
        """What is left at the end of the text."""
        done = self._take(_lines("".join(self._tail)))
        if self._lines:
            done.append("".join(self._lines))
        self.__init__(self._max_lines)
        return done

    def _keep(self, rest: str) -> None:
        self._tail = [rest] if rest else []
        self._tail_chars = len(rest)

    def _cut_line(self) -> list[str]:
        """All there is up to the last blank of a line that does not end."""
        text = "".join(self._tail)
        cut = max(text.rfind(" "), text.rfind("\t")) + 1 or len(text)
        self._keep(text[cut:])
        done = "".join(self._lines) + text[:cut]
        self._lines, self._has_text = [], False
        return [done]

    def _take(self, lines: list[str]) -> list[str]:
        done = []
        for line in lines:
            self._lines.append(line)
            is_blank = not line.strip()
            self._has_text |= not is_blank
            if (is_blank and self._has_text) or len(self._lines) >= self._max_lines:
                done.append("".join(self._lines))
                self._lines, self._has_text = [], False
        return done


def pieces(paragraph: str) -> list[Piece]:
    """Sentences and gaps; joined they are the paragraph, and no two gaps stand side by side."""
    out: list[Piece] = []
    for unit in _units(paragraph):
        head = marker_length(unit)
        _add(out, unit[:head], prose=False)
        for cell in _CELL_BORDER.split(unit[head:]):
            _add_sentences(out, cell)
    return out


def _add_sentences(out: list[Piece], text: str) -> None:
    for raw in _sentences(text):
        core = raw.strip()
        start = raw.index(core) if core else 0
        _add(out, raw[:start], prose=False)
        _add(out, core, prose=bool(_LETTER.search(core)))
        _add(out, raw[start + len(core) :], prose=False)


def _sentences(text: str) -> Iterator[str]:
    """Sentences with the blanks after them; no sentence ends inside a word ("Sobig.C")."""
    start = end = 0
    for sentence in sentencex.segment("en", text.translate(_BLANKS)):
        # The splitter keeps every offset: the characters are taken from the original.
        end += len(sentence)
        if sentence[-1:].isspace() or not sentence[-1:].isascii():
            yield text[start:end]
            start = end
    if start < end:
        yield text[start:end]


def _add(out: list[Piece], text: str, *, prose: bool) -> None:
    if not text:
        return
    if out and not prose and not out[-1].prose:
        text = out.pop().text + text
    out.append(Piece(text, prose))


def _units(paragraph: str) -> Iterator[str]:
    """Lines, with those joined that are one wrapped text."""
    lines = _lines(paragraph)
    unit = ""
    for line, soft in zip(lines, soft_breaks(lines), strict=True):
        unit += line
        if not soft:
            yield unit
            unit = ""


def _lines(text: str) -> list[str]:
    """Lines with their ends: LF, CR LF or CR."""
    return [m.group() for m in _LINE.finditer(text) if m.group()]
