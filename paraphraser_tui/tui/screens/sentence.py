"""What the keys of the review do to sentences.

Dialogs are imported when they are wanted: the first frame does not wait for them.
"""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from ..service.messages import RequestFailed, VariantsReady, WordsReady
from ..widgets.dials_panel import DialsPanel
from ..widgets.document_view import DocumentView
from ..widgets.variant_list import VariantList

if TYPE_CHECKING:
    from ..desk import Desk
    from ..dialogs.sentence.word import WordDialog
    from ..service.service import Service

NO_PLACE = "This text has no place for the markup of the sentence, or for its encoding."
ALL_DONE = "Nothing is open any more. Ctrl+S saves."
END = "There are no more sentences this way."
EMPTY = "There is no sentence here."


class SentenceActions(Screen[None]):
    """Decisions, ways through the document, and the dialogs about sentences."""

    desk: "Desk | None"
    service: "Service"
    _dialog: "WordDialog | None" = None
    _asked: int = 0  # the ticket of the word dialog's last request
    _beginnings: frozenset[int] = frozenset()  # tickets of all that it asked for with a lock

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a document there is nothing to do to one."""
        needs = hasattr(SentenceActions, f"action_{action}") or action in ("again", "run")
        return not needs or (self.desk is not None and self.desk.current is not None)

    @on(VariantList.Chosen)
    def _choose(self, event: VariantList.Chosen) -> None:
        variants = self.query_one(VariantList).variants
        if event.index < len(variants):
            self._take(variants[event.index].text)

    @on(DocumentView.Selected)
    def _select(self, event: DocumentView.Selected) -> None:
        self._go(event.number)

    def action_take(self) -> None:
        """Take the variant that is marked; from the dials, go back to the variants first."""
        found = self.query_one(VariantList)
        if self.query_one(DialsPanel).has_focus_within:
            found.focus()
        elif variant := found.variant:
            self._take(variant.text)

    def action_keep(self) -> None:
        """Leave the sentence as it is, and go on."""
        self.desk.keep()
        self._decided()

    def action_reopen(self) -> None:
        """Forget what was decided about the sentence."""
        self.desk.reopen()
        self._changed()

    def action_step(self, by: int) -> None:
        """Go on or back."""
        if self.desk.step(by):
            self.show_sentence()
        else:
            self.notify(END, timeout=2)

    def action_next_open(self) -> None:
        """Go to the next sentence that is open."""
        if self.desk.next_open():
            self.show_sentence()
        else:
            self.notify(ALL_DONE)

    def action_undo(self) -> None:
        """Take the last step back."""
        if self.desk.undo():
            self._changed()
        else:
            self.notify("There is nothing to undo.", timeout=2)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        if self.desk.redo():
            self._changed()
        else:
            self.notify("There is nothing to redo.", timeout=2)

    def action_accept_safe(self) -> None:
        """Accept the best variant wherever it has no warning."""
        count = self.desk.accept_safe()
        self._changed()
        self.notify(f"{count} accepted in one step, u takes it back." if count else "None is safe.")

    def action_copy(self) -> None:
        """Give the marked variant, or the sentence, to the clipboard."""
        variant = self.query_one(VariantList).variant
        self.app.copy_to_clipboard(variant.text if variant else self._now)
        self.notify("Copied.", timeout=1.5)

    def action_edit(self) -> None:
        """Edit the marked variant, or the sentence as it stands, by hand."""
        from ...text.drift import find_drift
        from ..dialogs.sentence.edit import EditDialog

        number, variant = self.desk.current, self.query_one(VariantList).variant
        source = self.desk.segments[number].source
        text = variant.text if variant and self._now == source else self._now

        def check(edited: str) -> list[str]:
            fits = self.desk.review.fits(number, edited)
            return [*map(str, find_drift(source, edited)), *([] if fits else [NO_PLACE])]

        taken = partial(self._edited, number, variant and variant.text)
        self.app.push_screen(EditDialog(source, text, check), taken)

    def action_words(self) -> None:
        """Change the marked variant, or the sentence, word by word."""
        from ..dialogs.sentence.word import WordDialog

        number, variant = self.desk.current, self.query_one(VariantList).variant
        source = self.desk.segments[number].source
        self._dialog = WordDialog(source, variant.text if variant else self._now)
        taken = partial(self._edited, number, variant and variant.text)
        self.app.push_screen(self._dialog, taken)

    def ask_words(self, event: "WordDialog.WordAsked") -> None:
        """Pass on what the word dialog wants to know."""
        desk = self.desk
        source = desk.segments[desk.current].source
        self._asked = self.service.words(
            desk.current, source, event.place, event.text, desk.asked_options
        )

    def ask_beginnings(self, event: "WordDialog.LockAsked") -> None:
        """Pass on what the word dialog wants to know."""
        desk = self.desk
        sentence = desk.segments[desk.current].source
        self._asked = self.service.begin(
            desk.current, sentence, event.beginning, desk.asked_options
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

    def action_freeze(self) -> None:
        """Say which terms must stay in the whole document."""
        from ..dialogs.sentence.freeze import FreezeDialog

        self.app.push_screen(FreezeDialog(self.desk.review.state.frozen), self._frozen)

    def action_find(self) -> None:
        """Find a sentence by what it says."""
        from ..dialogs.sentence.find import FindDialog

        texts = [self.desk.review.text(n) for n in range(len(self.desk.segments))]
        self.app.push_screen(FindDialog(texts, self.desk.current), self._go)

    def action_sentences(self) -> None:
        """List the sentences and jump to one."""
        from ..dialogs.sentence.sentences import SentenceRow, SentencesDialog

        desk = self.desk
        rows = [
            SentenceRow(n, desk.review.text(n), desk.review.state.status(n), desk.warnings(n))
            for n in range(len(desk.segments))
        ]
        self.app.push_screen(SentencesDialog(rows, desk.current), self._go)

    def action_compare(self) -> None:
        """Compare before and after."""
        from ..dialogs.sentence.compare import CompareScreen

        self.app.push_screen(CompareScreen(self.desk.pairs(), self.desk.current), self._go)

    def action_statistics(self) -> None:
        """Tell what has changed in figures."""
        from ..dialogs.sentence.statistics import StatisticsDialog
        from ..figures import figures

        self.app.push_screen(StatisticsDialog(list(figures(self.desk))))

    @property
    def _now(self) -> str:
        return self.desk.review.text(self.desk.current)

    def _take(self, text: str, edited: bool = False) -> None:
        if self.desk.accept(text, edited):
            self._decided()
        else:
            self.notify(NO_PLACE, severity="warning")

    def _edited(self, number: int, variant: str | None, text: str | None) -> None:
        """Take what a dialog answered, for the sentence that it was opened for."""
        self._dialog = None
        if text is not None:
            self.desk.current = number
            self._take(text, edited=text != variant)

    def _frozen(self, terms: tuple[str, ...] | None) -> None:
        if terms is not None and self.desk.freeze(terms):
            self._changed()

    def _decided(self) -> None:
        """The current sentence is done: show that and go on."""
        self.refresh_sentences([self.desk.current])
        if error := self.desk.review.journal_error:
            self.app.warn_once(error)
        if not self.desk.next_open():
            self.notify(ALL_DONE)
        self.show_sentence()

    def _changed(self) -> None:
        """Anything may be different now."""
        self.refresh_sentences(range(len(self.desk.segments)))
        self.show_sentence()

    def _go(self, number: int | None) -> None:
        if number is not None:
            self.desk.current = number
            self.show_sentence()
