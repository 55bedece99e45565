"""What the program is for, at its first run, and three ways to begin."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ..base import Dialog, PlainText, plain_line

WELCOME = """\
Other wordings for a text of yours, sentence by sentence. Each one shows what would change, \
and warns where the meaning might. You take it, mix it with another, edit it, or keep what \
you had.

Nothing leaves this machine. A file changes only when you save it, every step can be undone, \
and what you decided survives a crash."""


class IntroChoice(StrEnum):
    """How to begin."""

    EXAMPLE = "example"
    OPEN = "open"
    PASTE = "paste"


class IntroScreen(Dialog[IntroChoice]):
    """Dismissed with a way to begin.

    keys: a few keys to know from the start, each with what it does.
    """

    DEFAULT_CSS = """
    IntroScreen #keys { width: 1fr; height: auto; margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "example", "Try the example"),
        Binding("o", "open", "Open a file"),
        Binding("p", "paste", "Paste text"),
        Binding("escape", "cancel", "Close"),
    ]
    AUTO_FOCUS = "#example"

    def __init__(self, keys: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__("Welcome to paraphraser-tui")
        self._keys = keys

    def body(self) -> ComposeResult:
        """The welcome, the keys and the buttons."""
        yield PlainText(WELCOME)
        if self._keys:
            yield Static(_lines(self._keys), id="keys", markup=False)
        yield self.buttons("example", "open", "paste")

    def action_example(self) -> None:
        """Begin with the example."""
        self.dismiss(IntroChoice.EXAMPLE)

    def action_open(self) -> None:
        """Begin with a file."""
        self.dismiss(IntroChoice.OPEN)

    def action_paste(self) -> None:
        """Begin with a text from the clipboard."""
        self.dismiss(IntroChoice.PASTE)


def _lines(keys: Sequence[tuple[str, str]]) -> Content:
    width = max(len(key) for key, _ in keys)
    return Content("\n").join(
        Content.assemble(plain_line(key.ljust(width)).stylize("bold"), "  ", plain_line(about))
        for key, about in keys
    )
