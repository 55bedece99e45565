"""The variants of the current sentence, or why there are none."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment as Cells
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size, Spacing
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Padding
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ...engine.result import Paraphrase, Result
from ...text.sanitize import one_line
from .marks import BAR, SIGNS, Look
from .variant_text import Numbered, body

WAITING = "Looking for variants …"
_NUMBER_KEYS = "123456789"
_BESIDE = Spacing(0, 1, 0, 1)  # what is told instead of variants


class VariantList(OptionList):
    """Variants with what changed, how far they keep the meaning, and warnings; best first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Take"),
        Binding("j", "cursor_down", "Next variant", show=False),
        Binding("k", "cursor_up", "Previous variant", show=False),
        *(
            Binding(key, f"choose({key})", f"Take variant {key}", show=False)
            for key in _NUMBER_KEYS
        ),
    ]
    DEFAULT_CSS = """
    VariantList {
        height: 1fr;
        scrollbar-size-vertical: 1;
        padding: 0;
        border: none;
        border-top: solid $border-blurred;
        border-title-color: $foreground;
        &:focus {
            border: none;
            border-top: heavy $border;
            border-title-style: bold;
            background-tint: $foreground 0%;
        }
        &:focus > .option-list--option-highlighted, & > .option-list--option-highlighted {
            color: $block-cursor-blurred-foreground;
            background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
    }
    """

    show_removed: reactive[bool] = reactive(False, init=False)
    """Whether words that a variant has no longer are shown too, struck out."""
    virtual_size: reactive[Size] = reactive(Size(0, 0))
    """It takes no new layout unless the scrollbar comes or goes, which sees to that itself."""

    @dataclass
    class Chosen(Message):
        """Somebody wants this variant."""

        index: int

    @dataclass
    class Highlighted(Message):
        """Somebody looks at this variant."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._source = ""
        self._variants: tuple[Paraphrase, ...] = ()

    @property
    def variants(self) -> tuple[Paraphrase, ...]:
        """The variants that can be chosen now."""
        return self._variants

    @property
    def variant(self) -> Paraphrase | None:
        """The highlighted one, if there are any."""
        return None if self.highlighted is None else self._variants[self.highlighted]

    def show(self, source: str, result: Result) -> None:
        """The variants compared with the sentence, the first one highlighted; or why none."""
        if not result.variants:
            reason = one_line(result.reason or "no variant was found")
            self._tell(f"{SIGNS[Look.KEPT]} Stays as it is: {reason}", "$foreground")
            return
        self.clear()
        self._source, self._variants = source, result.variants
        self.add_options([Option(self._prompt(index)) for index in range(len(self._variants))])
        self.highlighted = 0

    def wait(self) -> None:
        """Say that variants are being made."""
        self._tell(WAITING, "$foreground-muted")

    def fail(self, message: str) -> None:
        """Say that there are none for an error."""
        self._tell(f"{SIGNS[Look.WARNED]} {one_line(message)}", "$text-error")

    def clear(self) -> None:
        """Show nothing."""
        self._variants = ()
        self.clear_options()

    def action_choose(self, number: int) -> None:
        """Take a variant by its number, if there is one."""
        if number <= len(self._variants):
            self.highlighted = number - 1
            self.action_select()

    def render_line(self, y: int) -> Strip:
        """A row; a bar runs along the highlighted variant."""
        row = super().render_line(y)
        first = next(iter(row), None)
        style = first and first.style
        if not style or style.meta.get("option", -1) != self.highlighted:
            return row
        return Strip([Cells(BAR, style), *row.crop(len(BAR))])

    def watch_highlighted(self, new: int | None) -> None:
        """Tell."""
        super().watch_highlighted(new)
        if new is not None:
            self.post_message(self.Highlighted(new))

    def watch_show_removed(self) -> None:
        """Render all variants anew."""
        for index in range(len(self._variants)):
            self.replace_option_prompt_at_index(index, self._prompt(index))

    @on(OptionList.OptionHighlighted)
    def _stop(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.option_index))

    def _tell(self, text: str, style: str) -> None:
        self._variants = ()
        told = Padding(Content.styled(text, style), _BESIDE)
        self.set_options([Option(told, disabled=True)])

    def _prompt(self, index: int) -> Numbered:
        text = body(self._source, self._variants[index], self.show_removed)
        digits = len(str(len(self._variants)))
        return Numbered(index + 1, digits, text)
