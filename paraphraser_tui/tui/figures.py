"""What a review did to its document, in figures."""

from collections import Counter
from collections.abc import Iterator
from statistics import mean

from ..document.review import Status
from ..document.statistics import Side, compared
from ..text.change import measure
from .desk import Desk

_DECIDED = (Status.ACCEPTED, Status.EDITED, Status.KEPT)


def figures(desk: Desk) -> Iterator[str]:
    """A fact a line."""
    counts = desk.counts
    state = desk.review.state
    by_status = Counter(decision.status for decision in state.decisions.values())
    told = ", ".join(f"{by_status[status]} {status}" for status in _DECIDED)
    yield f"sentences: {counts.total}, decided: {counts.decided} ({told})"
    if not counts.total:
        return
    yield f"changed: {counts.changed} ({counts.changed / counts.total:.0%})"
    changed = desk.texts()
    if changed:
        changes = [measure(desk.segments[n].source, text).overall for n, text in changed.items()]
        yield f"change, 0 to 1: {mean(changes):.2f} on average where changed"
    meanings = [variant.meaning for n in changed if (variant := desk.variant(n))]
    if meanings:
        yield f"meaning, 0 to 1: {mean(meanings):.2f} on average of {len(meanings)} accepted"
    before, after = Side(), Side()
    for source, text in desk.pairs():
        before.add(source)
        after.add(text)
    yield from compared(before, after)
