"""The document with its sentences marked: which one is current, and what became of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment as Cells
from rich.style import Style
from textual import events
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...document.formats import Document
from .document_layout import Layout, Row
from .marks import BAR, SIGNS, Look

# On the left: a bar along the current sentence, and signs of the sentences that begin in the row.
_SIGNS_SHOWN = 3
_MARGIN = len(BAR) + _SIGNS_SHOWN + 1
_GAP = 1  # before the scrollbar
_AROUND = Spacing(1, 0, 1, 0)  # rows in sight above and below the current sentence


class DocumentView(ScrollView, can_focus=True):
    """A document under review; only the rows in sight are ever rendered."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "document-view--between",
        "document-view--current",
        *(f"document-view--{look}" for look in Look),
    }
    DEFAULT_CSS = """
    DocumentView {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        background: $surface;
        color: $foreground;
        border-top: solid $border-blurred;
        border-title-color: $foreground;
        &:focus {
            border-top: heavy $border;
            border-title-style: bold;
        }
        & > .document-view--between { color: $text-muted; }
        &:ansi > .document-view--between { text-style: dim; }
        & > .document-view--warned { color: $text-warning; text-style: underline; }
        & > .document-view--accepted { color: $text-success; }
        & > .document-view--edited { color: $text-success; text-style: italic; }
        & > .document-view--current {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: bold;
        }
    }
    """

    current: reactive[int | None] = reactive(None)
    """The sentence that is marked and in sight; None for none, and for one that is not there."""
    virtual_size: reactive[Size] = reactive(Size(0, 0))
    """Unlike in other views it takes no new layout: the scrollbar is always there."""

    @dataclass
    class Selected(Message):
        """Somebody clicked on a sentence."""

        number: int

    def __init__(self, document: Document, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._document = document
        self._layout = Layout(document)
        self._looks: dict[int, Look] = {}
        self._plain = Style()  # of what has no other

    @property
    def document(self) -> Document:
        """The document; another one is shown as it is, from its beginning."""
        return self._document

    @document.setter
    def document(self, document: Document) -> None:
        self.current = None
        self._document = document
        self._layout = Layout(document)
        self._looks = {}
        self._wrap()
        self.scroll_home(animate=False)

    def show(self, texts: Mapping[int, str], looks: Mapping[int, Look] | None = None) -> None:
        """Other texts and looks for some sentences, by their number.

        Raises IndexError for one that is not there.
        """
        height, looks = self._layout.height, looks or {}
        self._layout.replace(texts)
        self._looks |= looks
        if self._layout.height == height:
            self._redraw({*texts, *looks})
            return
        self._resize()
        if self.current in texts:
            self._show_current()
        self.refresh()

    def update_segment(self, number: int, text: str, look: Look) -> None:
        """Another text and look for a sentence. Raises IndexError for one that is not there."""
        self.show({number: text}, {number: look})

    def segment_at(self, line: int, column: int) -> int | None:
        """The sentence in this row of the document and this cell of the row; None beside it."""
        return self._layout.segment_at(line, column)

    def validate_current(self, current: int | None) -> int | None:
        """Only what is there can be current."""
        there = current is not None and 0 <= current < len(self._document.segments)
        return current if there else None

    def watch_current(self, before: int | None, current: int | None) -> None:
        """Bring the sentence into sight."""
        self._show_current()
        self._redraw({before, current} - {None})

    def on_resize(self) -> None:
        """Break the lines at the new width."""
        self._wrap()
        self._show_current()

    def on_click(self, event: events.Click) -> None:
        """Tell which sentence was clicked; the margin belongs to the text beside it."""
        place = event.get_content_offset(self)
        if place is None:
            return
        number = self.segment_at(place.y + self.scroll_offset.y, max(place.x - _MARGIN, 0))
        if number is not None:
            self.post_message(self.Selected(number))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows that are in sight."""
        self._plain = self.rich_style  # slow to find, and the same for all
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A row that is in sight."""
        row = self._layout.row(y + self.scroll_offset.y)
        strip = Strip([*self._margin(row), *self._text(row)])
        return strip.adjust_cell_length(self.scrollable_content_region.width, self._plain)

    def _margin(self, row: Row) -> Iterator[Cells]:
        numbers = {piece.number for piece in row.pieces} - {None}
        yield Cells(BAR if self.current in numbers else " ", self._plain)
        begins = row.begins[:_SIGNS_SHOWN]
        for number in begins:
            look = self._looks.get(number, Look.OPEN)
            yield Cells(SIGNS[look], self._style(look))
        yield Cells(" " * (_MARGIN - len(BAR) - len(begins)), self._plain)

    def _text(self, row: Row) -> Iterator[Cells]:
        for piece in row.pieces:
            if piece.number is None:
                yield Cells(piece.text, self._style("between"))
                continue
            look = self._looks.get(piece.number, Look.OPEN)
            names = (look, "current") if piece.number == self.current else (look,)
            yield Cells(piece.text, self._style(*names))

    def _style(self, *names: str) -> Style:
        return self.get_component_rich_style(*(f"document-view--{name}" for name in names))

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width - _MARGIN - _GAP
        if width > 0:
            self._layout.wrap(width)
            self._resize()
            self.refresh()

    def _resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self._layout.height)
        self.vertical_scrollbar.window_virtual_size = self._layout.height
        self.scroll_y = min(self.scroll_y, self.max_scroll_y)

    def _redraw(self, numbers: Iterable[int]) -> None:
        """Draw these sentences anew, as far as they are in sight."""
        if not self._layout.height:
            return
        top, below = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        for number in numbers:
            rows = self._layout.rows_of(number)
            if rows.start < below and rows.stop > top:
                self.refresh_lines(rows.start, len(rows))

    def _show_current(self) -> None:
        if self.current is None or not self._layout.height:
            return
        rows = self._layout.rows_of(self.current)
        place = Region(0, rows.start, self.scrollable_content_region.width, len(rows))
        self.scroll_to_region(place, spacing=_AROUND, animate=False, immediate=True)
