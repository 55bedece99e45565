"""The terms that no paraphrase may change."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from ..base import Dialog, PlainText, SafeInput, plain_line

ABOUT = "These words and phrases stay as they are, everywhere in the document."
HINT = "a word or a phrase; Enter adds it"
NONE = "No terms yet."


class Terms(OptionList):
    """The frozen terms; Delete takes one out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete,backspace", "screen.remove", "Remove", show=False)
    ]


class FreezeDialog(Dialog[tuple[str, ...]]):
    """Adds and removes frozen terms; the answer is all of them, in order, each once."""

    AUTO_FOCUS = "#term"
    DEFAULT_CSS = """
    FreezeDialog #term { margin-top: 1; }
    FreezeDialog Terms { height: auto; max-height: 40vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "accept", "Done", priority=True),
        Binding("ctrl+d", "remove", "Remove", priority=True),
    ]

    def __init__(self, frozen: Sequence[str], suggestion: str = "") -> None:
        super().__init__("Frozen terms")
        self._terms = list(dict.fromkeys(frozen))
        self._suggestion = suggestion

    def body(self) -> ComposeResult:
        """See `Dialog`."""
        yield PlainText(ABOUT, classes="quiet")
        yield SafeInput(self._suggestion, placeholder=HINT, id="term")
        yield Terms(markup=False)
        yield PlainText(NONE, id="none", classes="quiet")
        yield self.buttons("remove", "accept", "cancel")

    def on_mount(self) -> None:
        """Show the terms there are."""
        self._show(0)

    @on(Input.Submitted, "#term")
    def _add(self, event: Input.Submitted) -> None:
        """Add what was typed; Enter in an empty field means that this is all."""
        term = event.value.strip()
        if not term:
            self.action_accept()
            return
        if term not in self._terms:
            self._terms.append(term)
        event.input.clear()
        self._show(self._terms.index(term))

    def action_remove(self) -> None:
        """Take the marked term out."""
        row = self.query_one(Terms).highlighted
        if row is not None:
            del self._terms[row]
            self._show(row)
        if not self._terms:
            self.query_one("#term").focus()

    def action_accept(self) -> None:
        """Answer with the terms."""
        self.dismiss(tuple(self._terms))

    def _show(self, row: int) -> None:
        terms = self.query_one(Terms)
        terms.set_options(Option(plain_line(term)) for term in self._terms)
        terms.highlighted = row if self._terms else None
        terms.display = bool(self._terms)
        self.query_one("#none").display = not self._terms
