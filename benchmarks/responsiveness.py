"""How soon the terminal UI answers: keys during a run of the whole document, opening, starting.

The first table is the time from a key to what it did being drawn, without a terminal, on the
bundled model: first in peace, then while every sentence of the document is looked up. What the
UI's own thread worked says how much of it a busy machine made. The second
opens a long document in a running program, the third is the command in a pseudo-terminal.

    python benchmarks/responsiveness.py [--seconds 20] [--words 10000] [--runs 5]
"""

import argparse
import asyncio
import itertools
import math
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual import events

from paraphraser_tui import paths
from paraphraser_tui.document.review.review import Review
from paraphraser_tui.engine.options import Options
from paraphraser_tui.models.store import DEFAULT_MODEL
from paraphraser_tui.tui.app import ParaphraserApp, opener
from paraphraser_tui.tui.widgets.status_line import StatusLine
from paraphraser_tui.tui.widgets.variant_list import VariantList

SENTENCES = Path(__file__).with_name("fifty.txt").read_text("utf-8").splitlines()
PARAGRAPH = 5  # sentences
CLOSE = "escape"
DIALOGS = {"s": "lists of sentences", "e": "small dialogs"}  # by the keys that open them
KEYS = ("n", "n", "down", "up", "x", "u", "p", "s", CLOSE, "e", CLOSE)
SIZE = (120, 34)
VARIANTS = 5
MEGABYTE = 1_000_000
THINKING = 0.05  # seconds between two keys
PATIENCE = 60.0
PERCENT = (50, 90, 99, 100)
COMMAND = (sys.executable, "-m", "paraphraser_tui.tui")
LIBRARY = (sys.executable, "-c", "import textual.app")
FIRST_FRAME = "Document"  # the title of a pane
WORDS = SENTENCES[0][:30]  # what stands on one line


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20, help="of keys, each time")
    parser.add_argument("--words", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[paths.STATE_VARIABLE] = folder
        file = Path(folder) / "document.txt"
        file.write_text(document(lambda text: len(text.split()) >= options.words), "utf-8")
        asyncio.run(keys(file, options.seconds))
        file.write_text(document(lambda text: len(text) >= MEGABYTE), "utf-8")
        asyncio.run(opening(file))
        file.write_text(document(bool), "utf-8")
        starting(file, options.runs)


def document(enough: Callable[[str], bool]) -> str:
    """Paragraphs of the fifty sentences, over and over until it is enough."""
    text, source = "", itertools.cycle(SENTENCES)
    while not enough(text):
        text += " ".join(itertools.islice(source, PARAGRAPH)) + "\n\n"
    return text


async def keys(file: Path, seconds: float) -> None:
    """The first table."""
    app = _app(Review.open(file))
    async with app.run_test(size=SIZE):
        await _until(lambda: bool(app.screen.query_one(VariantList).variants))
        print(f"{'key to drawn, ms':28}" + "".join(f"{_name(p):>8}" for p in PERCENT))
        _rows("without a run", await _pressed(app, seconds))
        line = app.screen.query_one(StatusLine)
        await _press(app, "a")
        await _until(lambda: line.progress is not None and line.progress.done > 0)
        before = line.progress
        _rows("during a run", await _pressed(app, seconds))
        after = line.progress
        if app.review:
            app.review.close()  # or the next table begins with an offer to go on with it
        if before is None or after is None:
            raise SystemExit("the run was over before the keys were; more --words, please")
        print(f"the run went from {before.done} to {after.done} of {after.total} sentences\n")


@dataclass(frozen=True)
class Key:
    """Milliseconds until what a key did was drawn, and those that the UI's thread worked."""

    name: str
    wall: float
    work: float


async def _pressed(app: ParaphraserApp, seconds: float) -> list[Key]:
    """What each key took."""
    found: list[Key] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key in KEYS:
            found.append(await _press(app, key))
            await asyncio.sleep(THINKING)
    return found


async def _press(app: ParaphraserApp, key: str) -> Key:
    """Press a key, and wait for what it does."""
    review = app.review_screen
    opens, closes = key in DIALOGS, key == CLOSE
    begin, work = time.perf_counter(), time.thread_time()
    event = events.Key(key, key if len(key) == 1 else None)
    event.set_sender(app)
    app.post_message(event)
    await _handled(app)
    if opens or closes:
        await _until(lambda: (app.screen is review) is closes)
    await _drawn(app)
    wall, work = time.perf_counter() - begin, time.thread_time() - work
    return Key(key, wall * 1000, work * 1000)


async def _handled(app: ParaphraserApp) -> None:
    """Until a key has gone to the app, to what has the focus, and up from there."""
    inside = app.focused or app.screen
    for place in (app, *inside.ancestors_with_self):
        reached = asyncio.Event()
        if place.call_later(reached.set):
            await reached.wait()


async def _drawn(app: ParaphraserApp) -> None:
    """Until the next frame is there."""
    frame = asyncio.Event()
    app.screen.call_after_refresh(frame.set)
    await frame.wait()


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0)


