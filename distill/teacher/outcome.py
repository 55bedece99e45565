"""What became of one request to a teacher, and how the journal keeps it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from distill.journal import Journal
from distill.records import Alternatives

from .limits import Usage


class Failure(StrEnum):
    """Why a source has no paraphrases."""

    BROKEN = "broken_answer"
    TRUNCATED = "truncated"
    REFUSED = "refused"  # by the model
    FILTERED = "filtered"  # by the server's content filter
    REJECTED = "rejected"  # the server calls the request bad
    TIMEOUT = "timeout"
    UNAVAILABLE = "unavailable"
    UNEXPECTED = "unexpected"

    @property
    def passing(self) -> bool:
        """Whether the same request may succeed later."""
        return self in (Failure.TIMEOUT, Failure.UNAVAILABLE)


@dataclass(frozen=True)
class Outcome:
    """Paraphrases, or the reason why there are none, and the tokens it took.

    tops: what the server told of alternatives to parts of each paraphrase, if it did.
    """

    paraphrases: tuple[str, ...] = ()
    failure: Failure | None = None
    detail: str = ""
    usage: Usage = field(default_factory=Usage)
    tops: tuple[tuple[Alternatives, ...], ...] = ()

    def row(self, key: str) -> dict[str, Any]:
        """As a row of the journal."""
        row: dict[str, Any] = {"id": key}
        if self.failure is None:
            row["paraphrases"] = self.paraphrases
            if self.tops:
                row["tops"] = self.tops
        else:
            row |= {"failure": self.failure.value, "detail": self.detail}
        row |= {"prompt_tokens": self.usage.prompt, "completion_tokens": self.usage.completion}
        return row

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "Outcome":
        """From a row of the journal."""
        return cls(
            tuple(row.get("paraphrases", ())),
            Failure(row["failure"]) if "failure" in row else None,
            row.get("detail", ""),
            Usage(row["prompt_tokens"], row["completion_tokens"]),
            tuple(row.get("tops", ())),
        )


def record(journal: Journal, key: str, outcome: Outcome) -> None:
    """Put an outcome into the journal; what an earlier one of this request cost stays counted."""
    before = journal.get(key)
    if before is not None:
        usage = outcome.usage + Outcome.from_row(before).usage
        outcome = replace(outcome, usage=usage)
    journal.append(outcome.row(key))


def is_missing(journal: Journal, key: str) -> bool:
    """Whether a request was not made, or failed in a way that may have passed."""
    row = journal.get(key)
    if row is None:
        return True
    failure = Outcome.from_row(row).failure
    return failure is not None and failure.passing


def total(rows: Iterable[Mapping[str, Any]]) -> Usage:
    """The tokens that rows of the journal took."""
    return sum((Outcome.from_row(row).usage for row in rows), Usage())
