"""What the keys of the review do to sentences.

Dialogs are imported when they are wanted: the first frame does not wait for them.
"""

from collections.abc import Iterable

from textual import on

from ..widgets.dials_panel import DialsPanel
from ..widgets.document_view import DocumentView
from ..widgets.variant_list import VariantList
from .wording import NO_PLACE, WordingActions

ALL_DONE = "Nothing is open any more. Ctrl+S saves."
END = "There are no more sentences this way."


class SentenceActions(WordingActions):
    """Decisions, ways through the document, and the dialogs about sentences."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a document there is nothing to do to one."""
        needs = hasattr(SentenceActions, f"action_{action}") or action in ("again", "run")
        return not needs or (self.desk is not None and self.desk.current is not None)

    @on(VariantList.Chosen)
    def _choose(self, event: VariantList.Chosen) -> None:
        variants = self.query_one(VariantList).variants
        if event.index < len(variants):
            self.take(variants[event.index].text)

    @on(DocumentView.Selected)
    def _select(self, event: DocumentView.Selected) -> None:
        self._go(event.number)

    def action_take(self) -> None:
        """Take the variant that is marked; from the dials, go back to the variants first."""
        found = self.query_one(VariantList)
        if self.query_one(DialsPanel).has_focus_within:
            found.focus()
        elif variant := found.variant:
            self.take(variant.text)

    def action_keep(self) -> None:
        """Leave the sentence as it is, and go on."""
        self.desk.keep()
        self._decided()

    def action_reopen(self) -> None:
        """Forget what was decided about the sentence."""
        self.desk.reopen()
        self._changed([self.desk.current])

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
        numbers = self.desk.undo()
        if numbers is not None:
            self._changed(numbers)
        else:
            self.notify("There is nothing to undo.", timeout=2)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        numbers = self.desk.redo()
        if numbers is not None:
            self._changed(numbers)
        else:
            self.notify("There is nothing to redo.", timeout=2)

    def action_accept_safe(self) -> None:
        """Accept the best variant wherever it has no warning."""
        count = self.desk.accept_safe()
        self._changed(range(len(self.desk.segments)))
        self.notify(f"{count} accepted in one step, u takes it back." if count else "None is safe.")

    def action_copy(self) -> None:
        """Give the marked variant, or the sentence, to the clipboard."""
        variant = self.query_one(VariantList).variant
        self.app.copy_to_clipboard(variant.text if variant else self.now)
        self.notify("Copied.", timeout=1.5)

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

    def take(self, text: str, edited: bool = False) -> None:
        """Take a text for the current sentence, and go on."""
        if self.desk.accept(text, edited):
            self._decided()
        else:
            self.notify(NO_PLACE, severity="warning")

    def _frozen(self, terms: tuple[str, ...] | None) -> None:
        if terms is not None and self.desk.freeze(terms):
            self._changed(range(len(self.desk.segments)))

    def _decided(self) -> None:
        """The current sentence is done: show that and go on."""
        self.refresh_sentences([self.desk.current])
        if error := self.desk.review.journal_error:
            self.app.warn_once(error)
        if not self.desk.next_open():
            self.notify(ALL_DONE)
        self.show_sentence()

    def _changed(self, numbers: Iterable[int]) -> None:
        """These sentences may be different now."""
        self.refresh_sentences(numbers)
        self.show_sentence()

    def _go(self, number: int | None) -> None:
        if number is not None:
            self.desk.current = number
            self.show_sentence()
