"""Tags and character references, as HTML, Markdown and subtitles have them inside a line."""

import re
from html import unescape

TAG = re.compile(
    r"</?[a-zA-Z][\w:.\-]*(?:\s+[^\s<>\"'=/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*\s*/?>"
)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# Around words of a sentence; any other element is no part of running text.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite data del dfn em font i ins label mark q s small span strike"
    " strong sub sup time tt u".split()
)
# Read as they are.
VERBATIM = frozenset("code kbd samp var".split())
# Elements without an end.
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_ANY_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"</?([a-zA-Z][\w:.\-]*)")
_LINE_MAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def name(tag: str) -> str:
    """The element's name, in lower case."""
    match = _NAME.match(tag)
    return match.group(1).lower() if match else ""


def is_void(tag: str) -> bool:
    """Whether the tag stands alone."""
    return name(tag) in VOID or tag.endswith("/>")


def decoded(reference: str) -> str | None:
    """The characters that a reference stands for; None for what is no text."""
    value = unescape(reference)
    return None if value == reference or _LINE_MAKING.search(value) else value


def bare(html: str) -> str:
    """What is read of an element: without tags, references decoded."""
    return unescape(_ANY_TAG.sub("", html))


def encode(text: str) -> str:
    """The text as HTML writes it between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
