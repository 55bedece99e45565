"""Reviews that ended without being closed, and their way back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ...errors import InputError
from .journal import SUFFIX, Journal, folder
from .review import Review
from .story import Story, told


@dataclass(frozen=True)
class Recovery:
    """A review that was cut off.

    path: of its file; None for a text that has none.
    when: its last step.
    decisions: how many sentences were decided on.
    journal: where its steps are kept.
    """

    name: str
    path: Path | None
    when: datetime
    decisions: int
    journal: Path

    def restore(self) -> Review:
        """The review as it was, which goes on in the same journal.

        Raises InputError if another instance goes on with it already, or it cannot be read.
        """
        try:
            journal, content = Journal.reopened(self.journal)
        except OSError:
            raise InputError(f"the review of {self.name} is in use or gone") from None
        try:
            story = told(content)
            review = Review.resumed(journal, story)
            journal.cut(story.size)
        except (OSError, ValueError) as error:
            journal.leave()
            raise InputError(f"the journal of {self.name} cannot be read: {error}") from None
        except InputError:
            journal.leave()
            raise
        return review

    def discard(self) -> None:
        """Give it up, unless another instance goes on with it."""
        try:
            journal, _ = Journal.reopened(self.journal)
        except OSError:
            return
        journal.close()


def recoverable(journals: Path | None = None) -> list[Recovery]:
    """Reviews that were cut off with something unsaved, the latest first.

    Journals with nothing to recover are removed; those that are in use, or that this version
    of the program cannot read, are left alone.
    """
    place = folder() if journals is None else journals
    found = [one for path in place.glob(f"*{SUFFIX}") if (one := _examined(path))]
    return sorted(found, key=lambda one: one.when, reverse=True)


def _examined(path: Path) -> Recovery | None:
    try:
        status = path.stat()
        if not status.st_size:
            return None  # somebody is about to lock it
        journal, content = Journal.reopened(path)
    except OSError:
        return None
    try:
        story = told(content)
    except ValueError:
        # Cut off in its head, it never held a step.
        journal.leave() if b"\n" in content else journal.close()
        return None
    if not story.unsaved:
        journal.close()
        return None
    journal.leave()
    when = datetime.fromtimestamp(status.st_mtime).astimezone()
    return _recovery(story, when, path)


def _recovery(story: Story, when: datetime, journal: Path) -> Recovery:
    path = None if story.path is None else Path(story.path)
    name = path.name if story.saves else story.head.name
    return Recovery(name, path, when, len(story.history.state.decisions), journal)
