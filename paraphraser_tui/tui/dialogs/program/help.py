"""All keys by topic, to be searched by typing."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ..base import Dialog, SafeInput, plain_line
from .keys import KeyGroup

INDENT = "  "
NOTHING = "no key does that"


class HelpScreen(Dialog[None]):
    """Dismissed with None."""

    DEFAULT_CSS = """
    HelpScreen #keys { height: 1fr; margin-top: 1; }
    HelpScreen #keys Static { width: 1fr; height: auto; }
    """
    DEFAULT_CLASSES = "large"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Close"),
        Binding("f1", "dismiss(None)", "Close", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
    ]
    AUTO_FOCUS = "SafeInput"

    def __init__(self, groups: Sequence[KeyGroup]) -> None:
        super().__init__("Keys")
        self._groups = groups

    def body(self) -> ComposeResult:
        """The search and the keys."""
        yield SafeInput(placeholder="type to find a key", compact=True)
        with VerticalScroll(id="keys", can_focus=False):
            yield Static(_listed(self._groups), markup=False)
        yield self.buttons("cancel")

    def on_input_changed(self, event: SafeInput.Changed) -> None:
        """List what matches."""
        matching = filter(None, (group.matching(event.value) for group in self._groups))
        self.query_one("#keys Static", Static).update(_listed(list(matching)))
        self._view.scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self._view.scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        """Scroll by a page."""
        pages = self._view.scrollable_content_region.height
        self._view.scroll_relative(y=direction * pages, animate=False)

    @property
    def _view(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)


def _listed(groups: Sequence[KeyGroup]) -> Content:
    if not groups:
        return Content(NOTHING)
    width = max((len(keys) for group in groups for keys, _ in group.rows), default=0)
    return Content("\n\n").join(_topic(group, width) for group in groups)


def _topic(group: KeyGroup, width: int) -> Content:
    rows = (
        Content.assemble(
            INDENT, plain_line(keys.ljust(width)).stylize("bold"), INDENT, plain_line(about)
        )
        for keys, about in group.rows
    )
    heading = plain_line(group.topic).stylize("bold $text-primary")
    return Content("\n").join([heading, *rows])
