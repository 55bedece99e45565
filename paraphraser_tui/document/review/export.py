"""A review in other shapes than its document's own."""

import json
from collections.abc import Callable, Iterator
from enum import StrEnum

from ...text.decode import Encoding
from ..columns import DEFAULT_WIDTH, columns
from ..diff import FileDiff
from ..formats import Segment
from .review import Review


class Export(StrEnum):
    """What a review can be written as.

    CLEAN: the document with all decisions. DIFF: a unified diff. SIDE_BY_SIDE: two columns of
    sentences. JSONL: every sentence as an object on a line of its own.
    """

    CLEAN = "clean"
    DIFF = "diff"
    SIDE_BY_SIDE = "side-by-side"
    JSONL = "jsonl"


def exported(review: Review, kind: Export) -> bytes:
    """The review in that shape. Raises InputError if its document cannot have it."""
    return _MAKERS[kind](review)


def _diff(review: Review) -> bytes:
    """In the document's own encoding, as `patch` needs it."""
    diff = FileDiff(review.name, review.encoding)
    lines = [line for old, new in _stretches(review) for line in diff.feed(old, new)]
    return review.encoding.encode("".join([*lines, *diff.finish()]))


def _stretches(review: Review) -> Iterator[tuple[str, str]]:
    """The document in order, as it was and as it is written now."""
    number = 0
    for part in review.document.parts():
        if isinstance(part, Segment):
            yield part.raw, review.written(number)
            number += 1
        else:
            yield part, part


def _side_by_side(review: Review) -> bytes:
    rows = []
    for number, segment in enumerate(review.document.segments):
        text = review.text(number)
        rows.append((segment.source, [] if text == segment.source else [text]))
    return _utf8(columns(rows, DEFAULT_WIDTH))


def _jsonl(review: Review) -> bytes:
    out = []
    for number, segment in enumerate(review.document.segments):
        data = {
            "source": segment.source,
            "text": review.text(number),
            "status": review.state.status(number),
        }
        out.append(json.dumps(data, ensure_ascii=False) + "\n")
    return _utf8("".join(out))


def _utf8(text: str) -> bytes:
    return Encoding().encode(text)


_MAKERS: dict[Export, Callable[[Review], bytes]] = {
    Export.CLEAN: Review.output,
    Export.DIFF: _diff,
    Export.SIDE_BY_SIDE: _side_by_side,
    Export.JSONL: _jsonl,
}
