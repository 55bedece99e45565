"""What to ask of the engine: sliders and choices, and what of them contradicts each other."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, Select, Static

from ...engine.dials import Length
from ...engine.options import Options
from ...engine.presets import Preset
from ...errors import OptionError
from ...text.sanitize import one_line
from .dials import ASKING, DIALS, DRAWING, GOING, SEARCHING, Dial, Value, method, preset
from .slider import LABEL_WIDTH, Slider

_METHODS = (("search", False), ("draw", True))
_NUMBERS = {"top_k": "Top k", "seed": "Seed"}  # too wide a range for a slider


class Choice(Select[Value | Preset], inherit_bindings=False):
    """A choice that leaves the keys up and down to the panel."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "show_overlay", "Choose")]


class DialsPanel(VerticalScroll, can_focus=False):
    """The dials in a column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", "Dial above", show=False),
        Binding("down", "app.focus_next", "Dial below", show=False),
    ]
    DEFAULT_CSS = f"""
    DialsPanel {{
        scrollbar-size-vertical: 1;
        background: $surface;
        border-top: solid $border-blurred;
        border-title-color: $foreground;
        &:focus-within {{
            border-top: heavy $border;
            border-title-style: bold;
        }}
        Vertical {{ height: auto; }}
        Horizontal {{
            height: 1;
            & > Label {{ width: {LABEL_WIDTH + 1}; padding: 0 1; }}
            &:focus-within > Label {{ text-style: reverse; }}
            & > Choice, & > Input {{ width: 1fr; }}
            SelectCurrent {{ background: transparent; }}
            & > Input {{ background: $boost; }}
        }}
        #problem {{ height: auto; padding: 0 1; color: $text-error; }}
    }}
    """

    @dataclass
    class Changed(Message):
        """Other options are wanted; they are valid."""

        options: Options

    def __init__(self, options: Options, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._options = options
        self._wanted: dict[str, Value] = {}  # set, but not possible yet

    @property
    def options(self) -> Options:
        """The last ones that were valid."""
        return self._options

    def set_options(self, options: Options) -> None:
        """Show other options, without telling anybody."""
        self._options = options
        self._wanted = {}
        if self.is_mounted:
            self._show()

    def compose(self) -> ComposeResult:
        presets = [(str(name), name) for name in Preset]
        lengths = [(str(length), length) for length in Length]
        yield _row("Preset", Choice(presets, prompt="choose …", name="preset", compact=True))
        yield from self._sliders(GOING)
        yield _row("Length", Choice(lengths, prompt="auto", name="length", compact=True))
        yield from self._sliders(ASKING)
        yield _row("Method", Choice(_METHODS, allow_blank=False, name="method", compact=True))
        yield Vertical(*self._sliders(SEARCHING), id="searching")
        yield Vertical(*self._sliders(DRAWING), *_inputs(), id="drawing")
        yield Static(id="problem", markup=False)

    def on_mount(self) -> None:
        """Bring the choices in line with the options."""
        self._show()

    @on(Slider.Changed)
    def _slide(self, event: Slider.Changed) -> None:
        event.stop()
        if dial := DIALS.get(event.slider.name or ""):
            self._change({dial.field: dial.value(event.slider.value)})

    @on(Select.Changed)
    def _select(self, event: Select.Changed) -> None:
        event.stop()
        chosen = event.select.selection  # the event may be older than what is shown
        match event.select.name:
            case "length":
                self._change({"length": chosen})
            case "method" if chosen is not None and chosen != self._options.sampling:
                self._change(method(chosen))
                self._show()
            case "preset" if chosen is not None:
                event.select.clear()
                self._change(preset(chosen))
                self._show()

    @on(Input.Changed)
    def _type(self, event: Input.Changed) -> None:
        event.stop()
        field, text = event.input.name or "", event.input.value.strip()
        try:
            self._change({field: int(text) if text else None})
        except ValueError:
            self._tell(f"{_NUMBERS[field]} must be a whole number")

    def _change(self, values: dict[str, Value]) -> None:
        self._wanted |= values
        try:
            options = replace(self._options, **self._wanted)
        except OptionError as error:
            self._tell(str(error))
            return
        self._tell("")
        self._wanted = {}
        if options != self._options:
            self._options = options
            self.post_message(self.Changed(options))

    def _tell(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(one_line(problem)))

    def _sliders(self, dials: Iterable[Dial]) -> Iterable[Slider]:
        for dial in dials:
            place = dial.place(self._value(dial.field))
            slider = Slider(dial.label, dial.scale, place, name=dial.field)
            slider.tooltip = dial.hint
            yield slider

    def _value(self, field: str) -> Any:
        """What a dial shows: what is wanted, or else what counts."""
        return self._wanted.get(field, getattr(self._options, field))

    def _show(self) -> None:
        """Bring all dials in line."""
        for slider in self.query(Slider):
            slider.value = DIALS[slider.name or ""].place(self._value(slider.name or ""))
        for field in self.query(Input):
            value = self._value(field.name or "")
            field.value = "" if value is None else str(value)
        choices = {choice.name: choice for choice in self.query(Choice)}
        choices["length"].value = self._value("length") or Choice.NULL
        sampling = self._value("sampling")
        choices["method"].value = sampling
        self.query_one("#searching").display = not sampling
        self.query_one("#drawing").display = sampling


def _row(label: str, control: Widget) -> Horizontal:
    return Horizontal(Label(label, markup=False), control)


def _inputs() -> Iterable[Horizontal]:
    for field, label in _NUMBERS.items():
        yield _row(label, Input(type="integer", name=field, placeholder="auto", compact=True))
