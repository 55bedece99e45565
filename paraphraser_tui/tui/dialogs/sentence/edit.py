"""Edit one sentence by hand."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static, TextArea

from ....text.wrap import unwrap
from ...widgets.diff_text import diff_text
from ..base import Dialog, PlainText, SafeTextArea

SAME = "as in the original"
EMPTY = "A sentence cannot be empty. Escape leaves it as it was."


class SentenceArea(SafeTextArea):
    """A text area in which Enter accepts: a sentence has no line breaks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.accept", "Accept", show=False, priority=True)
    ]


class EditDialog(Dialog[str]):
    """One sentence to edit, with what differs from the original and what `check` warns of."""

    AUTO_FOCUS = "#text"
    DEFAULT_CSS = """
    EditDialog.large > #frame { max-height: 24; }
    EditDialog #text { height: auto; min-height: 5; max-height: 10; }
    EditDialog #about { height: 1fr; margin: 1 1 0 1; }
    EditDialog #about:focus { background-tint: $foreground 5%; }
    EditDialog #difference { height: auto; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "accept", "Accept", priority=True),
    ]

    def __init__(self, source: str, text: str, check: Callable[[str], Sequence[str]]) -> None:
        super().__init__("Edit the sentence")
        self.add_class("large")
        self._source = source
        self._text = text
        self._check = check
        self._loaded = ""  # the text as the editor has it, which may split it into other lines

    def body(self) -> ComposeResult:
        """See `Dialog`."""
        yield SentenceArea(self._text, id="text")
        with VerticalScroll(id="about"):
            yield PlainText("Changed, against the original:", classes="quiet")
            yield Static(id="difference", markup=False)
            yield PlainText(id="warnings", classes="warning")
        yield self.buttons("accept", "cancel")

    def on_mount(self) -> None:
        """Begin at the end of the sentence."""
        area = self.query_one(SentenceArea)
        self._loaded = area.text
        area.move_cursor(area.document.end)
        self._review()

    @property
    def edited(self) -> str:
        """What would be accepted: the very text that was given, unless it was changed.

        The editor may not hold every character as it was given (odd line separators), so
        nothing is taken from it that the user has not touched. Line breaks become blanks.
        """
        text = self.query_one(SentenceArea).text
        return self._text if text == self._loaded else unwrap(text).strip()

    @on(TextArea.Changed)
    def _review(self) -> None:
        text = self.edited
        same = text == self._source
        self.query_one("#difference", Static).update(
            SAME if same else diff_text(self._source, text, show_removed=True)
        )
        warnings = [f"! {warning}" for warning in self._check(text)] if text else [EMPTY]
        self.query_one("#warnings", PlainText).say("\n".join(warnings))

    def action_accept(self) -> None:
        """Answer with the text."""
        if self.edited:
            self.dismiss(self.edited)
