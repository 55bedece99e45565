"""Parse trees: read from brackets, compared by edit distance, cut, written in one line.

The parser is stanza, which this project does not install: `pip install stanza`, then once
`python -c "import stanza; stanza.download('en')"`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from paraphraser_tui.errors import OptionError

_TOKEN = re.compile(r"[()]|[^\s()]+")
_PROCESSORS = "tokenize,pos,constituency"


class Tree(NamedTuple):
    """A constituent with those it is made of; words are left out."""

    label: str
    children: tuple["Tree", ...] = ()


Parser = Callable[[Sequence[str]], list[Tree]]


def load_parser() -> Parser:
    """A function from sentences to their trees. Raises OptionError where there is no parser."""
    try:
        import stanza
    except ImportError:
        raise OptionError(
            "parse trees need the parser stanza, which is not installed: pip install stanza"
        ) from None
    try:
        # No download in silence, and one text is one sentence.
        pipeline = stanza.Pipeline(
            "en", processors=_PROCESSORS, tokenize_no_ssplit=True, download_method=None
        )
    except Exception as error:  # stanza raises its own, and those of what it loads
        reason = " ".join(str(error).split())
        raise OptionError(f"stanza has no English model; stanza.download('en'): {reason}") from None

    def parse(texts: Sequence[str]) -> list[Tree]:
        documents = pipeline.bulk_process(list(texts))
        return [read_tree(str(found.sentences[0].constituency)) for found in documents]

    return parse


def read_tree(text: str) -> Tree:
    """A tree from brackets such as "(S (NP (PRP I)) (VP (VBD left)))"; ValueError otherwise."""
    tokens = iter(_TOKEN.findall(text))
    if next(tokens, None) != "(":
        raise ValueError("no bracketed tree")
    try:
        return _read(tokens)
    except StopIteration:
        raise ValueError("a bracket is not closed") from None


def _read(tokens: Iterator[str]) -> Tree:
    label, children = next(tokens), []
    while (token := next(tokens)) != ")":
        if token == "(":
            children.append(_read(tokens))
    return Tree(label, tuple(children))


def cut(tree: Tree, depth: int) -> Tree:
    """The tree without what lies deeper than `depth` levels, the root being the first."""
    kept = (cut(child, depth - 1) for child in tree.children) if depth > 1 else ()
    return Tree(tree.label, tuple(kept))


def write_tree(tree: Tree) -> str:
    """The tree in brackets, as `read_tree` takes it."""
    return f"({' '.join([tree.label, *map(write_tree, tree.children)])})"


def distance(a: Tree, b: Tree) -> int:
    """Labels to be inserted, removed or replaced to make one tree of the other.

    Zhang and Shasha 1989, "Simple Fast Algorithms for the Editing Distance between Trees".
    """
    left, right = _Ordered(a), _Ordered(b)
    table = [[0] * len(right.labels) for _ in left.labels]
    for i in left.roots:
        for j in right.roots:
            _fill(table, left, right, i, j)
    return table[-1][-1]


class _Ordered:
    """Labels in postorder, the leftmost leaf below each, and the roots that need a table."""

    def __init__(self, tree: Tree):
        self.labels: list[str] = []
        self.leaves: list[int] = []
        self._add(tree)
        # Of the nodes with the same leftmost leaf only the last, which is the highest.
        self.roots = sorted({leaf: i for i, leaf in enumerate(self.leaves)}.values())

    def _add(self, tree: Tree) -> int:
        found = [self._add(child) for child in tree.children]
        leaf = found[0] if found else len(self.labels)
        self.labels.append(tree.label)
        self.leaves.append(leaf)
        return leaf


def _fill(table: list[list[int]], a: _Ordered, b: _Ordered, i: int, j: int) -> None:
    """Distances of all pairs of subtrees on the leftmost paths below node i and node j."""
    top, side = a.leaves[i], b.leaves[j]
    rows, columns = i - top + 2, j - side + 2
    forest = [[0] * columns for _ in range(rows)]
    for x in range(rows):
        forest[x][0] = x
    forest[0] = list(range(columns))
    for x in range(1, rows):
        for y in range(1, columns):
            m, n = top + x - 1, side + y - 1
            least = min(forest[x - 1][y], forest[x][y - 1]) + 1
            if a.leaves[m] == top and b.leaves[n] == side:
                changed = a.labels[m] != b.labels[n]
                table[m][n] = forest[x][y] = min(least, forest[x - 1][y - 1] + changed)
            else:
                before = forest[a.leaves[m] - top][b.leaves[n] - side]
                forest[x][y] = min(least, before + table[m][n])
