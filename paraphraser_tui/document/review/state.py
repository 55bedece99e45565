"""What has been decided about a document, as a value that never changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """What has become of a sentence."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EDITED = "edited"
    KEPT = "kept"


@dataclass(frozen=True)
class Decision:
    """What stands in place of a sentence; without a text the original stays."""

    status: Status
    text: str | None = None


@dataclass(frozen=True)
class State:
    """All decisions about a document.

    decisions: by the number of the segment; one that is not there is open.
    frozen: terms that no paraphrase in this document may change, each once.
    """

    decisions: Mapping[int, Decision] = field(default_factory=dict)
    frozen: tuple[str, ...] = ()

    def status(self, number: int) -> Status:
        """What has become of a sentence; open for one that nobody has decided on."""
        decision = self.decisions.get(number)
        return Status.OPEN if decision is None else decision.status

    def texts(self) -> dict[int, str]:
        """The texts that stand in place of sentences, by their numbers."""
        return {n: d.text for n, d in self.decisions.items() if d.text is not None}
