"""A host for one widget, which hears what it posts and reads what it shows."""

from contextlib import asynccontextmanager

from rich.segment import Segment
from textual.app import App
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

# Escape sequences, a bell, a C1 code, a bidirectional override, markup.
HOSTILE = "\x1b]52;c;aGk=\x07 \x9b31m \u202eevil [@click=app.quit]quit[/] [b]"
FORBIDDEN = {"\x1b", "\x07", "\x9b", "\u202e"}


class Host(App):
    """Shows one widget; the messages it posts are in `heard`."""

    def __init__(self, widget: Widget, theme: str | None = None) -> None:
        super().__init__()
        self.widget = widget
        self.heard: list[Message] = []
        self.animation_level = "none"
        if theme:
            self.theme = theme

    def compose(self):
        yield self.widget

    def hear(self, message: Message) -> None:
        own = type(message).__module__.startswith("paraphraser_tui")
        if own and not any(message is other for other in self.heard):
            self.heard.append(message)


@asynccontextmanager
async def hosted(widget: Widget, size: tuple[int, int] = (80, 24), theme: str | None = None):
    """The pilot of a running app with this widget alone."""
    app = Host(widget, theme)
    async with app.run_test(size=size, message_hook=app.hear) as pilot:
        await pilot.pause()
        yield pilot


def segments(widget: Widget) -> list[list[Segment]]:
    """What the widget shows, row by row."""
    return [list(strip) for strip in widget.render_lines(Region(0, 0, *widget.outer_size))]


def rows(widget: Widget) -> list[str]:
    """The text of what it shows, without blanks at the ends."""
    return ["".join(s.text for s in row).rstrip() for row in segments(widget)]


def styles_of(widget: Widget, text: str):
    """The styles of all stretches that contain this text."""
    return [s.style for row in segments(widget) for s in row if text in s.text]
