"""A list that draws only the rows in view: ten thousand open as fast as ten."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual


class LazyList(ScrollView, can_focus=True):
    """Numbered items in rows, one of them marked.

    A subclass gives `lines`; where rows are higher than a line, also `tops`.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LazyList {
        height: 1fr; background: $surface; color: $foreground;
        text-wrap: nowrap; text-overflow: ellipsis;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        & > .lazy-list--marked {
            color: $block-cursor-blurred-foreground;
            background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
        &:focus > .lazy-list--marked {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lazy-list--marked"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    marked: reactive[int | None] = reactive(None)  # the row, None without rows

    class Marked(Message):
        """Another item is marked, or none."""

    class Chosen(Message):
        """An item was chosen."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__()
        self._items: Sequence[int] = ()
        self._tops: Sequence[int] = range(1)
        self._width = 0  # for which the rows are arranged

    @property
    def items(self) -> Sequence[int]:
        """The numbers of the items, in ascending order."""
        return self._items

    @property
    def number(self) -> int | None:
        """The marked item."""
        return None if self.marked is None else self._items[self.marked]

    def show(self, items: Sequence[int], near: int) -> None:
        """List these items; the first that is not before `near` is marked, or the last."""
        self.set_reactive(LazyList.marked, None)
        self._items = items
        self._arrange()
        self.refresh()
        self.marked = min(bisect_left(items, near), len(items) - 1) if items else None
        self._scroll_to_mark(center=True)
        if not items:
            self.post_message(self.Marked())

    def tops(self, width: int) -> Sequence[int]:
        """On which line each row begins, and where the last one ends."""
        return range(len(self._items) + 1)

    def lines(self, number: int, width: int) -> Sequence[Content]:
        """An item as it is shown, as many lines as `tops` says."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """See `ScrollView`."""
        width = self.scrollable_content_region.width
        place = self.scroll_offset.y + y
        if place >= self._tops[-1] or width != self._width:  # rows are arranged in a moment
            return Strip.blank(width, self.rich_style)
        row = bisect_right(self._tops, place) - 1
        line = self.lines(self._items[row], width)[place - self._tops[row]]
        marked = row == self.marked
        style = self.get_visual_style("lazy-list--marked") if marked else self.visual_style
        return Visual.to_strips(self, line, width, 1, style, pad=True)[0]

    def watch_marked(self, row: int | None) -> None:
        """Keep the marked row in view."""
        if row is None:
            return
        self._scroll_to_mark()
        self.refresh()
        self.post_message(self.Marked())

    def on_resize(self) -> None:
        """Rows may get another height."""
        self._arrange()
        self._scroll_to_mark(center=True)

    def on_click(self, event: events.Click) -> None:
        """Choose what is clicked on."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        place = self.scroll_offset.y + offset.y
        if place < self._tops[-1]:
            self.marked = bisect_right(self._tops, place) - 1
            self.action_choose()

    def action_move(self, rows: int) -> None:
        """Mark another row."""
        if self.marked is not None:
            self.marked = max(0, min(self.marked + rows, len(self._items) - 1))

    def action_page(self, direction: int) -> None:
        """Mark the row a page away, at least the next one."""
        if self.marked is None:
            return
        page = direction * self.scrollable_content_region.height
        row = bisect_right(self._tops, max(0, self._tops[self.marked] + page)) - 1
        self.action_move(row - self.marked or direction)

    def action_first(self) -> None:
        """Mark the first row."""
        self.action_move(-len(self._items))

    def action_last(self) -> None:
        """Mark the last row."""
        self.action_move(len(self._items))

    def action_choose(self) -> None:
        """Tell which item was chosen."""
        if self.number is not None:
            self.post_message(self.Chosen(self.number))

    def _arrange(self) -> None:
        self._width = self.scrollable_content_region.width
        self._tops = self.tops(self._width) if self._width else range(1)
        self.virtual_size = Size(self._width, self._tops[-1])

    def _scroll_to_mark(self, center: bool = False) -> None:
        if self.marked is None or not self._width:
            return
        top, end = self._tops[self.marked], self._tops[self.marked + 1]
        region = Region(0, top, 1, end - top)
        self.scroll_to_region(region, center=center, animate=False, force=True, immediate=True)
