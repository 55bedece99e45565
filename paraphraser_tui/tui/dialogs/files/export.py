"""Choose in which form a review leaves the program, and where to."""

from dataclasses import dataclass
from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ....document.review.export import Export
from ..base import PlainText, Problem, SafeInput, plain_line
from .target import TargetDialog


@dataclass(frozen=True)
class ExportChoice:
    """What to write where."""

    kind: Export
    path: Path


@dataclass(frozen=True)
class _Form:
    kind: Export
    title: str
    note: str
    ending: str  # of the suggested name


_FORMS = (
    _Form(Export.CLEAN, "Clean", "the document with your sentences", "-new"),
    _Form(Export.DIFF, "Diff", "what changed, as patch reads it", ".diff"),
    _Form(Export.SIDE_BY_SIDE, "Side by side", "old and new in two columns", "-columns.txt"),
    _Form(Export.JSONL, "JSON lines", "one object for each sentence", ".jsonl"),
)


class ExportDialog(TargetDialog[ExportChoice]):
    """Dismissed with a form and a path that is free, or that the user wants to replace.

    `suffix` is the ending of the document's own kind, for the clean form.
    """

    DEFAULT_CSS = """
    ExportDialog OptionList { height: auto; background: $surface; margin-bottom: 1; }
    """
    AUTO_FOCUS = "OptionList"

    def __init__(self, folder: Path, stem: str, suffix: str = ".txt") -> None:
        super().__init__("Export", folder)
        self._stem, self._suffix = plain_line(stem).plain, plain_line(suffix).plain
        self._suggested = ""

    def body(self) -> ComposeResult:
        """The forms, the name and the buttons."""
        yield OptionList(*map(_option, _FORMS), markup=False)
        yield SafeInput(placeholder="name of the file", compact=True)
        yield PlainText(id="folder", classes="quiet")
        yield Problem()
        yield self.buttons("save", "cancel")

    def on_option_list_option_highlighted(self) -> None:
        """Another form has another ending, unless the user gave a name."""
        field = self.query_one(SafeInput)
        if field.value == self._suggested:
            self._suggested = field.value = self._name_for(self._form)

    def on_option_list_option_selected(self) -> None:
        """Enter on a form saves."""
        self.action_save()

    def settled(self, path: Path) -> None:
        """The answer."""
        self.dismiss(ExportChoice(self._form.kind, path))

    @property
    def _form(self) -> _Form:
        return _FORMS[self.query_one(OptionList).highlighted or 0]

    def _name_for(self, form: _Form) -> str:
        end = self._suffix if form.kind is Export.CLEAN else ""
        return f"{self._stem}{form.ending}{end}"


def _option(form: _Form) -> Option:
    return Option(Content.assemble(f"{form.title:<14}", (form.note, "$foreground-muted")))
