"""The whole app on an engine without a model."""

from collections.abc import Callable
from contextlib import asynccontextmanager

import pytest

from paraphraser_tui.document.formats import Format
from paraphraser_tui.document.review.review import Review
from paraphraser_tui.engine.fake import FakeEngine
from paraphraser_tui.engine.options import Options
from paraphraser_tui.tui.app import ParaphraserApp

LETTER = """\
# A letter

The meeting was postponed until Monday. We decided to buy a new house in the village.

- It was very big and old.
- Nobody has **ever** seen it, and they never will.

Call me at 12 o'clock, please. The people of the town wanted help.
"""
SIZE = (120, 34)
QUIET = 3  # rounds without a message from the engine's thread


class Driver:
    """A pilot that waits for the engine."""

    def __init__(self, pilot, engine: FakeEngine) -> None:
        self.app: ParaphraserApp = pilot.app
        self._pilot = pilot
        self._engine = engine

    async def press(self, *keys: str) -> None:
        """Press keys, each when what the one before started is over."""
        for key in keys:
            await self._pilot.press(key)
            await self.settle()

    async def click(self, *where, **settings) -> None:
        """Click, and wait."""
        await self._pilot.click(*where, **settings)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type into what has the focus."""
        await self._pilot.press(*("space" if c == " " else c for c in text))

    async def settle(self) -> None:
        """Until nothing more comes from the engine."""
        quiet, asked = 0, -1
        while quiet < QUIET:
            await self._pilot.pause()
            quiet = quiet + 1 if len(self._engine.asked) == asked else 0
            asked = len(self._engine.asked)

    def text(self) -> str:
        """What the screen shows."""
        rows = self.app.screen._compositor.render_strips()
        return "\n".join("".join(cells.text for cells in row).rstrip() for row in rows)

    @property
    def desk(self):
        """The document under review with its proposals."""
        return self.app.review_screen.desk


@pytest.fixture
def engine() -> FakeEngine:
    """Answers at once."""
    return FakeEngine()


@pytest.fixture
def started(engine: FakeEngine) -> Callable:
    """Runs the app on a review, or on none; gives its driver when the first answers are there."""

    @asynccontextmanager
    async def run(review: Review | None, size: tuple[int, int] = SIZE, piped: bool = False):
        app = ParaphraserApp(review, Options(num=3), "fake", lambda _: lambda: engine, piped=piped)
        async with app.run_test(size=size) as pilot:
            driver = Driver(pilot, engine)
            await driver.settle()
            yield driver

    return run


@pytest.fixture
def letter() -> Review:
    """A Markdown document of six sentences; the fourth has no variants, the fifth warnings."""
    return Review.scratch(LETTER, name="letter.md", format=Format.MARKDOWN)
