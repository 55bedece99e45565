"""The alternatives that a server tells with its answer (`logprobs`, `top_logprobs`)."""

import json
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from distill.records import Alternatives

from .prompts import FIELD

# An alternative with one of these would not go on with the text, but end or escape it.
_NO_TEXT = frozenset('"\\\n')


def read_tops(choice: Any, texts: Sequence[str]) -> tuple[tuple[Alternatives, ...], ...]:
    """For each paraphrase of an answer the alternatives to the tokens that lie within it.

    None are found for one that stands with escapes in the answer. () if the server told none.
    """
    try:
        content = choice["message"]["content"]
        tokens = choice["logprobs"]["content"]
        words = [token["token"] for token in tokens]
        if "".join(words) != content:  # half characters
            return ()
        ends = list(accumulate(map(len, words)))
        parts = [
            (end - len(word), end, _alternatives(token))
            for end, word, token in zip(ends, words, tokens, strict=True)
        ]
    except (KeyError, TypeError, AttributeError):
        return ()
    found, at = [], max(0, content.rfind(f'"{FIELD}"'))
    for text in texts:
        begin = content.find(json.dumps(text, ensure_ascii=False), at) + 1
        if not begin:
            found.append(())
            continue
        at = begin + len(text)
        inside = (part for part in parts if begin <= part[0] and part[1] <= at)
        found.append(tuple((a - begin, b - begin, words) for a, b, words in inside))
    return tuple(found)


def _alternatives(token: dict[str, Any]) -> dict[str, float]:
    """The alternatives to a token, itself included, with their log-probabilities."""
    told = {other["token"]: float(other["logprob"]) for other in token.get("top_logprobs") or ()}
    told.setdefault(token["token"], float(token["logprob"]))
    return {word: log for word, log in told.items() if not _NO_TEXT & set(word)}
