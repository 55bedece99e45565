"""A document under review."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from ...errors import InputError, OutputError
from ...saving import replacing
from ...text.decode import Encoding
from ..formats import Document, Format, by_content, by_name, read
from ..formats.model import TextFile
from .actions import Action, touched
from .disk import Snapshot, contents
from .history import History
from .journal import Journal
from .origin import Origin, digest
from .records import Head, Saved, Step
from .state import State
from .story import Story

SCRATCH = "scratch"
BACKUP = "~"


class Review:
    """A document, what is decided about its sentences, and the way to a file.

    Every step is in a journal before `do`, `undo` or `redo` returns, so that a crash loses
    nothing. name: raw, as the file has it; make it safe to show. encoding: of the text; UTF-8
    for a format that is no text.
    """

    def __init__(self, origin: Origin, journals: Path | None = None) -> None:
        """See `open` and `scratch`. Raises InputError if the bytes are no such document."""
        self._origin = origin
        self._file = read(origin.data, origin.format, origin.encoding)
        self.name = origin.name
        self.path = origin.path
        self.format = origin.format
        self.document: Document = self._file.document
        self.encoding = self._file.encoding if isinstance(self._file, TextFile) else Encoding()
        self._history = History()
        self._journal = Journal(journals, self._head)
        self._on_disk: Snapshot | None = None
        self._saved: dict[int, str] = {}  # texts, as they are in the file
        self._unsaved: set[int] = set()  # numbers of sentences that the file has otherwise
        self._written: set[str] = set()  # files whose first version is not there any more

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        format: Format | None = None,
        encoding: str | None = None,
        journals: Path | None = None,
    ) -> Self:
        """Read a file; its contents or its name tell the format where none is given.

        journals: the folder of the journal, if not the one of all reviews.
        Raises InputError if the file cannot be read or is no such document.
        """
        data, status = contents(path)
        kind = format or by_content(data) or by_name(path.name)
        review = cls(Origin(path.name, path, data, kind, encoding), journals)
        review._on_disk = Snapshot.of(data, status)
        return review

    @classmethod
    def scratch(
        cls,
        text: str,
        *,
        name: str = SCRATCH,
        format: Format = Format.PLAIN,
        journals: Path | None = None,
    ) -> Self:
        """A text that has no file yet. Raises InputError if it is no text."""
        try:
            data = text.encode()
        except UnicodeEncodeError:
            raise InputError("this text has characters that are none") from None
        return cls(Origin(name, None, data, format), journals)

    @classmethod
    def resumed(cls, journal: Journal, story: Story) -> Self:
        """The review that a journal tells of, which goes on in it.

        Raises InputError if the document is damaged or would be cut into other sentences.
        """
        head = story.head
        review = cls(Origin.of(head))
        if digest(review.document) != head.digest:
            raise InputError(f"the journal of {head.name} is of another version of this program")
        review._journal = journal
        review._history = story.history
        review._written = {saved.path for saved in story.saves}
        if story.path is not None:
            review._settle(Path(story.path), Snapshot(story.sha256))
        review._saved = story.saved.texts()
        review._compare({*review._saved, *story.history.state.decisions})
        return review

    @property
    def state(self) -> State:
        """What is decided."""
        return self._history.state

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back, and nothing new done since."""
        return self._history.can_redo

    @property
    def journal_error(self) -> str | None:
        """Why the latest steps would not survive a crash, in words; None if they would."""
        return self._journal.error

    @property
    def dirty(self) -> bool:
        """Whether there are decisions that the file does not have."""
        return bool(self._unsaved)

    @property
    def unsaved(self) -> int:
        """How many sentences the file has otherwise."""
        return len(self._unsaved)

    def do(self, action: Action) -> None:
        """Do it, and forget what was taken back; what changes nothing is no step.

        Raises IndexError for a sentence that is not there.
        """
        numbers = set(touched(action))
        if any(not 0 <= number < len(self.document.segments) for number in numbers):
            raise IndexError("no such sentence")
        if self._history.do(action):
            self._compare(numbers)
            self._journal.append(action)

    def undo(self) -> Action | None:
        """Take the last action back and return it; None if there is none."""
        return self._moved(Step.UNDO, self._history.undo())

    def redo(self) -> Action | None:
        """Do again what was taken back last and return it; None if there is nothing."""
        return self._moved(Step.REDO, self._history.redo())

    def text(self, number: int) -> str:
        """A sentence as it stands now."""
        decision = self.state.decisions.get(number)
        if decision is None or decision.text is None:
            return self.document.segments[number].source
        return decision.text

    def written(self, number: int) -> str:
        """A sentence as the document has it now, with its markup and line breaks."""
        text = self.text(number)
        segment = self.document.segments[number]
        return segment.write(text) if self.fits(number, text) else segment.raw

    def fits(self, number: int, text: str) -> bool:
        """Whether the document has a place for this text; else it would stay as it was."""
        try:
            self.encoding.encode(text)
        except InputError:
            return False
        return self.document.segments[number].fits(text)

    @property
    def original(self) -> bytes:
        """The document as it was read."""
        return self._origin.data

    def output(self) -> bytes:
        """The document with all decisions; byte for byte the same outside changed sentences."""
        return self._file.write(self.state.texts())

    def changed_on_disk(self) -> bool:
        """Whether somebody else has changed or removed the file since it was read or saved."""
        if self.path is None or self._on_disk is None:
            return False
        now = self._on_disk.renewed(self.path)
        if now is None:
            return True
        self._on_disk = now
        return False

    def save(self, path: Path | None = None, backup: bool = True) -> Path:
        """Write the document to its file, or to another that is its file from then on.

        With `backup` the version that was there before the review stays beside it, with `~`
        after its name. Raises OutputError if the file cannot be written; it is as it was then.
        """
        target = self.path if path is None else path
        if target is None:
            raise OutputError("this text has no file yet; give it one")
        data, place = self.output(), str(target.absolute())
        first = place not in self._written
        with replacing(target, BACKUP if backup and first else "") as stream:
            stream.write(data)
            stream.flush()
            now = Snapshot.of(data, os.fstat(stream.fileno()))
        self._settle(target, now)
        self._written.add(place)
        self._saved = self.state.texts()
        self._unsaved.clear()
        self._journal.append(Saved(place, now.digest))
        return target

    def close(self) -> None:
        """End the review; what is not saved is given up."""
        self._journal.close()

    def _moved(self, step: Step, action: Action | None) -> Action | None:
        if action is not None:
            self._compare(touched(action))
            self._journal.append(step)
        return action

    def _settle(self, path: Path, now: Snapshot) -> None:
        if self.path != path:
            self.path, self.name = path, path.name
        self._on_disk = now

    def _compare(self, numbers: Iterable[int]) -> None:
        """Note which of these sentences the file has otherwise."""
        for number in numbers:
            saved = self._saved.get(number, self.document.segments[number].source)
            if self.text(number) == saved:
                self._unsaved.discard(number)
            else:
                self._unsaved.add(number)

    def _head(self) -> Head:
        return self._origin.head(self.document)
