"""Markdown: paragraphs, list items, quotations and table cells; headings stay as they are.

Blocks are found by markdown-it, which knows the lines of each; where on these lines the
words stand is found here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token as Block

from .cut import cut
from .markdown_inline import IsDefined, escape, scan
from .model import Document, Segment
from .tokens import Role, Syntax, Token

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FRONT_MATTER = re.compile(
    r"(?:---[ \t]*\r?\n(?![ \t]*\r?\n).*?^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n.*?^\+\+\+)"
    r"[ \t]*(?:\r?\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
# Before the words of a paragraph: the mark of a footnote, a task or a definition.
_LEAD = re.compile(r"\[\^[^\]\s]+\]:\s*|\[[ xX]\]\s+|:\s+")
# Lines that belong to an extension: containers, admonitions, alerts, templates, abbreviations.
_STRUCTURE = re.compile(
    r":::|!!!\s|\?\?\?|\{[%#:]|\[!\w+\]|\[\[?_?TOC_?\]\]?\s*$|\[TOC\]|\*\[|<!--|-->"
)
# What would begin a block if it stood first on a line.
_BLOCK = re.compile(
    r"(?:[-+*=]|#{1,6}|\d{1,9}[.)])(?:\s|$)|>|```|~~~|[-=_*]{3,}\s*$|\||:\s|\[\^?[^\]]*\]:"
)
_MATH_FENCE = "$$"
_ENVIRONMENT = "\\begin{"


def parse(document: str) -> Document:
    """The sentences of a Markdown text."""
    return Document(document, tuple(_segments(document)))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _segments(document: str) -> Iterator[Segment]:
    front = _FRONT_MATTER.match(document)
    start = front.end() if front else 0
    references: dict = {}
    blocks = _parser().parse(document[start:], references)
    defined = references.get("references", {})

    def is_defined(label: str) -> bool:
        return normalizeReference(label) in defined

    syntax = Syntax(escape, partial(scan, is_defined=is_defined), _BLOCK.match)
    lines = _Lines(document, start)
    in_math = False
    for block, parent in zip(blocks[1:], blocks, strict=False):
        if block.type != "inline" or not block.map:
            continue
        was_in_math = in_math
        if _lone_fences(block.content) % 2:
            in_math = not in_math
        if was_in_math or in_math:
            continue
        if parent.type == "td_open":
            yield from lines.cell(block, is_defined, syntax)
        elif parent.type == "paragraph_open":
            yield from lines.paragraph(block, is_defined, syntax)


def _lone_fences(content: str) -> int:
    """Ends of lines or whole lines that open or close displayed math."""
    return sum(
        line.strip().startswith(_MATH_FENCE) or line.strip().endswith(_MATH_FENCE)
        for line in content.split("\n")
        if line.count(_MATH_FENCE) == 1
    )


def _is_bad_cell(text: str) -> bool:
    return "|" in text or bool(_BLOCK.match(text))


class _Lines:
    """Where the lines of a document stand."""

    def __init__(self, document: str, start: int) -> None:
        self._document = document
        self._spans = [m.span() for m in _LINE.finditer(document, start)]
        self._cell = (0, 0)  # the line of a table that was read last, and how far

    def paragraph(self, block: Block, is_defined: IsDefined, syntax: Syntax) -> Iterator[Segment]:
        """The sentences of a paragraph."""
        first, _ = block.map
        words = block.content.split("\n")
        places = [self._place(first + i, line) for i, line in enumerate(words)]
        if None in places or any(line.lstrip().startswith(_ENVIRONMENT) for line in words):
            return
        group: list[tuple[int, str]] = []
        for place, line in zip(places, words, strict=True):
            stripped = line.strip()
            if _STRUCTURE.match(stripped):
                yield from self._run(group, is_defined, syntax)
                group = []
                continue
            lead = _LEAD.match(stripped)
            if lead:
                yield from self._run(group, is_defined, syntax)
                group = []
            cut_off = lead.end() if lead else 0
            group.append((place + cut_off, stripped[cut_off:]))
        yield from self._run(group, is_defined, syntax)

    def cell(self, block: Block, is_defined: IsDefined, syntax: Syntax) -> Iterator[Segment]:
        """The sentences of a table cell."""
        line = block.map[0]
        start, end = self._spans[line]
        if self._cell[0] == line:
            start = max(start, self._cell[1])
        place = self._document.find(block.content, start, end)
        if place < 0 or not block.content:
            return
        self._cell = (line, place + len(block.content))
        cell = Syntax(syntax.escape, syntax.scan, _is_bad_cell)
        yield from cut(scan(block.content, is_defined), place, cell)

    def _place(self, number: int, line: str) -> int | None:
        """The offset of a line's words, which are the last thing on it."""
        start, end = self._spans[number]
        raw, words = self._document[start:end].rstrip(), line.strip()
        return start + len(raw) - len(words) if raw.endswith(words) else None

    def _run(
        self, group: Sequence[tuple[int, str]], is_defined: IsDefined, syntax: Syntax
    ) -> Iterator[Segment]:
        """The sentences of lines that follow each other."""
        if not group:
            return
        ends = [place + len(words) for place, words in group]
        # Blanks at a line's end tell whether the break is deliberate, so they are kept.
        content, offsets = "", []
        for n, (place, words) in enumerate(group):
            offsets += range(place, place + len(words))
            content += words
            if n + 1 < len(group):
                eol = _LINE.match(self._document, ends[n]).group()
                blanks = eol.rstrip("\r\n")
                content += blanks + "\n"
                offsets += range(ends[n], ends[n] + len(blanks) + 1)
        offsets.append(ends[-1])
        yield from cut(self._raw(scan(content, is_defined), offsets), offsets[0], syntax)

    def _raw(self, found: Sequence[Token], offsets: Sequence[int]) -> Iterator[Token]:
        """The tokens with what stands in the document: marks of quotations, line ends."""
        done = 0
        for token in found:
            end = done + len(token.raw)
            raw = self._document[offsets[done] : offsets[end]]
            done = end
            is_plain = token.role is Role.TEXT and token.raw == token.value
            yield Token(token.role, raw, raw if is_plain else token.value, token.firm)
