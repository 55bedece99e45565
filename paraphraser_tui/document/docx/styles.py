"""Which styles of a document are headings, lists of contents, references or code."""

import re
from dataclasses import dataclass

from .markup import Markup, Node

# Word writes the names of its own styles in English whatever language it speaks.
_LEFT_ALONE = re.compile(
    r"(?:heading|title|subtitle|toc|contents|index|table of (?:figures|authorities)|toa"
    r"|bibliography|html preformatted|preformatted text|macro|macro text|(?:source )?code"
    r"|code block|listing|verbatim)(?: heading)?(?: \d+)?"
)
_CODE = re.compile(
    r"(?:(?:source |html |verbatim )?code|source text|html (?:keyboard|sample|variable)|verbatim)"
    r"(?: char)?"
)
MAX_BASES = 20
_BODY_LEVEL = 9  # the levels below are those of headings


@dataclass(frozen=True)
class Styles:
    """The ids of styles whose words are not to be changed.

    paragraphs: of whole paragraphs; an empty id if it is the style of those that name none.
    code: of words inside a paragraph.
    """

    paragraphs: frozenset[str] = frozenset()
    code: frozenset[str] = frozenset()


def read(part: Markup) -> Styles:
    """The styles that a document defines."""
    found = {
        node.attributes.get("styleId", ""): node
        for node in part.tree().children
        if node.name == "w:style"
    }
    paragraphs, code = set(), set()
    for id_, style in found.items():
        chain = _chain(id_, found)
        kind = style.attributes.get("type", "paragraph")
        if kind == "character" and any(_CODE.fullmatch(_name(s)) for s in chain):
            code.add(id_)
        if kind == "paragraph" and _is_left_alone(chain):
            paragraphs.add(id_)
            if is_on(style.attributes.get("default", "0")):
                paragraphs.add("")
    return Styles(frozenset(paragraphs), frozenset(code))


def is_heading(properties: Node | None) -> bool | None:
    """Whether the outline level in these properties is that of a heading; None without a level."""
    level = properties and properties.child("w:outlineLvl")
    if level is None:
        return None
    value = level.attributes.get("val", "")
    return value.isdecimal() and int(value) < _BODY_LEVEL


def is_on(value: str) -> bool:
    """Whether a switch of Word's is on."""
    return value.lower() not in ("0", "false", "off", "none")


def _chain(id_: str, styles: dict[str, Node]) -> list[Node]:
    """A style and those that it is based on; a damaged document may have a circle of them."""
    chain: list[Node] = []
    while len(chain) < MAX_BASES and (style := styles.get(id_)):
        chain.append(style)
        base = style.child("w:basedOn")
        id_ = base.attributes.get("val", "") if base else ""
    return chain


def _is_left_alone(chain: list[Node]) -> bool:
    if any(_LEFT_ALONE.fullmatch(_name(style)) for style in chain):
        return True
    levels = (is_heading(style.child("w:pPr")) for style in chain)
    return bool(next((level for level in levels if level is not None), False))


def _name(style: Node) -> str:
    name = style.child("w:name")
    return name.attributes.get("val", "").lower() if name else ""
