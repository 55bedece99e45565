"""Which paragraphs of a Word document are prose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import styles
from .flow import flow
from .items import items, reading
from .markup import Markup, Node
from .paragraph import Paragraph, Sentence

# Changes that somebody has still to accept or refuse.
_TRACKED = frozenset(
    "w:ins w:del w:moveFrom w:moveTo w:rPrChange w:pPrChange w:moveFromRangeStart"
    " w:moveToRangeStart".split()
)
# Around paragraphs that stand in the file twice, or that somebody has still to accept.
_NOT_BELOW = _TRACKED | {"mc:AlternateContent"}
# Content controls whose words come from elsewhere, are chosen from a list, or are locked.
_CONTROLS = frozenset(
    "w:docPartObj w:docPartList w:bibliography w:citation w:dataBinding w:lock w:dropDownList"
    " w:comboBox w:date w:showingPlcHdr w:picture".split()
)


@dataclass(frozen=True)
class Part:
    """The body, the notes, a header or a footer."""

    name: str
    markup: Markup
    paragraphs: tuple[Paragraph, ...]

    def write(self, answers: Sequence[Mapping[int, str]]) -> bytes | None:
        """The part with answers for each of its paragraphs; None if nothing changes."""
        out, done = [], 0
        for paragraph, of_paragraph in zip(self.paragraphs, answers, strict=True):
            for start, end, xml in paragraph.changes(of_paragraph):
                out += self.markup.utf8[done:start], xml
                done = end
        return self.markup.encoded(b"".join(out) + self.markup.utf8[done:]) if out else None


class Reader:
    """Collects the text of all parts, and the sentences in it."""

    def __init__(self, found: styles.Styles) -> None:
        self.text: list[str] = []
        self.sentences: list[Sentence] = []
        self._styles = found
        self._length = 0

    def part(self, markup: Markup, name: str) -> Part:
        paragraphs: list[Paragraph] = []
        open_fields = 0

        def seen(node: Node, above: Sequence[Node]) -> None:
            nonlocal open_fields
            was_open, open_fields = open_fields, max(0, open_fields + _fields(node))
            paragraph = None
            if not (was_open or open_fields or self._is_left_alone(node, above)):
                paragraph = self._paragraph(node, markup)
            if paragraph:
                paragraphs.append(paragraph)
                text, sentences = paragraph.read(self._length)
                self.sentences += sentences
            else:
                text = reading(node)
            self.text.append(text + "\n")
            self._length += len(text) + 1

        markup.visit("w:p", seen)
        return Part(name, markup, tuple(paragraphs))

    def _paragraph(self, node: Node, markup: Markup) -> Paragraph | None:
        found = flow(items(node, markup, self._styles))
        segments = tuple(found.segments()) if found else ()
        if not segments:
            return None
        return Paragraph(found, segments, tuple((c.start, c.end) for c in node.children))

    def _is_left_alone(self, node: Node, above: Sequence[Node]) -> bool:
        if any(_is_closed(around) for around in above):
            return True
        properties = node.child("w:pPr")
        style = properties and properties.child("w:pStyle")
        id_ = style.attributes.get("val", "") if style else ""
        if id_ in self._styles.paragraphs or styles.is_heading(properties):
            return True
        # A field may begin inside a link and end outside.
        is_cut = any(_fields(c) for c in node.children if c.name != "w:r")
        return is_cut or any(n.name in _TRACKED for n in node.all())


def _is_closed(around: Node) -> bool:
    """Whether the paragraphs in this element are none to rewrite."""
    properties = around.child("w:sdtPr") if around.name == "w:sdt" else None
    is_control = properties and any(n.name in _CONTROLS for n in properties.children)
    return bool(is_control) or around.name in _NOT_BELOW


def _fields(node: Node) -> int:
    """How many fields this element opens and does not close."""
    kinds = [n.attributes.get("fldCharType") for n in node.all() if n.name == "w:fldChar"]
    return kinds.count("begin") - kinds.count("end")
