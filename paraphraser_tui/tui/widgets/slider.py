"""A dial: a number in a range, set by keys or by mouse."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

LABEL_WIDTH = 12  # so that the rows of a panel stand in line
_FIGURE_WIDTH = 5
_UNSET = "auto"
_KNOB, _LEFT, _RIGHT = "●", "━", "─"
_LARGE_STEP = 5


@dataclass(frozen=True)
class Scale:
    """Whole steps from `low` to `high`, shown as so many parts of one.

    rest: where the knob starts from if nothing was set, for a dial that may be left unset.
    """

    low: int
    high: int
    parts: int = 1
    rest: int | None = None
    large_step: int = _LARGE_STEP

    def shown(self, value: int | None) -> str:
        """A value as a person reads it."""
        if value is None:
            return _UNSET
        return str(value) if self.parts == 1 else f"{value / self.parts:.2f}"


class Slider(Widget, can_focus=True):
    """One row: a name, a track with a knob, the figure."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Less"),
        Binding("right", "move(1)", "More"),
        Binding("shift+left", "nudge(-1)", "A little less", show=False),
        Binding("shift+right", "nudge(1)", "A little more", show=False),
        Binding("home", "low", "Least", show=False),
        Binding("end", "high", "Most", show=False),
        Binding("delete,backspace", "unset", "Automatic", show=False),
    ]
    DEFAULT_CSS = """
    Slider {
        height: 1;
        padding-right: 1;
        color: $foreground;
        &:focus {
            background: $block-cursor-blurred-background;
            text-style: bold;
        }
        &:disabled { color: $text-disabled; }
    }
    """

    value: reactive[int | None] = reactive[int | None](None, init=False)
    """The number, kept within the scale; None for automatic, where the scale has a rest."""

    @dataclass
    class Changed(Message):
        """Somebody moved the knob."""

        slider: "Slider"
        value: int | None

        @property
        def control(self) -> "Slider":
            """The slider."""
            return self.slider

    def __init__(
        self, label: str, scale: Scale, value: int | None, *, name: str | None = None
    ) -> None:
        super().__init__(name=name)
        self._label = label
        self._scale = scale
        self._dragged = False
        self.set_reactive(Slider.value, self.validate_value(value))

    def validate_value(self, value: int | None) -> int | None:
        """The nearest value on the scale."""
        if value is None:
            return None if self._scale.rest is not None else self._scale.low
        return min(max(value, self._scale.low), self._scale.high)

    def render(self) -> Content:
        """The row; a knob only where a number is set."""
        track, place = self._track(), self._place()
        reached = "" if place is None else _LEFT * place + _KNOB
        return Content.assemble(
            " ",
            (self._label, "reverse" if self.has_focus else ""),
            " " * (self._start() - 1 - cell_len(self._label)),
            reached,
            (_RIGHT * (track - len(reached)), "$foreground-muted"),
            self._scale.shown(self.value).rjust(_FIGURE_WIDTH),
        )

    def action_move(self, direction: int) -> None:
        """A large step down (-1) or up (1)."""
        self._step(direction * self._scale.large_step)

    def action_nudge(self, direction: int) -> None:
        """The smallest step down (-1) or up (1)."""
        self._step(direction)

    def action_low(self) -> None:
        """To the left end."""
        self._set(self._scale.low)

    def action_high(self) -> None:
        """To the right end."""
        self._set(self._scale.high)

    def action_unset(self) -> None:
        """Back to automatic, where that is possible."""
        if self._scale.rest is not None:
            self._set(None)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the knob; a click on the figure makes it automatic."""
        if event.x >= self._start() + self._track():
            self.action_unset()
            return
        self._dragged = True
        self.capture_mouse()
        self._set_from(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the knob."""
        if self._dragged:
            self._set_from(event)

    def on_mouse_up(self) -> None:
        """Let go."""
        self._dragged = False
        self.release_mouse()

    def _step(self, step: int) -> None:
        self._set(self._scale.rest if self.value is None else self.value + step)

    def _set(self, value: int | None) -> None:
        before = self.value
        self.value = value
        if self.value != before:
            self.post_message(self.Changed(self, self.value))

    def _set_from(self, event: events.MouseEvent) -> None:
        share = (event.x - self._start()) / max(1, self._track() - 1)
        self._set(self._scale.low + round(share * (self._scale.high - self._scale.low)))

    def _start(self) -> int:
        return 1 + max(LABEL_WIDTH, cell_len(self._label))

    def _track(self) -> int:
        """Cells of the track."""
        return max(1, self.size.width - self._start() - _FIGURE_WIDTH)

    def _place(self) -> int | None:
        """The cell of the knob on the track."""
        if self.value is None:
            return None
        span = self._scale.high - self._scale.low
        return round((self.value - self._scale.low) / span * (self._track() - 1))
