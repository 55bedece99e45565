"""The review: the document, the variants of its current sentence, the dials."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from ...document.formats import Document
from ...engine.options import Options
from .. import memory
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
from ..widgets.key_bar import KeyBar
from ..widgets.status_line import Facts, Progress, StatusLine
from ..widgets.variant_list import VariantList
from .dialling import DialActions
from .keys import KEYS
from .sentence import SentenceActions

WIDE = 100  # columns from which the panes stand side by side
AHEAD = 4  # sentences that are prepared while the user looks at one
LOADING = "loading the model …"
EMPTY = Document("", ())


class ReviewScreen(SentenceActions, DialActions, Screen[None]):
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
        self.wanted = options  # whose answer the list waits for
        self._engine = LOADING
        self._outdated = False  # whether proposals are of a model that another one replaces

    def compose(self) -> ComposeResult:
        """The header, the document, the variants, the dials, the keys."""
        yield StatusLine()
        with Horizontal(id="panes"):
            yield DocumentView(EMPTY)
            with Vertical(id="work"):
                yield VariantList()
                yield DialsPanel(self.options)
        yield KeyBar()

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
            self.wanted = desk.asked_options
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
        result = desk.proposals.get(number, self.wanted)
        if result is not None:
            found.show(desk.segments[number].source, result)
            return
        found.wait()
        self.service.variants(number, desk.sentence(number), self.wanted)

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

    def expect_model(self) -> None:
        """Another model comes; until it is there, the one before answers."""
        self._engine = LOADING
        self._outdated = True
        self._tell()

    @on(VariantsReady)
    def _found(self, event: VariantsReady) -> None:
        desk = self.desk
        if desk is None or self.took_beginning(event) or not desk.has(event.number, event.result):
            return
        desk.propose(event.number, event.options, event.result)
        self.refresh_sentences([event.number])
        if event.number == desk.current and event.options == self.wanted:
            source = desk.segments[event.number].source
            self.query_one(VariantList).show(source, event.result)

    @on(RequestFailed)
    def _failed(self, event: RequestFailed) -> None:
        if self.desk and event.number == self.desk.current:
            self.query_one(VariantList).fail(event.error)

    @on(EngineReady)
    def _ready(self, event: EngineReady) -> None:
        self._engine = f"{self.app.model} ({event.compute_type})"
        if self._outdated and (desk := self.desk):
            desk.proposals.clear()
            self.refresh_sentences(range(len(desk.segments)))
            self.show_sentence()
            memory.renew()
        else:
            memory.settle()
        self._outdated = False
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
        if desk := self.desk:  # the current one is asked for already
            ahead = (number for number in desk.ahead(AHEAD) if number != desk.current)
            self.service.prefetch(desk.missing(ahead), desk.asked_options)

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