async def opening(file: Path) -> None:
    """The second table."""
    app = _app(None)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("escape")
        start = time.perf_counter()
        review = Review.open(file)
        read = time.perf_counter()
        app.lay(review)
        await _drawn(app)
        drawn = time.perf_counter()
        size = file.stat().st_size / MEGABYTE
        print(f"a document of {size:.1f} MB, {len(review.document.segments)} sentences")
        print(f"read and cut                {read - start:8.2f} s")
        print(f"drawn after that            {drawn - read:8.2f} s\n")


def starting(file: Path, runs: int) -> None:
    """The third table."""
    kinds = {
        "first frame": lambda: _first_frame([*COMMAND, str(file)], FIRST_FRAME),
        "sentences on the screen": lambda: _first_frame([*COMMAND, str(file)], WORDS),
        "import textual.app": _import,
    }
    print(f"{'from the start, s':28}{'median':>8}{'least':>8}{'most':>8}")
    found: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(runs + 1):
        for name, measured in kinds.items():
            found[name].append(measured())
    for name, seconds in found.items():
        rest = seconds[1:]  # the first run fills the disk cache
        figures = (statistics.median(rest), min(rest), max(rest))
        print(f"{name:28}" + "".join(f"{figure:8.2f}" for figure in figures))


def _first_frame(command: list[str], sign: str) -> float:
    """Seconds until a command has written this to its terminal."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "34"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    written = b""
    while sign.encode() not in written:
        written += os.read(ours, 65536)
    seconds = time.perf_counter() - start
    process.kill()
    process.wait()
    os.close(ours)
    os.close(theirs)
    return seconds


def _import() -> float:
    start = time.perf_counter()
    subprocess.run(LIBRARY, check=True)
    return time.perf_counter() - start


def _app(review: Review | None) -> ParaphraserApp:
    return ParaphraserApp(review, Options(num=VARIANTS), DEFAULT_MODEL, opener(None))


def _name(percent: int) -> str:
    return "max" if percent == 100 else f"p{percent}"


def _rows(name: str, keys: list[Key]) -> None:
    """What opens or closes a dialog apart from the other keys."""
    others = [key for key in keys if key.name not in (*DIALOGS, CLOSE)]
    _both(f"{name}, {len(others)} keys", others)
    for opens, told in DIALOGS.items():
        _both(f"  {told}", [key for key in keys if key.name == opens])


def _both(label: str, keys: list[Key]) -> None:
    _row(label, [key.wall for key in keys])
    _row("    work of the UI", [key.work for key in keys])


def _row(label: str, figures: list[float]) -> None:
    """Percentiles of the figures."""
    ordered = sorted(figures)
    shown = [ordered[math.ceil(p / 100 * len(ordered)) - 1] for p in PERCENT]
    print(f"{label:28}" + "".join(f"{figure:8.1f}" for figure in shown))


if __name__ == "__main__":
    main()
