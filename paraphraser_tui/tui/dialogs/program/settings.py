"""Settings: which values count, and those of the user's own file to be changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Label, Select

from ....errors import ParaphraserError
from ....settings.keys import KEYS, Key
from ....settings.origin import Layer, Source, Value
from ....settings.resolve import Settings
from ..base import Dialog, PlainText, Problem, SafeInput, plain_line
from .table import Table, cells
from .values import from_line, shown, words

COLUMNS = ("Setting", "In your file", "What counts now")
NOT_SAVED = "*"
NO_FILE = "there is no settings file of your own: PARAPHRASER_CONFIG is set, and empty"
LOSS = "not saved yet: ctrl+s saves, Escape once more drops the changes"


@dataclass(frozen=True)
class SettingsChoice:
    """What was saved, by the names of the fields (None: taken out), and the theme."""

    values: Mapping[str, Any]
    theme: str


class SettingsScreen(Dialog[SettingsChoice]):
    """Dismissed with what was saved.

    settings: what counts, from all sources. own: what the user's file says. path: that file;
    None if there is none. save: writes changed values there, with the errors of
    `settings.write.write`, which are shown. A theme is put on at once, and off by Escape.
    """

    DEFAULT_CSS = """
    SettingsScreen #look { height: 1; margin-bottom: 1; }
    SettingsScreen #look Label { margin-right: 1; }
    SettingsScreen Select { width: 24; }
    SettingsScreen #about { height: 2; }
    """
    DEFAULT_CLASSES = "large"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save"),
        Binding("delete", "take_out", "Take out"),
        Binding("escape", "cancel", "Cancel"),
    ]
    AUTO_FOCUS = "Table"

    def __init__(
        self,
        settings: Settings,
        own: Layer,
        path: Path | None,
        save: Callable[[Mapping[str, Any]], None],
    ) -> None:
        super().__init__("Settings")
        self._settings = settings
        self._path = path
        self._save = save
        self._saved = {field: value.value for field, value in own.items()}
        self._changes: dict[str, Any] = {}
        self._warned = False

    def body(self) -> ComposeResult:
        """The theme, the table, the value of the marked setting and the buttons."""
        self._theme = self.app.theme
        with Horizontal(id="look"):
            yield Label("Theme")
            names = [(name, name) for name in self.app.available_themes]
            yield Select(names, value=self._theme, allow_blank=False, compact=True)
        table = Table(*COLUMNS)
        for key in KEYS:
            table.add_row(*self._cells(key), key=key.field)
        yield table
        yield PlainText(id="about", classes="quiet")
        yield SafeInput(id="value", compact=True, disabled=self._path is None)
        yield Problem("" if self._path else NO_FILE)
        yield self.buttons("save", "take_out", "cancel")

    def on_select_changed(self, event: Select.Changed) -> None:
        """Put the theme on."""
        self.app.theme = str(event.value)

    def on_data_table_row_highlighted(self, event: Table.RowHighlighted) -> None:
        """Another setting is marked: say what it is for."""
        key = KEYS[event.cursor_row]
        self.query_one("#about", PlainText).say(plain_line(self._about(key)).plain)
        line = self._line
        line.suggester = SuggestFromList(words(key), case_sensitive=False)
        line.placeholder = f"not set; default: {_default(key)}"
        line.value = plain_line(shown(self._own(key))).plain

    def on_data_table_row_selected(self) -> None:
        """Enter or a click on the marked row."""
        self._line.focus()

    def on_input_submitted(self, event: SafeInput.Submitted) -> None:
        """A value was typed."""
        key = self._marked
        # What came from the file was made safe to show, and is not to come back like that.
        if event.value != plain_line(shown(self._own(key))).plain:
            try:
                self._change(key, from_line(key, event.value))
            except ParaphraserError as error:
                self.complain(str(error))
                return
        self.complain("")
        self.query_one(Table).focus()

    def action_take_out(self) -> None:
        """Let weaker sources say what the marked setting is."""
        if self._path:
            self._change(self._marked, None)
            self._line.value = ""

    def action_save(self) -> None:
        """Write the changes and leave with them; if that fails, stay."""
        try:
            if self._changes:
                self._save(self._changes)
        except ParaphraserError as error:
            self.complain(str(error))
        else:
            self.dismiss(SettingsChoice(dict(self._changes), self.app.theme))

    def action_cancel(self) -> None:
        """Leave the line, or the dialog: changes are dropped at the second time only."""
        if self._line.has_focus:
            self._line.value = plain_line(shown(self._own(self._marked))).plain
            self.query_one(Table).focus()
        elif self._changes and not self._warned:
            self._warned = True
            self.complain(LOSS)
        else:
            self.app.theme = self._theme
            self.dismiss(None)

    @property
    def _line(self) -> SafeInput:
        return self.query_one("#value", SafeInput)

    @property
    def _marked(self) -> Key:
        return KEYS[self.query_one(Table).cursor_row]

    def _own(self, key: Key) -> Any:
        return self._changes.get(key.field, self._saved.get(key.field))

    def _change(self, key: Key, value: Any) -> None:
        self._warned = False
        self._changes[key.field] = value
        if value == self._saved.get(key.field):
            del self._changes[key.field]
        table = self.query_one(Table)
        for column, cell in zip(table.ordered_columns, self._cells(key), strict=True):
            table.update_cell(key.field, column.key, cell, update_width=True)

    def _cells(self, key: Key) -> list[Text]:
        own = shown(self._own(key))
        mark = NOT_SAVED if key.field in self._changes else ""
        counting = _counting(key, self._settings.values[key.field])
        return cells([key.name, f"{own}{mark}", counting])

    def _about(self, key: Key) -> str:
        value = self._settings.values[key.field]
        note = f"; {value.unused}" if value.unused else ""
        return f"{key.name}: {key.about} (now from: {value.origin}{note})"


def _counting(key: Key, value: Value) -> str:
    now = _default(key) if value.value is None else shown(value.value) or "none"
    sources = dict.fromkeys(origin.source for origin in value.origins)
    return now if [*sources] == [Source.DEFAULT] else f"{now} ({', '.join(sources)})"


def _default(key: Key) -> str:
    return key.without if key.default is None else shown(key.default) or "none"
