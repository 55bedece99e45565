"""Two wordings and the mixture of them, whose parts can be pointed at."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from ...mixing import Mix, Part
from ...widgets.variant_text import Numbered
from ..base import plain_line

NOWHERE = "‹›"  # a part of which nothing stands in a wording
_META = "part"
_MARK = "$block-cursor-foreground on $block-cursor-background"
_FIRST = "bold"
_SECOND = "bold underline"
_LEFT = "$foreground-muted"


class MixLine(Static):
    """One of the wordings, or the sentence that is made of them; a click on a part tells it."""

    ALLOW_SELECT = False

    class Clicked(Message):
        """A part was clicked on."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def show(
        self, number: int | str, mix: Mix, says: Callable[[int], str], used: Callable[[int], bool]
    ) -> None:
        """Show what each part says, the marked one and those that are used."""
        out = Content("")
        for place, part in enumerate(mix.parts):
            told = plain_line(says(place) or _nowhere(part))
            if part.differs:
                style = _SECOND if place in mix.taken else _FIRST
                told = _marked(told, style if used(place) else _LEFT, place == mix.place)
                told = told.stylize(Style.from_meta({_META: place}))
            out += told
        self.update(Numbered(number, 1, out))

    def on_click(self, event: events.Click) -> None:
        """Tell which part it was."""
        place = event.style.meta.get(_META)
        if place is not None:
            self.post_message(self.Clicked(place))


class Mixture(MixLine, can_focus=True):
    """The sentence as it is so far; its keys choose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.move(-1)", "Part before", show=False),
        Binding("right", "screen.move(1)", "Next part", show=False),
        Binding("up", "screen.other(-1)", "Another text", show=False),
        Binding("down", "screen.other(1)", "Another text", show=False),
        Binding("space", "screen.switch", "Switch", show=False),
        Binding("enter", "screen.accept", "Take", show=False),
    ]


def _nowhere(part: Part) -> str:
    """Stands for the wording in which a part is empty, with the blank that the other one has."""
    other = part.first or part.second
    return other[: other[:1].isspace()] + NOWHERE


def _marked(told: Content, style: str, current: bool) -> Content:
    """The style but for the blanks around; the mark goes before its colour."""
    bare = told.plain.strip()
    start = told.plain.find(bare)
    if current:
        style = f"{style.removesuffix(_LEFT)} {_MARK}"
    return told.stylize(style, start, start + len(bare))
