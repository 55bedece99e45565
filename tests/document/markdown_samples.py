"""Markdown documents built the way people build them: blocks in blocks, marks in sentences."""

from hypothesis import strategies as st

_WORD = st.sampled_from(
    """the cat slept near an old house while rain fell and nobody saw it, who knew (so far) that 7
    of 12 boats were lost; we’ll see—perhaps. Then came 1986. A *# + - _ 1. e.g. Dr. C++ a_b
    """.split()
)
_PHRASE = st.lists(_WORD, min_size=1, max_size=3).map(" ".join)
_MARKED = st.one_of(
    st.sampled_from(
        ["`a  *b*`", "``x`y``", "<https://a.b/c>", "![alt *text*](i.png \"t\")", "&amp;", "&copy;",
         "\\*", "\\_", "[^1]", "[ref]", "[Ref][]", "<br>", "<!-- no -->", "$x_1$", "<img src='a'>",
         "a<sup>2</sup>", "http://a.b/c_d_e", "![x][ref]", "  \nand", "\\\nand", "[a[b]c](u)"]
    ),
    st.tuples(
        st.sampled_from(
            ["*{}*", "_{}_", "**{}**", "__{}__", "***{}***", "~~{}~~", "[{}](u.html)", "[{}][ref]",
             "[*{}* now](<a b> 'it')", "<b>{}</b>", "<a href=\"x\">{}</a>", "**{}.** And", "({})",
             "“{}”", "*{}*s", "[![{}](i.png)](u)", "*the **{}** here*", "**`c` {}**"]
        ),
        _PHRASE,
    ).map(lambda pair: pair[0].format(pair[1])),
)  # fmt: skip
_SENTENCE = st.tuples(
    st.sampled_from(["The", "A", "Some", "*The*", "[The](u)", "“The", "1986", "He said: the"]),
    st.lists(st.one_of(_PHRASE, _PHRASE, _MARKED), min_size=2, max_size=6),
    st.sampled_from([".", ".", "!", "?", ".”", ".[^1]", "", "…", ".*", ":"]),
).map(lambda parts: f"{parts[0]} {' '.join(parts[1])}{parts[2]}")
_PROSE = st.tuples(
    st.lists(_SENTENCE, min_size=1, max_size=3), st.sampled_from([" ", "\n", "  ", "\n", "  \n"])
).map(lambda parts: parts[1].join(parts[0]))

_LEAVES = st.one_of(
    _PROSE,
    _PROSE,
    _PROSE.map(lambda text: text.replace(" ", "\n", 2)),
    _PHRASE.map(lambda words: f"## {words} *here* is it"),
    _PHRASE.map(lambda words: f"The {words}\n==="),
    st.sampled_from(
        ["```python\nprint('It is not read.')\n```", "    It is code here.", "---", "***",
         "<div>\nIt is not read here.\n</div>", "<!-- It is a note. -->", "~~~\nIt is so.\n~~~",
         "[ref]: http://x.y 'It is so'", "[^1]: It is a footnote here.", "$$\na * b\n$$"]
    ),
    st.lists(_SENTENCE.filter(lambda s: not set("\n|") & set(s)), min_size=2, max_size=4).map(
        lambda cells: "| a | b |\n|:--|--:|\n| " + " | ".join(cells) + " |\n| x |"
    ),
)  # fmt: skip


def _nested(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(blocks, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.sampled_from(["> ", ">", "> > "]), several).map(
            lambda pair: _led("\n\n".join(pair[1]), pair[0], pair[0])
        ),
        st.tuples(st.sampled_from(["> ", "- ", "1. "]), _PROSE).map(
            lambda pair: pair[0] + pair[1]  # lines that go on without a mark
        ),
        st.tuples(
            st.sampled_from(["- ", "* ", "+   ", "1. ", "12) ", "- [ ] "]),
            several,
            st.sampled_from(["\n", "\n\n"]),
        ).map(
            lambda parts: parts[2].join(
                _led(item, parts[0], " " * (2 if "[" in parts[0] else len(parts[0])))
                for item in parts[1]
            )
        ),
    )


def _led(block: str, first: str, other: str) -> str:
    head, *rest = block.split("\n")
    return "\n".join([first + head, *(other + line for line in rest)])


_BLOCKS = st.recursive(_LEAVES, _nested, max_leaves=6)
DOCUMENTS = st.tuples(
    st.lists(_BLOCKS, min_size=1, max_size=5),
    st.sampled_from(["\n", "\n", "\r\n"]),
    st.sampled_from(["", "\n\n[ref]: http://x.y 'It is so'\n[^1]: It is a footnote.\n"]),
).map(lambda parts: ("\n\n".join(parts[0]) + parts[2]).replace("\n", parts[1]))
