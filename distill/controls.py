"""Control codes: how far a pair's target moved from its source, as three vocabulary tokens.

In training each code is measured on the pair and stands before the source, so that the student
learns what it means; at run time the dial chooses it. The idea is that of CTRL (arXiv 1909.05858)
and of ACCESS for simplification (arXiv 1910.02677); the measures are those of the run time.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from paraphraser_tui.text.change import measure

from .records import Pair

# The levels' lower bounds: below the first is level 0, from the last on the highest.
LEXICAL = (0.12, 0.28, 0.42, 0.58)  # Change.lexical: share of content words replaced
ORDER = (0.08, 0.28)  # Change.order: share of shared content words' pairs inverted
LENGTH = (0.85, 1.18)  # Change.length: target words / source words

THRESHOLDS = {"lex": LEXICAL, "ord": ORDER, "len": LENGTH}
# What a source begins with when nothing particular is asked for: the middle of each code.
NEUTRAL = ("<lex2>", "<ord1>", "<len1>")


def token(code: str, level: int) -> str:
    """The vocabulary token of one level of one code."""
    return f"<{code}{level}>"


TOKENS = tuple(
    token(code, level) for code, bounds in THRESHOLDS.items() for level in range(len(bounds) + 1)
)


def codes(source: str, target: str) -> tuple[str, ...]:
    """The tokens `<lexN>`, `<ordN>`, `<lenN>` of a pair, in the order the source has them."""
    change = measure(source, target)
    values = {"lex": change.lexical, "ord": change.order, "len": change.length}
    return tuple(token(code, bisect_right(THRESHOLDS[code], values[code])) for code in THRESHOLDS)


def level(code: str, tokens: Iterable[str]) -> int:
    """The level of `code` ("lex", "ord" or "len") among the tokens of a pair."""
    return next(int(t[len(code) + 1 : -1]) for t in tokens if t.startswith(f"<{code}"))


def with_codes(pair: Pair) -> Pair:
    """The pair with its codes; those that it brings are kept if the students know them."""
    if pair.controls and set(pair.controls) <= set(TOKENS) and len(pair.controls) == len(NEUTRAL):
        return pair
    return replace(pair, controls=codes(pair.src, pair.tgt))
