"""A paragraph as a row of words and of things between them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..formats.tokens import Role
from .markup import Markup, Node
from .styles import Styles, is_on

_BLANKS = " \t\r\n"
_ON_ONE_LINE = str.maketrans("\r\n", "  ")
# Properties that nobody sees.
_UNSEEN = frozenset(("w:lang", "w:noProof"))
# What Word remembers of its own work and finds out again.
_DROPPED = frozenset(("w:proofErr", "w:lastRenderedPageBreak", "w:pPr", "w:rPr"))
_NOTES = frozenset(("w:footnoteReference", "w:endnoteReference", "w:commentReference"))
_POINTS = frozenset(
    "w:bookmarkStart w:bookmarkEnd w:commentRangeStart w:commentRangeEnd w:permStart"
    " w:permEnd".split()
)
# Elements around runs: links, fields, content controls.
_AROUND = frozenset("w:hyperlink w:fldSimple w:sdt w:smartTag w:customXml".split())
_BORDERS = frozenset(
    "w:tab w:ptab w:footnoteRef w:endnoteRef w:annotationRef w:separator"
    " w:continuationSeparator".split()
)
_GRAPHICS = frozenset(("w:drawing", "w:pict", "mc:AlternateContent"))
_UNREAD = _GRAPHICS | _DROPPED | {"w:sdtPr"}
_READ_AS = {"w:tab": "\t", "w:br": " ", "w:cr": " ", "w:noBreakHyphen": "\u2011"}
_JOINERS = {"w:noBreakHyphen": "\u2011", "w:softHyphen": ""}


@dataclass(frozen=True, slots=True)
class Look:
    """How the words of a run are set.

    key: what a reader can see of it.
    start: the start tag of the run and its properties.
    """

    key: str
    start: str
    code: bool = False

    @property
    def tag(self) -> str:
        """The name of the run's element, as the document writes it."""
        return self.start[1:].split(None, 1)[0].partition(">")[0].rstrip("/")

    @property
    def text_tag(self) -> str:
        """The name of the element that holds the words."""
        return self.tag.removesuffix("r") + "t"


@dataclass(frozen=True, slots=True)
class Item:
    """Words, or something else in a paragraph, as it is written and read.

    look: of the run that it stands in; None for what stands between runs.
    first, last: numbers of the paragraph's children that it is in.
    joins: it is a part of the word that it touches.
    is_line: a line break, which may end a sentence or not.
    inside: what it is made of, if it is more than one thing.
    """

    role: Role
    xml: str
    value: str
    look: Look | None
    first: int
    last: int
    joins: bool = False
    is_line: bool = False
    inside: tuple["Item", ...] = ()
    firm: bool = False  # read as words, and never changed

    @property
    def is_point(self) -> bool:
        """Whether it is where a bookmark or the like begins or ends."""
        return self.role is Role.PINNED and self.look is None and not self.inside


def reading(node: Node) -> str:
    """What is read of an element."""
    if node.name == "":
        return node.value.translate(_ON_ONE_LINE)
    if node.name in _UNREAD:
        return ""
    return _READ_AS.get(node.name, "") + "".join(map(reading, node.children))


def items(paragraph: Node, part: Markup, styles: Styles) -> list[Item]:
    """What stands in a paragraph, in order; a field with its result is one item."""
    out: list[Item] = []
    field: list[Item] = []
    field_has_result: list[bool] = []  # for each open field, the innermost last
    value = ""
    for number, child in enumerate(paragraph.children):
        for node, item in _pieces(child, number, part, styles):
            if node.name != "w:fldChar" and not field_has_result:
                out.append(item)
                continue
            field.append(item)
            kind = node.attributes.get("fldCharType", "") if node.name == "w:fldChar" else ""
            if kind == "begin":
                field_has_result.append(False)
            elif kind == "separate" and field_has_result:
                field_has_result[-1] = True
            elif kind == "end" and field_has_result:
                field_has_result.pop()
            elif all(field_has_result):
                value += item.value
            if not field_has_result:
                out.append(_whole(field, value))
                field, value = [], ""
    return out + field


