"""Draw the pictures of the terminal UI in docs/images: the real program, model and example.

    python scripts/screenshots.py

Each picture is written as SVG, which names only fonts that a machine has and loads nothing, and
as PNG.
"""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image  # matplotlib brings it
from textual.pilot import Pilot

from paraphraser_tui.engine.options import Options
from paraphraser_tui.models.chosen import default_model
from paraphraser_tui.tui.app import ParaphraserApp, opener
from paraphraser_tui.tui.dialogs.sentence.word import Choices
from paraphraser_tui.tui.screens.review import AHEAD
from paraphraser_tui.tui.variants import DEFAULT_VARIANTS
from paraphraser_tui.tui.widgets.status_line import StatusLine

PLACE = Path(__file__).parents[1] / "docs" / "images"
CONVERTER = "rsvg-convert"
ZOOM = "0.75"
COLOURS = 96  # enough for text, and a third of the size
PATIENCE = 300.0  # seconds for the answers of the engine, on a busy machine too
MOMENT = 0.05
EXAMPLE = "t"  # of the introduction

# Rich reserves 12.2 units for a character; this font has that width at this size, and a browser
# stretches others.
FONT = "'DejaVu Sans Mono', Menlo, Consolas, monospace"
FONT_SIZE = "20.26px"


@dataclass(frozen=True)
class Picture:
    """A screen: how large, in which theme, and the keys that lead there from the start."""

    name: str
    keys: str
    size: tuple[int, int] = (120, 34)
    theme: str = "night"


PICTURES = (
    Picture("review", "a enter enter n n n enter x p p p p"),
    Picture("dials", "2 enter n n d"),
    Picture("words", "n n n n n w right right right right"),
    Picture("mix", "n n n n n m right space", size=(80, 20)),
    Picture("compare", "enter enter n enter enter enter c"),
    Picture("small", "2 enter n enter x", size=(80, 24), theme="paper"),
)


def main() -> int:
    """Draw them all; 1 if something is missing."""
    if not shutil.which(CONVERTER):
        print(f"{CONVERTER} is missing: apt install librsvg2-bin", file=sys.stderr)
        return 1
    PLACE.mkdir(exist_ok=True)
    for picture in PICTURES:
        with tempfile.TemporaryDirectory() as state:  # neither the user's settings nor reviews
            os.environ |= {"PARAPHRASER_STATE_DIR": state, "PARAPHRASER_CONFIG": ""}
            svg = local(asyncio.run(drawn(picture)))
        file = PLACE / f"{picture.name}.svg"
        file.write_text(svg, encoding="utf-8")
        png = file.with_suffix(".png")
        subprocess.run([CONVERTER, "--zoom", ZOOM, file, "--output", png], check=True)
        Image.open(png).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
            png, optimize=True
        )
        print(f"{file}: {file.stat().st_size // 1000} kB, PNG {png.stat().st_size // 1000} kB")
    return 0


async def drawn(picture: Picture) -> str:
    """The screen that the keys lead to, as SVG."""
    app = ParaphraserApp(None, Options(num=DEFAULT_VARIANTS), default_model(), opener(None))
    async with app.run_test(size=picture.size) as pilot:
        app.theme = picture.theme
        await pilot.pause()
        for key in [EXAMPLE, *picture.keys.split()]:
            await pilot.press(key)
            await until(pilot, lambda: answered(app))
        app.clear_notifications()
        await pilot.pause(MOMENT)
        return app.export_screenshot()


def answered(app: ParaphraserApp) -> bool:
    """Whether nothing that is on the screen, or comes next there, is waited for."""
    desk, line = app.review_screen.desk, app.review_screen.query_one(StatusLine)
    if desk is None or desk.missing(desk.ahead(AHEAD)) or line.progress:
        return False
    return all(choices.option_count for choices in app.screen.query(Choices))


async def until(pilot: Pilot, done: Callable[[], bool]) -> None:
    """Wait for something. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE):
        await pilot.pause(MOMENT)
        while not done():
            await pilot.pause(MOMENT)


def local(svg: str) -> str:
    """Without what Rich adds: fonts that are loaded from elsewhere, a remark, buttons of a window.

    And with every blank, which librsvg drops otherwise.
    """
    svg = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*|<circle .*?/>\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONT}")
    return svg.replace("font-size: 20px", f"font-size: {FONT_SIZE}")


if __name__ == "__main__":
    sys.exit(main())
