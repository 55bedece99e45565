"""Reviews that ended without being saved: bring one back, or drop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ..base import Dialog, PlainText, plain_line
from .confirm import ConfirmDialog

if TYPE_CHECKING:
    from ....document.review import Recovery


@dataclass(frozen=True)
class RecoverChoice:
    """What becomes of one of them."""

    recovery: Recovery
    restore: bool


class RecoverDialog(Dialog[RecoverChoice]):
    """Offers the interrupted reviews; None leaves them for another time."""

    DEFAULT_CSS = """
    RecoverDialog OptionList { height: auto; max-height: 12; background: $surface; margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "restore", "Restore"),
        Binding("d", "discard", "Discard"),
        Binding("l", "cancel", "Later"),
    ]
    AUTO_FOCUS = "OptionList"

    def __init__(self, found: Sequence[Recovery]) -> None:
        super().__init__("Restore a review?")
        self._found = found

    def body(self) -> ComposeResult:
        """The reviews and what can be done with one."""
        yield PlainText("These reviews were never saved. What was decided in them is here.")
        yield OptionList(*map(_option, self._found), markup=False)
        yield self.buttons("restore", "discard", "cancel")

    def on_option_list_option_selected(self) -> None:
        """Enter restores."""
        self.action_restore()

    def action_restore(self) -> None:
        """Go on with the marked review."""
        self.dismiss(RecoverChoice(self._marked, restore=True))

    def action_discard(self) -> None:
        """Drop the marked review, if that is meant."""
        found = self._marked

        def answer(sure: bool | None) -> None:
            if sure:
                self.dismiss(RecoverChoice(found, restore=False))

        question = f"{_decisions(found)} in {plain_line(found.name)} will be gone for good."
        self.app.push_screen(ConfirmDialog("Discard the review?", question), answer)

    @property
    def _marked(self) -> Recovery:
        return self._found[self.query_one(OptionList).highlighted or 0]


def _option(found: Recovery) -> Option:
    where = f"{found.path.parent}" if found.path else "no file"
    return Option(
        Content.assemble(
            plain_line(found.name),
            (f"  {_decisions(found)}, {found.when:%Y-%m-%d %H:%M}\n  ", "$foreground-muted"),
            plain_line(where).stylize("$foreground-muted"),
        )
    )


def _decisions(found: Recovery) -> str:
    return "1 decision" if found.decisions == 1 else f"{found.decisions} decisions"
