"""The models on this machine: use one, check, install and remove."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from rich.filesize import decimal
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import ProgressBar
from textual.worker import Worker, WorkerState

from ....models.catalogue import Entry
from ....models.manifest import Role
from ..base import Dialog, PlainText, Problem, plain_line
from ..files.confirm import ConfirmDialog
from . import shelf
from .install import InstallDialog, InstallRequest
from .shelf import Outcome
from .table import Table, cells

COLUMNS = ("Model", "State", "For", "Size")
UNKNOWN = "?"


class ModelsScreen(Dialog[str]):
    """Dismissed with the name of the model to use.

    current: the name of the one in use.
    """

    DEFAULT_CSS = """
    ModelsScreen #about { margin-top: 1; max-height: 3; }
    ModelsScreen ProgressBar { visibility: hidden; width: 1fr; }
    ModelsScreen ProgressBar Bar { width: 1fr; }
    ModelsScreen.busy ProgressBar { visibility: visible; }
    ModelsScreen Buttons Button { min-width: 6; }
    """
    DEFAULT_CLASSES = "large"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "use", "Use"),
        Binding("d", "default", "Default"),
        Binding("v", "verify", "Verify"),
        Binding("i", "install", "Install"),
        Binding("r,delete", "remove", "Remove"),
        Binding("escape", "cancel", "Close"),
    ]
    AUTO_FOCUS = "Table"

    def __init__(self, current: str) -> None:
        super().__init__("Models")
        self._current = current
        self._entries: tuple[Entry, ...] = ()
        self._request: InstallRequest | None = None  # the last one, if it failed
        self._lasting = False  # whether the work in hand changes something

    def body(self) -> ComposeResult:
        """The table, what there is to say, and the buttons."""
        yield Table(*COLUMNS)
        yield PlainText(id="about", classes="quiet")
        yield PlainText(id="news")
        yield Problem()
        yield ProgressBar(show_percentage=False, show_eta=False)
        yield self.buttons("use", "default", "verify", "install", "remove", "cancel")

    def on_mount(self) -> None:
        """Look what there is; every file is checked, which takes a moment."""
        self._begin("looking at the models ...", shelf.nothing, lasting=False)

    def on_data_table_row_highlighted(self) -> None:
        """Say what the table has no room for."""
        if entry := self._marked:
            self.query_one("#about", PlainText).say(plain_line(_about(entry)).plain)

    def on_data_table_row_selected(self) -> None:
        """Enter or a click on the marked row."""
        self.action_use()

    def action_use(self) -> None:
        """Leave with the marked model."""
        entry = self._marked
        if entry is None or self._waits():
            return
        if entry.problem or entry.manifest is None:
            self.complain(f"{entry.name} is damaged: {entry.problem}")
        elif entry.manifest.role is not Role.PARAPHRASER:
            self.complain(f"{entry.name} does not paraphrase: it is an {entry.manifest.role}")
        else:
            self.dismiss(entry.name)

    def action_default(self) -> None:
        """Make the marked model the one that is loaded from now on."""
        if entry := self._marked:
            work = partial(shelf.make_default, entry.name)
            self._begin(f"choosing {entry.name} ...", work)

    def action_verify(self) -> None:
        """Check the marked model."""
        if entry := self._marked:
            work = partial(shelf.verify, entry.path)
            self._begin(f"checking {entry.name} ...", work, lasting=False)

    def action_install(self) -> None:
        """Ask for a source and install it."""
        if not self._waits():
            self.app.push_screen(InstallDialog(self._request), self._install)

    def action_remove(self) -> None:
        """Delete the marked model, after a question."""
        entry = self._marked
        if entry is None or self._waits():
            return
        if entry.is_bundled:
            self.complain(f"{entry.name} comes with the program and cannot be removed")
        elif entry.name == self._current:
            self.complain(f"{entry.name} is in use; first use another model")
        else:
            question = ConfirmDialog("Remove a model", f"Delete {entry.name}, {entry.path}?")
            self.app.push_screen(question, partial(self._remove, entry.name))

    def action_cancel(self) -> None:
        """Leave, unless something is being changed."""
        if not (self._lasting and self._waits()):
            self.dismiss(None)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The thread is done."""
        if event.state is WorkerState.SUCCESS and isinstance(event.worker.result, Outcome):
            self._show(event.worker.result)

    def _install(self, request: InstallRequest | None) -> None:
        if request:
            self._request = request
            self._begin(f"installing {request.source} ...", partial(shelf.install, request))

    def _remove(self, name: str, agreed: bool | None) -> None:
        if agreed:
            self._begin(f"removing {name} ...", partial(shelf.remove, name))

    def _begin(self, news: str, work: Callable[[], str], lasting: bool = True) -> None:
        """Do something slow in a thread."""
        if self._waits():
            return
        self._say(news)
        self._lasting = lasting
        self.add_class("busy")
        self.run_worker(partial(shelf.after, work), thread=True)

    def _waits(self) -> bool:
        """Whether something is in hand already, which is then said."""
        busy = self.has_class("busy")
        if busy:
            self.complain("one moment, that is not done yet")
        return busy

    def _show(self, outcome: Outcome) -> None:
        self.remove_class("busy")
        self._entries = outcome.entries
        if not outcome.problem:
            self._request = None
        table = self.query_one(Table)
        place = table.cursor_row
        table.clear()
        for entry in outcome.entries:
            role = entry.manifest.role if entry.manifest else UNKNOWN
            row = (entry.name, ", ".join(self._marks(entry)), role, decimal(entry.size))
            table.add_row(*cells(row))
        table.move_cursor(row=place)
        self._say(outcome.news, outcome.problem)

    def _say(self, news: str, problem: str = "") -> None:
        self.query_one("#news", PlainText).say(plain_line(news).plain)
        self.complain(problem)

    @property
    def _marked(self) -> Entry | None:
        row = self.query_one(Table).cursor_row
        return self._entries[row] if row < len(self._entries) else None

    def _marks(self, entry: Entry) -> list[str]:
        marks = {
            "in use": entry.name == self._current,
            "default": entry.is_default,
            "damaged": bool(entry.problem),
            "bundled": entry.is_bundled,
        }
        return [mark for mark, holds in marks.items() if holds]


def _about(entry: Entry) -> str:
    if entry.problem or entry.manifest is None:
        return entry.problem
    manifest = entry.manifest
    return f"{entry.path}: {manifest.architecture}, {manifest.quantization}, {manifest.licence}"
