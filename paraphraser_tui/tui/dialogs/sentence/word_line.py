"""A sentence whose words can be pointed at."""

import re

from textual import events
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from ..base import plain_line

# The engine counts words like this; what is attached to a word belongs to it.
_WORD = re.compile(r"\S+")
_META = "word"
_LOCKED = "underline"
_MARK = "bold $block-cursor-foreground on $block-cursor-background"


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text are."""
    return [match.span() for match in _WORD.finditer(text)]


class WordLine(Static):
    """The sentence with one word marked; a click on a word tells its place."""

    ALLOW_SELECT = False

    class Clicked(Message):
        """A word was clicked on."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def show(self, text: str, place: int, locked: int = 0) -> None:
        """Show a text, its word number `place` marked, its first characters as locked."""
        content = plain_line(text).stylize(_LOCKED, 0, locked)  # as many characters as the text
        for number, (start, end) in enumerate(word_spans(text)):
            content = content.stylize(Style.from_meta({_META: number}), start, end)
            if number == place:
                content = content.stylize(_MARK, start, end)
        self.update(content)

    def on_click(self, event: events.Click) -> None:
        """Tell which word it was."""
        place = event.style.meta.get(_META)
        if place is not None:
            self.post_message(self.Clicked(place))
