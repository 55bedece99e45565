"""XML that is read with the places of everything, so that it can be written back as it was."""

import xml.parsers.expat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ...errors import InputError
from ...text.decode import sniff
from ...text.sanitize import one_line

# Tables in tables do not go so deep; a file that was made to harm does.
MAX_DEPTH = 256
_LONGEST_MARK = 4  # bytes that tell the encoding

# Word's own names and those of the strict form of the standard.
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/package/2006/content-types": "",
}
_OTHER = "?"
_BETWEEN = "}"
_HOLDS_TEXT = ("w:t", "m:t")


@dataclass(slots=True)
class Node:
    """An element, or a stretch of text, which has no name.

    The name begins with Word's usual prefix, whatever the document uses. Offsets are in
    bytes of UTF-8: the start tag is `start:inner`, the end tag `close:end`.
    """

    name: str
    start: int
    attributes: dict[str, str] = field(default_factory=dict)
    value: str = ""
    inner: int = 0
    close: int = 0
    end: int = 0
    children: list["Node"] = field(default_factory=list)

    def child(self, name: str) -> "Node | None":
        """The first child of that name."""
        return next((c for c in self.children if c.name == name), None)

    def all(self) -> Iterator["Node"]:
        """This element and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.all()


class Markup:
    """An XML part of a document."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises InputError if the bytes are no text."""
        self._name = name
        try:
            self._encoding = sniff(data[:_LONGEST_MARK])
            text = data[len(self._encoding.mark) :].decode(self._encoding.name)
        except (InputError, UnicodeError):
            raise self._damaged() from None
        self.utf8 = text.encode()

    def raw(self, node: Node) -> str:
        """An element or a stretch of text as it is written."""
        return self.slice(node.start, node.end)

    def slice(self, start: int, end: int) -> str:
        """What stands between two offsets."""
        return self.utf8[start:end].decode()

    def encoded(self, utf8: bytes) -> bytes:
        """The part with other contents, in the encoding that it had."""
        return self._encoding.mark + self._encoding.encode(utf8.decode())

    def tree(self) -> Node:
        """The outermost element. Raises InputError for broken or dangerous XML."""
        found: list[Node] = []
        self.visit("", lambda node, above: found.append(node))
        return found[-1]

    def visit(self, name: str, seen: Callable[[Node, Sequence[Node]], None]) -> None:
        """Call with each outermost element of this name, and with the elements around it.

        These have only those children that ended before, and none of that name. Without a name
        it is the outermost element of all. Raises InputError for broken or dangerous XML.
        """
        try:
            _Parser(self.utf8, name, seen).run()
        except xml.parsers.expat.ExpatError:
            raise self._damaged() from None

    def _damaged(self) -> InputError:
        return InputError(
            f"this DOCX is damaged: {one_line(self._name)} is no valid XML; "
            "open it in a word processor and save it again"
        )


class _Parser:
    def __init__(
        self, data: bytes, name: str, seen: Callable[[Node, Sequence[Node]], None]
    ) -> None:
        self._data = data
        self._wanted = name
        self._seen = seen
        self._open: list[Node] = []
        self._inside = 0  # open elements of the wanted name
        self._fresh: Node | None = None  # its start tag has no end yet
        self._text: Node | None = None  # the same for a stretch of text
        self._names: dict[str, str] = {}
        self._expat = xml.parsers.expat.ParserCreate("utf-8", _BETWEEN)
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters
        self._expat.StartCdataSectionHandler = self._here
        self._expat.StartDoctypeDeclHandler = _refuse

    def run(self) -> None:
        self._expat.Parse(self._data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        here = self._here()
        if len(self._open) == MAX_DEPTH:
            raise InputError("this DOCX is nested too deeply to be a text")
        values = {key.rpartition(_BETWEEN)[2]: value for key, value in attributes.items()}
        self._fresh = Node(self._short(name), here, values)
        self._inside += self._fresh.name == self._wanted
        self._open.append(self._fresh)

    def _end(self, name: str) -> None:
        was_fresh = self._fresh is not None
        here = self._here()
        node = self._open.pop()
        is_empty = was_fresh and self._data[here - 2 : here] == b"/>"
        node.close = here
        node.end = here if is_empty else self._data.index(b">", here) + 1
        self._inside -= node.name == self._wanted
        if not self._inside and node.name == self._wanted:
            self._seen(node, self._open)
        elif self._open:
            self._open[-1].children.append(node)
        elif not self._wanted:
            self._seen(node, ())

    def _characters(self, text: str) -> None:
        here = self._here()
        if self._open[-1].name in _HOLDS_TEXT:
            self._text = Node("", here, value=text)
            self._open[-1].children.append(self._text)

    def _here(self) -> int:
        """The current place, where what came before has ended."""
        here = self._expat.CurrentByteIndex
        if self._fresh:
            self._fresh.inner = here
        if self._text:
            self._text.end = here
        self._fresh = self._text = None
        return here

    def _short(self, name: str) -> str:
        if name not in self._names:
            space, _, local = name.rpartition(_BETWEEN)
            self._names[name] = _PREFIXES.get(space, _OTHER) + local
        return self._names[name]


def _refuse(*_: object) -> None:
    raise InputError("this DOCX declares entities, which Word never does; it is not read")
