"""The review: the document, the variants of its current sentence, the dials."""

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer

from ...document.formats import Document
from ...engine.options import MAX_SEED, Options
from ..desk import Desk
from ..dialogs.base import plain_line
from ..service.messages import (
    EngineFailed,
    EngineReady,
    RequestFailed,
    RunEnded,
    RunProgress,
    VariantsReady,
)
from ..service.service import Service
from ..widgets.dials_panel import DialsPanel
from ..widgets.document_view import DocumentView
from ..widgets.status_line import Facts, Progress, StatusLine
from ..widgets.variant_list import VariantList
from .keys import KEYS
from .sentence import SentenceActions

WIDE = 100  # columns from which the panes stand side by side
AHEAD = 4  # sentences that are prepared while the user looks at one
DIALS_PAUSE = 0.15  # seconds after which a dial counts as set
DIVERSITY_STEP = 15
LOADING = "loading the model …"
EMPTY = Document("", ())


class ReviewScreen(SentenceActions, Screen[None]):
    """Shows a desk; without one, an empty page."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS
    AUTO_FOCUS = "VariantList"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (WIDE, "-wide")]
    DEFAULT_CSS = """
    ReviewScreen {
        #panes { height: 1fr; }
        #work { width: 1fr; }
        DocumentView { width: 3fr; }
        #work { width: 2fr; }
        DialsPanel { display: none; height: auto; max-height: 60%; }
        &.-dials DialsPanel { display: block; }
        &.-narrow #panes { layout: vertical; }
        &.-narrow DocumentView { width: 100%; height: 2fr; }
        &.-narrow #work { width: 100%; height: 3fr; }
        &.-narrow.-dials VariantList { display: none; }
        &.-narrow DialsPanel { max-height: 100%; height: 1fr; }
    }
    """

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.options = options
        self._service: Service | None = None
        self._wanted = options  # whose answer the list waits for
        self._pause: Timer | None = None
        self._engine = LOADING

    def compose(self) -> ComposeResult:
        """The header, the document, the variants, the dials, the keys."""
        yield StatusLine()
        with Horizontal(id="panes"):
            yield DocumentView(EMPTY)
            with Vertical(id="work"):
                yield VariantList()
                yield DialsPanel(self.options)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Name the panes."""
        self.query_one(DocumentView).border_title = "Document"
        self.query_one(VariantList).border_title = "Variants"
        self.query_one(DialsPanel).border_title = "Dials"
        self._tell()

    def serve(self, service: Service) -> None:
        """From now on this service answers."""
        self._service = service

    def lay(self, desk: Desk) -> None:
        """Put a document on the desk."""
        if self.desk:
            self.service.cancel()
        self.desk = desk
        view = self.query_one(DocumentView)
        view.document = desk.review.document
        self.refresh_sentences(range(len(desk.segments)))
        if desk.review.state.decisions:
            desk.next_open()
        self.show_sentence()

    @property
    def service(self) -> Service:
        """Where the engine is asked."""
        if self._service is None:
            raise RuntimeError("there is no service yet")
        return self._service

    def refresh_sentences(self, numbers: Iterable[int]) -> None:
        """Show these sentences as they are now."""
        if desk := self.desk:
            looks = desk.marked(numbers)
            texts = {number: desk.review.text(number) for number in looks}
            self.query_one(DocumentView).show(texts, looks)
            self._tell()

    def show_sentence(self) -> None:
        """Show the current sentence and its variants, and ask for what is missing."""
        desk = self.desk
        self.query_one(DocumentView).current = desk.current if desk else None
        if desk:
            self._wanted = desk.asked_options
            self.show_variants()
            self._ask_ahead()
        self._tell()

    def show_variants(self) -> None:
        """What is known of the current sentence under the options that count, else ask."""
        desk, found = self.desk, self.query_one(VariantList)
        if desk is None or desk.current is None:
            found.clear()
            return
        number = desk.current
        result = desk.proposals.get(number, self._wanted)
        if result is not None:
            found.show(desk.segments[number].source, result)
            return
        found.wait()
        self.service.variants(number, desk.sentence(number), self._wanted)

    def action_again(self) -> None:
        """Draw other variants of this sentence at random."""
        if self.desk and self.desk.current is not None:
            seed = random.randint(0, MAX_SEED)
            options = replace(self.desk.asked_options, beam_size=None, sampling=True, seed=seed)
            self._wanted = options
            self.show_variants()

    def action_diversity(self, direction: int) -> None:
        """Go further from the source, or stay closer to it."""
        before = self.query_one(DialsPanel).options
        dial = min(max(before.diversity + direction * DIVERSITY_STEP, 0), 100)
        self.use(replace(before, diversity=dial))
        self.notify(f"diversity {dial}", timeout=1.5)

    def action_dials(self) -> None:
        """Show or hide the dials."""
        self.toggle_class("-dials")
        if self.has_class("-dials"):
            self.query_one(DialsPanel).query("Slider").first().focus()
        else:
            self.query_one(VariantList).focus()

    def action_removed(self) -> None:
        """Show or hide what a variant leaves out."""
        found = self.query_one(VariantList)
        found.show_removed = not found.show_removed

    def action_run(self) -> None:
        """Look for variants of all sentences, or stop that."""
        desk, line = self.desk, self.query_one(StatusLine)
        if line.progress is not None:
            self.service.cancel()
        elif desk and (jobs := desk.missing(range(len(desk.segments)))):
            line.progress = Progress(0, len(jobs))
            self.service.run(jobs, desk.asked_options)
        elif desk:
            self.notify("Every sentence has its variants.")

    def dial(self, options: Options) -> None:
        """Ask with other options."""
        self.options = options
        if self.desk:
            self.desk.options = options
            self.show_sentence()

    def use(self, options: Options) -> None:
        """Show other options in the dials, and ask with them."""
        self.query_one(DialsPanel).set_options(options)
        self.dial(options)

    def forget(self) -> None:
        """Another model comes: what the one before found counts no more."""
        self._engine = LOADING
        if self.desk:
            self.desk.proposals.clear()
            self.refresh_sentences(range(len(self.desk.segments)))
            self.show_sentence()

    @on(DialsPanel.Changed)
    def _dialled(self, event: DialsPanel.Changed) -> None:
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(DIALS_PAUSE, lambda: self.dial(event.options))

    @on(VariantsReady)
    def _found(self, event: VariantsReady) -> None:
        desk = self.desk
        if desk is None or self.took_beginning(event) or not desk.has(event.number, event.result):
            return
        desk.propose(event.number, event.options, event.result)
        self.refresh_sentences([event.number])
        if event.number == desk.current and event.options == self._wanted:
            source = desk.segments[event.number].source
            self.query_one(VariantList).show(source, event.result)

    @on(RequestFailed)
    def _failed(self, event: RequestFailed) -> None:
        if self.desk and event.number == self.desk.current:
            self.query_one(VariantList).fail(event.error)

    @on(EngineReady)
    def _ready(self, event: EngineReady) -> None:
        self._engine = f"{self.app.model} ({event.compute_type})"
        self._tell()

    @on(EngineFailed)
    def _no_engine(self, event: EngineFailed) -> None:
        self._engine = "no model"
        self.query_one(VariantList).fail(event.error)
        self._tell()

    @on(RunProgress)
    def _progress(self, event: RunProgress) -> None:
        self.query_one(StatusLine).progress = Progress(event.done, event.total)

    @on(RunEnded)
    def _ended(self, event: RunEnded) -> None:
        self.query_one(StatusLine).progress = None
        if not event.cancelled:
            self.notify("Every sentence has its variants. Shift+A accepts those without warnings.")

    def _ask_ahead(self) -> None:
        if desk := self.desk:
            self.service.prefetch(desk.missing(desk.ahead(AHEAD)), desk.asked_options)

    def _tell(self) -> None:
        """Bring the header up to date."""
        facts = Facts(engine=self._engine)
        if desk := self.desk:
            counts = desk.counts
            facts = Facts(
                name=plain_line(desk.review.name).plain,
                dirty=desk.review.dirty,
                place=0 if desk.current is None else desk.current + 1,
                sentences=counts.total,
                decided=counts.decided,
                warned=counts.warned,
                engine=self._engine,
            )
        self.query_one(StatusLine).facts = facts
