"""The inside of paragraphs is read as markdown-it reads it."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from paraphraser_tui.document.formats.markdown_inline import escape, scan
from paraphraser_tui.document.formats.tokens import Role

REFERENCE = MarkdownIt("commonmark").enable("strikethrough")
MARKS = st.lists(
    st.sampled_from(["*", "**", "***", "_", "__", "~~", "a", "b", " ", ".", "(", "é", "\\", "“"]),
    max_size=14,
).map("".join)  # fmt: skip


def shape(content):
    """Words with brackets for markup, as our reader sees them."""
    signs = {Role.OPEN: "<", Role.CLOSE: ">"}
    return "".join(
        signs[t.role] * (2 - (t.raw in "*_")) if t.role in signs else t.value for t in scan(content)
    )


def reference(content):
    """The same as markdown-it sees it."""
    html = REFERENCE.renderInline(content)
    html = re.sub(r"<(em)>", "‹", html)
    html = re.sub(r"</(em)>", "›", html)
    html = re.sub(r"<(strong|s)>", "‹‹", html)
    html = re.sub(r"</(strong|s)>", "››", html)
    return unescape(html).replace("‹", "<").replace("›", ">")


@pytest.mark.parametrize(
    "content",
    [
        "*a*", "**a**", "***a** b*", "***a* b**", "a*b*c", "a_b_c", "_a_b_", "**a*b*c**",
        "*a **b* c**", "*(*a)", "*a*b", "**a b*", "****a****", "*a*_b_", "~~a~~ ~b~", "2 * 3 * 4",
        "\\*a*", "*a\\*", "“*a*”", "*“a”*b", "_(a)_.", "foo__bar__baz", "*a _b* c_", "**a***b*",
    ],
)  # fmt: skip
def test_emphasis_follows_the_rules_of_commonmark(content):
    assert shape(content) == reference(content)


@given(MARKS)
def test_emphasis_of_anything(content):
    content = content.strip()
    # Tildes in a row of another length are read by some programs only.
    if not re.search(r"(?<!~)(?:~|~~~+)(?!~)", content):
        assert shape(content) == reference(content)


@settings(max_examples=100)
@given(st.text(alphabet=st.sampled_from("ab *_`[]()<>&;#$~^{}@\\!é:/.\"'"), max_size=20))
def test_escaped_words_are_words(words):
    words = " ".join(words.split())
    found = scan(escape(words))
    assert "".join(token.value for token in found) == words
    assert {token.role for token in found} <= {Role.TEXT}


@pytest.mark.parametrize(
    "content, role, raw",
    [
        ("a `b *c*` d", Role.ATOM, "`b *c*`"),
        ("a ``b ` c`` d", Role.ATOM, "``b ` c``"),
        ("a $x * y$ and $5", Role.ATOM, "$x * y$"),
        (r"a \(x_1\) b", Role.ATOM, r"\(x_1\)"),
        ("a <https://x.y> b", Role.ATOM, "<https://x.y>"),
        ("see https://x.y/a_b_c.", Role.ATOM, "https://x.y/a_b_c"),
        ("as [see @doe99, p. 3] says", Role.ATOM, "[see @doe99, p. 3]"),
        ("as @doe99 says", Role.ATOM, "@doe99"),
        ("a ![alt *x*](u.png) b", Role.ATOM, "![alt *x*](u.png)"),
        ("a [[Page|words]] b", Role.ATOM, "[[Page|words]]"),
        ("a {{ site.name }} b", Role.ATOM, "{{ site.name }}"),
        ("a<kbd>Ctrl</kbd> b", Role.ATOM, "<kbd>Ctrl</kbd>"),
        ("a[^1] b", Role.PINNED, "[^1]"),
        ("a^[A note.] b", Role.PINNED, "^[A note.]"),
        ("a <!-- x --> b", Role.PINNED, "<!-- x -->"),
        ("[a](b){.c} d", Role.PINNED, "{.c}"),
        ("[a](<b c> 'd') e", Role.CLOSE, "](<b c> 'd')"),
        ("[a [b] c](d(e)f) g", Role.CLOSE, "](d(e)f)"),
        ("a $$x$$ b", Role.STUCK, "$$x$$"),
        ("[a [b](c) d](e)", Role.STUCK, "[b](c)"),
        ("a  \nB", Role.BORDER, "  \n"),
        ("a\\\nb", Role.BREAK, "\\\n"),
    ],
)
def test_what_is_no_word(content, role, raw):
    assert raw in [token.raw for token in scan(content) if token.role is role]


@pytest.mark.parametrize("content", ["costs $5 and $6", "[sic] a", "a < b & c", "a@b", "x^2"])
def test_what_is_words_only(content):
    assert "".join(t.value for t in scan(content) if t.role is Role.TEXT) == content
