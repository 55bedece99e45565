"""The syntax-controlled variant: the parse of the target stands behind the source.

The paper appends the whole parse; `depth` cuts it, which leaves a pattern that a person can
write. The control codes are measured on the two sentences alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from distill.records import Pair

from .trees import Parser, cut, write_tree


@dataclass(frozen=True)
class Syntax:
    """depth: levels of the parse that are written; 0 writes all."""

    depth: int = 0


def with_parses(pairs: Sequence[Pair], parse: Parser, depth: int) -> list[Pair]:
    """The pairs, each source followed by the bracketed parse of its target."""
    if not pairs:
        return []
    trees = parse([pair.tgt for pair in pairs])
    return [
        replace(pair, src=f"{pair.src} {write_tree(cut(tree, depth) if depth else tree)}")
        for pair, tree in zip(pairs, trees, strict=True)
    ]