def _whole(field: list[Item], value: str) -> Item:
    value = " ".join(value.split())
    role = Role.TEXT if value else Role.PINNED
    if value and any(item.role is Role.STUCK and item.value in value for item in field[1:]):
        role = Role.STUCK
    return Item(
        role, "", value, None, field[0].first, field[-1].last,
        inside=tuple(field), firm=bool(value),
    )  # fmt: skip


def _pieces(child: Node, number: int, part: Markup, styles: Styles) -> Iterator[tuple[Node, Item]]:
    """What a child of a paragraph holds."""
    if child.name == "w:r":
        yield from _run(child, number, part, styles)
    elif child.name not in _DROPPED:
        yield child, _between(child, number, part)


def _between(node: Node, number: int, part: Markup) -> Item:
    value = " ".join(reading(node).split())
    item = Item(Role.STUCK, part.raw(node), value or "?", None, number, number)
    if node.name in _AROUND:
        if value:
            return replace(item, role=Role.TEXT, firm=True)
        return replace(item, role=Role.PINNED, value="")
    if node.name == "m:oMath" and value and "$" not in value:
        return replace(item, role=Role.ATOM, value=f"${value}$")
    return replace(item, role=Role.PINNED, value="") if node.name in _POINTS else item


def _run(run: Node, number: int, part: Markup, styles: Styles) -> Iterator[tuple[Node, Item]]:
    properties = run.child("w:rPr")
    look = _look(run, properties, part, styles)
    hidden = properties.child("w:vanish") if properties else None
    is_hidden = hidden is not None and is_on(hidden.attributes.get("val", "1"))
    for node in run.children:
        if node.name in _DROPPED:
            continue
        if node.name == "w:t" and not is_hidden:
            yield from ((node, item) for item in _words(node, look, number, part))
            continue
        item = Item(Role.STUCK, part.raw(node), "?", look, number, number)
        if is_hidden or node.name in _NOTES:
            item = replace(item, role=Role.PINNED, value="")
        elif node.name in _JOINERS:
            item = replace(item, role=Role.TEXT, value=_JOINERS[node.name], joins=True)
        elif node.name in _BORDERS:
            item = replace(item, role=Role.BORDER, value=_READ_AS.get(node.name, ""))
        elif node.name in ("w:br", "w:cr"):
            is_line = node.attributes.get("type", "textWrapping") == "textWrapping"
            item = replace(item, role=Role.BORDER, value=" ", is_line=is_line)
        elif node.name in _GRAPHICS and any(n.name == "wp:anchor" for n in node.all()):
            item = replace(item, role=Role.PINNED, value="")
        yield node, item


def _look(run: Node, properties: Node | None, part: Markup, styles: Styles) -> Look:
    if properties is None:
        return Look("", part.slice(run.start, run.inner))
    seen = [node for node in properties.children if node.name not in _UNSEEN]
    style = properties.child("w:rStyle")
    return Look(
        "".join(map(part.raw, seen)),
        part.slice(run.start, properties.end),
        style is not None and style.attributes.get("val") in styles.code,
    )


def _words(node: Node, look: Look, number: int, part: Markup) -> Iterator[Item]:
    """Stretches of plain characters, and each character that is written otherwise."""
    if not node.children:
        return
    if "<" in part.slice(node.inner, node.close):
        # A comment or a CDATA section, which no word processor writes.
        yield Item(Role.STUCK, part.raw(node), "?", look, number, number)
        return
    found = [(part.raw(c), c.value.translate(_ON_ONE_LINE)) for c in node.children]
    if node.attributes.get("space") != "preserve":
        found = _stripped(found)
    for raw, value in found:
        yield Item(Role.TEXT, raw, value, look, number, number)


def _stripped(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without the blanks at the ends, which are not read."""
    while found and not found[0][1].strip(_BLANKS):
        found.pop(0)
    while found and not found[-1][1].strip(_BLANKS):
        found.pop()
    if found:
        found[0] = tuple(side.lstrip(_BLANKS) for side in found[0])
        found[-1] = tuple(side.rstrip(_BLANKS) for side in found[-1])
    return found
