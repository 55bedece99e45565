"""What the app does with files: open, save, export, recover, leave.

Dialogs are imported when they are wanted: the first frame does not wait for them.
"""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import App

from ..document.formats import Format
from ..document.review.recovery import recoverable
from ..document.review.review import Review
from ..errors import ParaphraserError
from ..saving import replacing
from . import memory
from .desk import Desk
from .dialogs.base import plain_line
from .example import NAME, example
from .recent import recent_files, remember_file

if TYPE_CHECKING:
    from .screens.review import ReviewScreen

NOTHING_OPEN = "There is no document."
SERIOUS = 8.0  # seconds for a notice of what went wrong


class FileActions(App[None]):
    """Nothing here is lost without a question."""

    review_screen: "ReviewScreen"
    piped: bool
    output: bytes | None

    @property
    def review(self) -> Review | None:
        """The review on the desk."""
        desk = self.review_screen.desk
        return desk.review if desk else None

    def lay(self, review: Review) -> None:
        """Put a document on the desk in place of the one that is there."""
        self.call_after_refresh(memory.renew if self.review else memory.settle)
        self.close_review()
        if review.path:
            remember_file(review.path)
        self.review_screen.lay(Desk(review, self.review_screen.options))
        if not review.document.segments:
            self.tell("There is no sentence in it that could be reworded.", "warning")

    def tell(self, message: object, severity: str = "information") -> None:
        """A notice; never read as markup."""
        timeout = None if severity == "information" else SERIOUS
        self.notify(plain_line(message).plain, severity=severity, timeout=timeout, markup=False)

    def lay_example(self) -> None:
        """Begin with the document that comes with the program."""
        self.lay(Review.scratch(example(), name=NAME, format=Format.MARKDOWN))

    @work
    async def action_open(self) -> None:
        """Open another document."""
        from .dialogs.files.open import OpenDialog

        if not await self.may_leave():
            return
        path = await self.push_screen_wait(OpenDialog(self._folder(), recent_files()))
        if path is None:
            return
        try:
            review = Review.open(path)
        except ParaphraserError as error:
            self.tell(error, "error")
            return
        self.lay(review)

    @work
    async def action_paste(self) -> None:
        """Begin with a text that has no file."""
        from .dialogs.files.paste import PasteDialog

        if not await self.may_leave():
            return
        text = await self.push_screen_wait(PasteDialog())
        if text is not None:
            try:
                self.lay(Review.scratch(text))
            except ParaphraserError as error:
                self.tell(error, "error")

    @work
    async def action_save(self) -> None:
        """Save, or hand the result on in a pipe."""
        if self.piped and self.review:
            self._hand_on(self.review.output())
        else:
            await self.save()

    @work
    async def action_save_as(self) -> None:
        """Save under another name."""
        await self.save_as()

    @work
    async def action_export(self) -> None:
        """Write the review in another shape."""
        from ..document.review.export import exported
        from .dialogs.files.export import ExportDialog

        review = self.review
        if review is None:
            self.tell(NOTHING_OPEN)
            return
        shown = review.path or Path(review.name)
        dialog = ExportDialog(self._folder(), shown.stem, shown.suffix or ".txt")
        choice = await self.push_screen_wait(dialog)
        if choice is None:
            return
        try:
            # Long documents take seconds.
            data = await asyncio.to_thread(exported, review, choice.kind)
            with replacing(choice.path) as stream:
                stream.write(data)
        except ParaphraserError as error:
            self.tell(error, "error")
        else:
            self.tell(f"Written: {choice.path}")

    @work
    async def action_quit(self) -> None:  # type: ignore[override]
        """Leave; what is not saved is asked about."""
        review = self.review
        if review is None:
            self.exit()
        elif self.piped:
            await self._leave_pipe(review)
        elif await self.may_leave():
            self.close_review()
            self.exit()

    async def save(self) -> bool:
        """Save under the document's name; whether it is saved."""
        from .dialogs.files.changed import ChangedChoice, ChangedDialog

        review = self.review
        if review is None:
            self.tell(NOTHING_OPEN)
            return False
        if review.path is None:
            return await self.save_as()
        if review.changed_on_disk():
            choice = await self.push_screen_wait(ChangedDialog(review.path))
            if choice is ChangedChoice.SAVE_AS:
                return await self.save_as()
            if choice is None:
                return False
        return self._saved(review, review.path)

    async def save_as(self) -> bool:
        """Save under a name that is asked for; whether it is saved."""
        from .dialogs.files.save import SaveAsDialog

        review = self.review
        if review is None:
            self.tell(NOTHING_OPEN)
            return False
        path = await self.push_screen_wait(SaveAsDialog(self._folder(), review.name))
        return path is not None and self._saved(review, path)

    async def may_leave(self) -> bool:
        """Whether the document may be put away: it is saved, or need not be."""
        from .dialogs.files.quit import QuitChoice, QuitDialog

        review = self.review
        if review is None or not review.dirty:
            return True
        choice = await self.push_screen_wait(QuitDialog(review.name, review.unsaved))
        return choice is QuitChoice.DISCARD or (choice is QuitChoice.SAVE and await self.save())

    async def offer_recovery(self, path: Path | None = None) -> bool:
        """Offer reviews that were cut off, of one file or all; whether one is on the desk now."""
        from .dialogs.files.recover import RecoverDialog

        while found := [one for one in recoverable() if path in (None, one.path)]:
            choice = await self.push_screen_wait(RecoverDialog(found))
            if choice is None:
                return False
            try:
                if choice.restore:
                    self.lay(choice.recovery.restore())
                    return True
                choice.recovery.discard()
            except ParaphraserError as error:
                self.tell(error, "error")
                return False
        return False

    async def _leave_pipe(self, review: Review) -> None:
        """What comes next in the pipe gets the text with the decisions, or as it was."""
        from .dialogs.files.quit import QuitChoice, QuitDialog

        choice = QuitChoice.SAVE
        if review.dirty:
            choice = await self.push_screen_wait(QuitDialog(review.name, review.unsaved))
        if choice is not None:
            saved = choice is QuitChoice.SAVE
            self._hand_on(review.output() if saved else review.original)

    def close_review(self) -> None:
        """Give up the journal: what it holds is saved, or not wanted."""
        if self.review:
            self.review.close()

    def _hand_on(self, output: bytes) -> None:
        """End the program; the review is closed when somebody has the output."""
        self.output = output
        self.exit()

    def _saved(self, review: Review, path: Path) -> bool:
        try:
            review.save(path)
        except ParaphraserError as error:
            self.tell(error, "error")
            return False
        remember_file(path)
        self.review_screen.refresh_sentences(())
        self.tell(f"Saved: {path}")
        return True

    def _folder(self) -> Path:
        """Where a dialog begins."""
        if self.review and self.review.path:
            return self.review.path.absolute().parent
        with suppress(OSError):
            return Path.cwd()
        return Path.home()
