"""What all dialogs share: a frame with a heading, safe text, a row of buttons, Escape."""

from collections.abc import Callable
from itertools import chain
from typing import ClassVar, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static, TextArea

from ...text.sanitize import for_display, one_line
from ..memory import forget_drawn

Answer = TypeVar("Answer")


def plain(text: str, clean: Callable[[str], str] = for_display) -> Content:
    """Text from anywhere as it may be shown: no markup, no control characters, no surrogates."""
    return Content(clean(_encodable(text)))


def plain_line(text: object) -> Content:
    """Like `plain`, on one line: for file names, paths and errors."""
    return plain(str(text), one_line)


def _encodable(text: str) -> str:
    # File names that are not UTF-8 come with surrogates, which no terminal takes.
    return text.encode(errors="replace").decode()


class PlainText(Static):
    """Shows a text as it is; an empty one takes no room."""

    DEFAULT_CSS = """
    PlainText { width: 1fr; height: auto; }
    PlainText.warning { color: $text-warning; }
    PlainText.error { color: $text-error; }
    PlainText.quiet { color: $text-muted; }
    """

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None):
        super().__init__(plain(text), markup=False, id=id, classes=classes)
        self.display = bool(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self.update(plain(text))
        self.display = bool(text)


class Problem(PlainText):
    """Where a dialog says what is wrong with an answer."""

    DEFAULT_CLASSES = "error"


class SafeInput(Input):
    """An Input that shows control characters as pictures; its value keeps them."""

    DEFAULT_CSS = """
    SafeInput.-textual-compact { background: $panel; }
    """

    @property
    def _value(self) -> Text:
        return Text(plain_line(self.value).plain, no_wrap=True, overflow="ignore", end="")


class SafeTextArea(TextArea):
    """A TextArea that shows control characters as pictures; its text keeps them."""

    def get_line(self, line_index: int) -> Text:
        """The line as it is shown, character for character."""
        line = self.document.get_line(line_index)
        return Text(plain(line).plain, end="", no_wrap=True)


class Buttons(Horizontal):
    """A row of buttons, with the arrow keys between them."""

    DEFAULT_CSS = """
    Buttons { width: 1fr; height: auto; margin-top: 1; align-horizontal: right; }
    Buttons Button { margin-left: 1; min-width: 10; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", "Previous", show=False),
        Binding("right", "app.focus_next", "Next", show=False),
    ]


class Dialog(ModalScreen[Answer]):
    """A framed question.

    A subclass gives `body`, and an action with a described binding for each of its buttons;
    it is dismissed with an answer, or with None by Escape. `AUTO_FOCUS` names what Enter
    should meet first: buttons have their action's name as id.
    """

    # Opaque: to blend the screen below into every frame costs more than the dialog itself.
    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog, Dialog:ansi { background: $background; }
    Dialog > #frame {
        width: 72; max-width: 100%; height: auto; max-height: 100%;
        padding: 1 2; overflow-y: auto; background: $surface; color: $foreground;
        border: round $primary; border-title-style: bold; border-title-color: $text;
    }
    Dialog.large > #frame { width: 96%; max-width: 110; height: 96%; max-height: 36; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel")]

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading = plain_line(heading)

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        with Vertical(id="frame") as frame:
            frame.border_title = self._heading
            yield from self.body()

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        forget_drawn()

    def body(self) -> ComposeResult:
        """What stands in the frame."""
        raise NotImplementedError

    def buttons(self, *actions: str) -> Buttons:
        """A row of buttons for these of the dialog's own actions, named by their bindings."""
        return Buttons(*map(self._button, actions))

    def complain(self, problem: str) -> None:
        """Say in the dialog's Problem what is wrong, or with nothing that all is well."""
        self.query_one(Problem).say(plain_line(problem).plain)

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def _button(self, action: str) -> Button:
        bound = chain.from_iterable(self._bindings.key_to_bindings.values())
        own = (binding for binding in bound if binding.action == action)
        binding = min(own, key=lambda binding: len(binding.key))  # a letter before Escape
        return Button(_label(binding), id=action, action=f"screen.{action}")


def _label(binding: Binding) -> Content:
    """The description with its key underlined, or with the key behind it."""
    name, key = binding.description, binding.key
    place = name.casefold().find(key)
    if len(key) > 1 or place < 0:
        shown = key.replace("ctrl+", "^").replace("escape", "Esc").replace("enter", "Enter")
        return Content.assemble(name, " ", (shown, "$foreground-muted"))
    return Content(name).stylize("underline", place, place + 1)
