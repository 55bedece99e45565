"""What a journal tells."""

import io
from dataclasses import dataclass, field

from .actions import touched
from .history import History
from .records import Entry, Head, Saved, Step, entry, head
from .state import State


@dataclass
class Story:
    """A review as far as its journal goes.

    saved: the state that was saved last. saves: what was written, in order.
    size: of the part of the journal that this is.
    """

    head: Head
    size: int
    history: History = field(default_factory=History)
    saved: State = field(default_factory=State)
    saves: list[Saved] = field(default_factory=list)

    @property
    def path(self) -> str | None:
        """Of the file that the review is about."""
        return self.saves[-1].path if self.saves else self.head.path

    @property
    def sha256(self) -> str:
        """Of that file's contents."""
        return self.saves[-1].sha256 if self.saves else self.head.sha256

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost with the journal."""
        return self.history.state != self.saved

    def add(self, found: Entry) -> None:
        """Go one step further. Raises ValueError for one that cannot come next."""
        match found:
            case Saved():
                self.saves.append(found)
                self.saved = self.history.state
            case Step.UNDO:
                if self.history.undo() is None:
                    raise ValueError("nothing to undo")
            case Step.REDO:
                if self.history.redo() is None:
                    raise ValueError("nothing to redo")
            case _:
                if any(not 0 <= number < self.head.sentences for number in touched(found)):
                    raise ValueError("no such sentence")
                self.history.do(found)


def told(content: bytes) -> Story:
    """What a journal tells, up to the first line that is incomplete or damaged.

    Raises ValueError if that is its head.
    """
    lines = io.BytesIO(content)
    first = lines.readline()
    if not first.endswith(b"\n"):
        raise ValueError("the head is incomplete")
    story = Story(head(first), len(first))
    for text in lines:
        try:
            if not text.endswith(b"\n"):
                break
            story.add(entry(text))
        except (ValueError, RecursionError):
            break
        story.size += len(text)
    return story
