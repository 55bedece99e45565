"""What a Markdown document is made of, without its words, as markdown-it reads it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# What site generators read, and markdown-it takes for rules and headings.
_FRONT = re.compile(
    r"\A(?:---|\+\+\+)[ \t]*\r?\n.*?^(?:---|\.\.\.|\+\+\+)[ \t]*\r?$", re.MULTILINE | re.DOTALL
)
_BREAKS = {"softbreak", "hardbreak"}
_WORDS = {"text", "text_special", *_BREAKS}

Node = tuple[object, ...]


def tree(document: str) -> tuple[list[Node], dict]:
    """Blocks in order, what is in their text, and the targets that are defined.

    What stands in a paragraph may change places: it moves with its words. Of line breaks only
    the number counts.
    """
    environment: dict = {}
    tokens = _PARSER.parse(_FRONT.sub("", document), environment)
    return list(_blocks(tokens)), environment.get("references", {})


def _blocks(tokens: Iterable[Token]) -> Iterator[Node]:
    parent = ""
    for token in tokens:
        if token.type != "inline":
            parent = token.type
            yield _node(token)
        elif parent == "heading_open":
            yield ("words", token.content)
        else:
            breaks = Counter(t.type for t in token.children if t.type in _BREAKS)
            yield ("inside", *_sorted(_inside(iter(token.children))), *sorted(breaks.items()))


def _inside(children: Iterator[Token]) -> Iterator[Node]:
    """Each mark with those inside it, up to the end of the one that holds them."""
    for child in children:
        if child.nesting < 0:
            return
        if child.nesting > 0:
            held, inner = _held(children)
            words = "".join(t.content or " " for t in held if t.type in _WORDS).split()
            # What a link says stays too: it is the name of a place.
            yield (*_node(child), *(words if child.tag == "a" else ()), *_sorted(inner))
        elif child.type not in _WORDS:
            yield _node(child)


def _held(children: Iterator[Token]) -> tuple[list[Token], list[Node]]:
    """The tokens up to the closing one that is met first, and what they are made of."""
    held, depth = [], 1
    for child in children:
        depth += child.nesting
        if not depth:
            break
        held.append(child)
    return held, list(_inside(iter(held)))


def _sorted(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=repr)


def _node(token: Token) -> Node:
    attributes = tuple(sorted((str(k), str(v)) for k, v in token.attrs.items()))
    content = "" if token.type in _WORDS else token.content
    # Inside tags and code a line may be broken elsewhere.
    inline = token.type in {"code_inline", "html_inline", "image"}
    content = " ".join(content.split()) if inline else content
    return (token.type, token.tag, token.markup, token.info, token.hidden, attributes, content)
