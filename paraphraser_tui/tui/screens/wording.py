"""The dialogs in which the wording of a sentence is changed by hand.

They are imported when they are wanted: the first frame does not wait for them.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from ..service.messages import RequestFailed, VariantsReady, WordsReady
from ..widgets.variant_list import VariantList

if TYPE_CHECKING:
    from ..desk import Desk
    from ..dialogs.sentence.word import WordDialog
    from ..service.service import Service

NO_PLACE = "This text has no place for the markup of the sentence, or for its encoding."
NOTHING_TO_MIX = "There is no other text to mix this one with."


class WordingActions(Screen[None]):
    """Editing, mixing, changing word by word; what comes of it is taken like a variant."""

    desk: "Desk | None"
    service: "Service"
    _dialog: "WordDialog | None" = None
    _asked: int = 0  # the ticket of the word dialog's last request
    _beginnings: frozenset[int] = frozenset()  # tickets of all that it asked for with a lock

    def take(self, text: str, edited: bool = False) -> None:
        """Take a text for the current sentence, and go on."""
        raise NotImplementedError

    def action_edit(self) -> None:
        """Edit the marked variant, or the sentence as it stands, by hand."""
        from ..dialogs.sentence.edit import EditDialog

        variant = self.query_one(VariantList).variant
        text = variant.text if variant and self.now == self._source else self.now
        self.app.push_screen(EditDialog(self._source, text, self._check()), self._taken())

    def action_mix(self) -> None:
        """Mix the marked variant with another one, or with the sentence as it was."""
        from ..dialogs.sentence.mix import MixDialog, Wording

        found = self.query_one(VariantList)
        texts = [Wording(n, variant.text) for n, variant in enumerate(found.variants, 1)]
        at = 0 if found.highlighted is None or not texts else found.highlighted + 1
        first = texts[at - 1] if at else Wording(0, self.now)
        others = [one for one in (Wording(0, self._source), *texts) if one.text != first.text]
        if not others:
            self.notify(NOTHING_TO_MIX)
            return
        start = next((n for n, one in enumerate(others) if one.number > at), 0)
        self.app.push_screen(MixDialog(first, others, start, self._check()), self._taken())

    def action_words(self) -> None:
        """Change the marked variant, or the sentence, word by word."""
        from ..dialogs.sentence.word import WordDialog

        variant = self.query_one(VariantList).variant
        self._dialog = WordDialog(self._source, variant.text if variant else self.now)
        self.app.push_screen(self._dialog, self._taken())

    def ask_words(self, event: "WordDialog.WordAsked") -> None:
        """Pass on what the word dialog wants to know."""
        desk = self.desk
        self._asked = self.service.words(
            desk.current, self._source, event.place, event.text, desk.asked_options
        )

    def ask_beginnings(self, event: "WordDialog.LockAsked") -> None:
        """Pass on what the word dialog wants to know."""
        desk = self.desk
        self._asked = self.service.begin(
            desk.current, self._source, event.beginning, desk.asked_options
        )
        self._beginnings |= {self._asked}

    @on(WordsReady)
    def _words(self, event: WordsReady) -> None:
        if self._dialog and event.ticket == self._asked:
            self._dialog.show(event.place, event.alternatives)

    def took_beginning(self, event: VariantsReady) -> bool:
        """Whether these variants were for the word dialog; they are no proposals."""
        if event.ticket not in self._beginnings:
            return False
        if self._dialog and event.ticket == self._asked:
            self._dialog.show_beginnings(event.result)
        return True

    @on(RequestFailed)
    def _words_failed(self, event: RequestFailed) -> None:
        if self._dialog and event.ticket == self._asked:
            self._dialog.fail(event.error)

    @property
    def now(self) -> str:
        """The current sentence as it stands."""
        return self.desk.review.text(self.desk.current)

    @property
    def _source(self) -> str:
        return self.desk.segments[self.desk.current].source

    def _check(self) -> Callable[[str], list[str]]:
        """What to mind of a text for the current sentence."""
        from ...text.drift import find_drift

        source, fits = self._source, partial(self.desk.review.fits, self.desk.current)
        return lambda text: [
            *map(str, find_drift(source, text)),
            *([] if fits(text) else [NO_PLACE]),
        ]

    def _taken(self) -> Callable[[str | None], None]:
        """Takes what a dialog answers, for the sentence that it is opened for."""
        number, desk = self.desk.current, self.desk
        variants = {variant.text for variant in self.query_one(VariantList).variants}

        def taken(text: str | None) -> None:
            self._dialog = None
            if text is not None:
                desk.current = number
                self.take(text, edited=text not in variants)

        return taken
