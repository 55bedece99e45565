"""HTML: the running text of block elements; headings, code, forms and scripts stay as they are."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

from . import tags
from .cut import cut
from .model import Document, Segment
from .tokens import Role, Syntax, Token, code, goes_on, stuck, text

SYNTAX = Syntax(tags.encode)

# Elements whose contents are no running text.
_LEFT_ALONE = frozenset(
    "audio button canvas datalist dialog h1 h2 h3 h4 h5 h6 iframe math noembed noframes noscript"
    " object option plaintext pre script select style svg template textarea title video xmp".split()
)
_NO_TRANSLATION = re.compile(
    r"""(?i)\stranslate\s*=\s*["']?no\b|\sclass\s*=\s*["'][^"']*\bnotranslate\b"""
)
_BLANKS = re.compile(r"[ \t\f]*[\r\n]\s*|[ \t\f]{2,}|[\t\f]")
_LINE_END = re.compile(r"[\r\n]")


def parse(document: str) -> Document:
    """The sentences of an HTML text."""
    return Document(document, tuple(_segments(document)))


def _segments(document: str) -> Iterator[Segment]:
    yield from cut(_tokens(_Events(document).pieces()), 0, SYNTAX)


class _Events(HTMLParser):
    """Where each construct of a document begins; the next one ends it."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=False)
        self._document = document
        self._lines = [0, *(m.end() for m in re.finditer("\n", document))]
        self._found: list[tuple[int, str, str | None]] = []
        self.feed(document)
        self.close()

    def pieces(self) -> list[tuple[str, str]]:
        """Kind and raw text of everything; joined they are the document."""
        starts = [(0, "other", None), *self._found, (len(self._document), "", None)]
        out = []
        for (start, kind, data), (end, _, _) in pairwise(starts):
            raw = self._document[start:end]
            if data is not None and data != raw:
                kind = "odd"  # something without meaning that the parser passed over
            if raw:
                out.append((kind, raw))
        return out

    def _note(self, kind: str, data: str | None = None) -> None:
        line, column = self.getpos()
        self._found.append((self._lines[line - 1] + column, kind, data))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._note("start", self.get_starttag_text())

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self._note("start", self.get_starttag_text())

    def handle_endtag(self, tag: str) -> None:
        self._note("end")

    def handle_data(self, data: str) -> None:
        self._note("data", data)

    def handle_entityref(self, name: str) -> None:
        self._note("reference")

    def handle_charref(self, name: str) -> None:
        self._note("reference")

    def handle_comment(self, data: str) -> None:
        self._note("comment")

    def handle_decl(self, decl: str) -> None:
        self._note("other")

    def handle_pi(self, data: str) -> None:
        self._note("other")

    def unknown_decl(self, data: str) -> None:
        self._note("other")


def _tokens(found: list[tuple[str, str]]) -> Iterator[Token]:
    """Tokens of the whole document; what is no running text is a border."""
    place = 0
    before = ""
    while place < len(found):
        kind, raw = found[place]
        end = place + 1
        name = tags.name(raw) if kind in ("start", "end") else ""
        if kind == "start" and not tags.is_void(raw) and _is_closed_off(name, raw):
            end = _end(found, place, name)
            whole = "".join(piece for _, piece in found[place:end])
            is_whole = name in tags.VERBATIM and found[end - 1][0] == "end"
            yield code(whole, tags.bare(whole)) if is_whole else Token(Role.BORDER, whole)
        elif kind == "data":
            yield from _words(raw)
        elif name == "br":
            after = found[end][1] if end < len(found) else ""
            joins = goes_on(before, after)
            yield Token(Role.BREAK, raw, " ") if joins else Token(Role.BORDER, raw)
        else:
            yield _token(kind, raw, name)
        before = raw if kind == "data" and raw.strip() else before
        place = end


def _token(kind: str, raw: str, name: str) -> Token:
    if kind == "reference":
        # "AT&T" is read as it is written.
        return text(raw, tags.decoded(raw) or raw)
    if kind == "odd":
        return stuck(raw)
    if kind == "comment" or (kind == "start" and name in ("img", "wbr")):
        return Token(Role.PINNED, raw)
    if name in tags.INLINE and not raw.endswith("/>"):
        role = Role.CLOSE if kind == "end" else Role.OPEN
        return Token(role, raw, firm=name == "a")
    return Token(Role.BORDER, raw)


def _is_closed_off(name: str, tag: str) -> bool:
    return name in _LEFT_ALONE or name in tags.VERBATIM or bool(_NO_TRANSLATION.search(tag))


def _end(found: list[tuple[str, str]], place: int, name: str) -> int:
    """After the end of the element that begins at `place`; the end of all if it never ends."""
    depth = 0
    for i in range(place, len(found)):
        kind, raw = found[i]
        if kind in ("start", "end") and tags.name(raw) == name:
            depth += 1 if kind == "start" and not tags.is_void(raw) else -(kind == "end")
            if not depth:
                return i + 1
    return len(found)


def _words(raw: str) -> Iterator[Token]:
    done = 0
    for match in _BLANKS.finditer(raw):
        if done < match.start():
            yield text(raw[done : match.start()])
        blanks = match.group()
        yield Token(Role.BREAK, blanks, " ") if _LINE_END.search(blanks) else text(blanks, " ")
        done = match.end()
    if done < len(raw):
        yield text(raw[done:])
