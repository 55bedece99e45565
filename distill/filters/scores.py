"""Scores of costly models, kept in a journal, so that a killed run does not compute them again."""

from collections.abc import Callable, Sequence

from distill.journal import Journal
from distill.records import Pair

# Enough to decide by; fewer digits make equal runs equal on different machines more often.
DIGITS = 4
Score = Callable[[Sequence[Pair]], Sequence[float]]


def remembered(score: Score, journal: Journal) -> Callable[[Sequence[Pair]], list[float]]:
    """`score`, asked only for batches that are not whole in the journal.

    A batch is scored as a whole or not at all, since its padding may touch the last digits.
    """

    def scores(pairs: Sequence[Pair]) -> list[float]:
        rows = [journal.get(pair.id) for pair in pairs]
        if all(rows):
            return [row["score"] for row in rows if row]
        found = [round(float(value), DIGITS) for value in score(pairs)]
        journal.append(
            *({"id": pair.id, "score": value} for pair, value in zip(pairs, found, strict=True))
        )
        return found

    return scores
