"""The application: one review screen, the engine's thread, files and program dialogs."""

import asyncio
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.app import App
from textual.timer import Timer

from ..document.review.review import Review
from ..engine.options import Options
from . import memory, themes
from .files import FileActions
from .program import ProgramActions
from .screens.review import ReviewScreen
from .service.engine import Engine, Load
from .service.service import Service

# What ends a session from outside; the exit code is this number and the signal's.
SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
SIGNALLED = 128

IDLE = 1.0  # seconds without the user in which there is time for other things

if TYPE_CHECKING:
    from .dialogs.sentence.word import WordDialog


def opener(threads: int | None) -> Callable[[str], Load]:
    """What opens a model by its name, in the thread that calls the result."""

    def of(model: str) -> Load:
        def load() -> Engine:
            from ..engine.paraphraser import Paraphraser  # the engine's thread imports it

            return Paraphraser.load(model, threads)

        return load

    return of


class ParaphraserApp(FileActions, ProgramActions, App[None]):
    """`paraphraser-tui`.

    review: of the document to begin with. model: the name of the model to begin with, for
    `load`. given: settings that go before those of files. piped: whether the result goes to
    standard output; after the end `output` has it.
    """

    TITLE = "paraphraser-tui"
    NOTIFICATION_TIMEOUT = 3.0  # notices cover what is below them

    def __init__(
        self,
        review: Review | None,
        options: Options,
        model: str,
        load: Callable[[str], Load],
        given: Mapping[str, Any] | None = None,
        piped: bool = False,
    ) -> None:
        super().__init__()
        self.piped = piped
        self.output: bytes | None = None
        self.model = model
        self.given = given or {}
        self.review_screen = ReviewScreen(options)
        self._first = review
        self._load = load
        self._warned = ""
        self._idle: Timer | None = None
        self._service = Service(load(model), self.review_screen.post_message)
        themes.register(self)
        self.theme = themes.remembered()
        self.animation_level = "none"  # keys act at once, over ssh too

    def get_default_screen(self) -> ReviewScreen:
        """The review is what everything else stands on."""
        return self.review_screen

    def on_mount(self) -> None:
        """Load the model behind the first frame."""
        self.review_screen.serve(self._service)
        self._heed_signals()
        self._idle = self.set_interval(IDLE, self._rest)
        self.call_after_refresh(self._begin)

    def on_unmount(self) -> None:
        """Leave no thread behind."""
        self._service.stop()
        memory.release()

    async def on_event(self, event: events.Event) -> None:
        """Whatever the user does comes first."""
        if isinstance(event, events.InputEvent):
            self._service.give_way()
            if self._idle:
                self._idle.reset()
        await super().on_event(event)

    def use_model(self, name: str) -> None:
        """Load another model; answers of the one before are forgotten then."""
        self.model = name
        self.review_screen.expect_model()
        self._service.reload(self._load(name))

    def warn_once(self, problem: str) -> None:
        """Tell of something that is wrong and stays wrong."""
        if problem != self._warned:
            self._warned = problem
            self.tell(problem, "warning")

    def _rest(self) -> None:
        """Nobody waits for anything: do what would be in the way at other times."""
        if self._idle:
            self._idle.pause()  # until the user is back
        memory.collect()

    def _heed_signals(self) -> None:
        """Leave the terminal as it was; the journal stays, for nobody said what to do with it."""
        for number in SIGNALS:
            with suppress(NotImplementedError, RuntimeError, ValueError):  # of other systems
                leave = partial(self.exit, return_code=SIGNALLED + number)
                asyncio.get_running_loop().add_signal_handler(number, leave)

    @work
    async def _begin(self) -> None:
        self._service.start()
        if self._first:
            self.lay(self._first)
            if self._first.path:
                await self.offer_recovery(self._first.path.absolute())
        elif not await self.offer_recovery():
            await self.introduce()

    def on_word_dialog_word_asked(self, event: "WordDialog.WordAsked") -> None:
        """A dialog stands on the app, and the engine is asked by the review."""
        self.review_screen.ask_words(event)

    def on_word_dialog_lock_asked(self, event: "WordDialog.LockAsked") -> None:
        """See `on_word_dialog_word_asked`."""
        self.review_screen.ask_beginnings(event)
