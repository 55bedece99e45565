"""Ask which model to install, and under which name."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Checkbox

from ..base import Dialog, PlainText, Problem, SafeInput

ABOUT = """\
The directory of a model package, an archive of one (tar, tar.gz, tar.xz, zip), or the \
directory of a student, which is converted first. Nothing is fetched from a network, except \
hub:OWNER/NAME, a model of the Hugging Face Hub."""


@dataclass(frozen=True)
class InstallRequest:
    """What to install. name: None for the name that the model gives itself."""

    source: str
    name: str | None = None
    replace: bool = False


class Tick(Checkbox):
    """A box that shows its state in every colour scheme."""

    @property
    def _button(self) -> Content:
        return Content("[x]" if self.value else "[ ]")


class InstallDialog(Dialog[InstallRequest]):
    """Dismissed with what to install.

    last: a request that failed, to be put right.
    """

    DEFAULT_CSS = """
    InstallDialog SafeInput, InstallDialog Checkbox { margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "install", "Install"),
        Binding("escape", "cancel", "Cancel"),
    ]
    AUTO_FOCUS = "#source"

    def __init__(self, last: InstallRequest | None = None) -> None:
        super().__init__("Install a model")
        self._last = last or InstallRequest("")

    def body(self) -> ComposeResult:
        """The two fields, the box and the buttons."""
        last = self._last
        yield PlainText(ABOUT)
        yield SafeInput(last.source, placeholder="path or hub:...", id="source", compact=True)
        yield SafeInput(last.name, placeholder="name (default: its own)", id="name", compact=True)
        yield Tick("Replace a model of that name", last.replace, id="replace", compact=True)
        yield Problem()
        yield self.buttons("install", "cancel")

    def on_input_submitted(self) -> None:
        """Enter in a field."""
        self.action_install()

    def action_install(self) -> None:
        """Answer, if there is a source."""
        source = self.query_one("#source", SafeInput).value.strip()
        if not source:
            self.complain("a path is needed")
            return
        name = self.query_one("#name", SafeInput).value.strip() or None
        self.dismiss(InstallRequest(source, name, self.query_one(Tick).value))
