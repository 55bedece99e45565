"""Take a text that has no file."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ..base import Dialog, Problem, SafeTextArea
from .confirm import ConfirmDialog


class PasteDialog(Dialog[str]):
    """Dismissed with what was pasted or typed; never with nothing but blanks."""

    DEFAULT_CSS = """
    PasteDialog SafeTextArea { height: 1fr; min-height: 5; }
    """
    DEFAULT_CLASSES = "large"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "use", "Rewrite it")]
    AUTO_FOCUS = "SafeTextArea"

    def __init__(self) -> None:
        super().__init__("Paste a text")

    def body(self) -> ComposeResult:
        """Room for the text, and the buttons."""
        yield SafeTextArea(placeholder="Paste or type here")
        yield Problem()
        yield self.buttons("use", "cancel")

    def action_use(self) -> None:
        """Give the text away."""
        if self._text.strip():
            self.dismiss(self._text)
        else:
            self.complain("there is no text yet")

    def action_cancel(self) -> None:
        """Leave, but not lightly if something was written."""
        if not self._text.strip():
            self.dismiss(None)
            return
        question = "The text that you pasted is nowhere else in this program. Drop it?"
        self.app.push_screen(ConfirmDialog("Drop the text?", question), self._drop)

    @property
    def _text(self) -> str:
        return self.query_one(SafeTextArea).text

    def _drop(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)
