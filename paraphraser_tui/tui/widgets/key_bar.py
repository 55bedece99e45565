"""One row with the keys that can be pressed where the focus is."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

_GAPS = (3, 1)  # between two keys: the first at which all of them fit, or the last
_META = "key"
_KEY = "bold $footer-key-foreground"


@dataclass(frozen=True)
class Shown:
    """A key, how it is written, and what it does."""

    key: str
    name: str
    about: str

    @property
    def width(self) -> int:
        """In cells."""
        return cell_len(f"{self.name} {self.about}")


class KeyBar(Widget):
    """As many keys as fit; a click on one presses it.

    It is one widget, for Textual's own footer makes a new one of every key whenever the focus
    moves, and keeps the old ones too.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        color: $footer-description-foreground;
        background: $footer-background;
    }
    """

    keys: reactive[tuple[Shown, ...]] = reactive(())
    """What can be pressed."""

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def render(self) -> Content:
        """The keys in a row."""
        room = self.size.width
        gap = next((gap for gap in _GAPS if _width(self.keys, gap) <= room), _GAPS[-1])
        out: list[Content] = []
        for shown in self.keys:
            room -= shown.width
            if room < 0:
                break
            room -= gap
            press = Style.from_meta({_META: shown.key})
            told = Content.assemble((shown.name, _KEY), " ", shown.about)
            out.append(told.stylize(press))
        return Content(" " * gap).join(out)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked on."""
        if key := event.style.meta.get(_META):
            self.app.simulate_key(key)

    def _follow(self, screen: Screen) -> None:
        found: dict[str, Shown] = {}  # the first key of each action
        for _, binding, _, _ in screen.active_bindings.values():
            if binding.show:
                name = self.app.get_key_display(binding)
                found.setdefault(binding.action, Shown(binding.key, name, binding.description))
        self.keys = tuple(found.values())


def _width(keys: Iterable[Shown], gap: int) -> int:
    """Of all keys, with gaps between them."""
    return sum(shown.width + gap for shown in keys) - gap
