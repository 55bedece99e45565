"""Take the beginning of one variant and the end of another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...mixing import Mix
from ..base import Dialog, PlainText
from .mix_line import MixLine, Mixture

KEYS = "← → part   Space switches it   ↑ ↓ 0-9 other text   Enter takes it"
SAME = "Both say the same."
_DIGITS = "0123456789"


@dataclass(frozen=True)
class Wording:
    """A text to mix with, and the number that stands for it: 0 for the sentence as it was."""

    number: int
    text: str


class MixDialog(Dialog[str]):
    """Mixes a text with one of several others; `check` says what to mind of the mixture.

    first: the text to begin with. start: with which of the others.
    """

    AUTO_FOCUS = "Mixture"
    DEFAULT_CSS = """
    MixDialog > #frame { width: 96%; max-width: 110; }
    MixDialog MixLine { width: 1fr; height: auto; margin-bottom: 1; }
    MixDialog Mixture { border-top: solid $border-blurred; padding-top: 1; }
    MixDialog Mixture:focus { border-top: solid $border; }
    MixDialog #warnings { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "accept", "Take it"),
        *(Binding(key, f"with({key})", show=False) for key in _DIGITS),
    ]

    def __init__(
        self,
        first: Wording,
        others: Sequence[Wording],
        start: int,
        check: Callable[[str], Sequence[str]],
    ) -> None:
        super().__init__("Mix two texts")
        self._first = first
        self._others = others
        self._at = start
        self._check = check
        self._mix = Mix.of(first.text, others[start].text)

    @property
    def mix(self) -> Mix:
        """As it is so far."""
        return self._mix

    def body(self) -> ComposeResult:
        """See `Dialog`."""
        yield MixLine(id="first", markup=False)
        yield MixLine(id="second", markup=False)
        yield Mixture(id="mixture", markup=False)
        yield PlainText(id="warnings", classes="warning")
        yield PlainText(KEYS, classes="quiet")
        yield self.buttons("accept", "cancel")

    def on_mount(self) -> None:
        """Show the texts."""
        self._show()

    def action_move(self, by: int) -> None:
        """Mark another part."""
        self._use(self._mix.move(by))

    def action_switch(self) -> None:
        """Take the marked part from the other text."""
        self._use(self._mix.switch())

    def action_other(self, by: int) -> None:
        """Mix with another text, from the beginning."""
        self._at = (self._at + by) % len(self._others)
        self._use(Mix.of(self._first.text, self._others[self._at].text))

    def action_with(self, number: int) -> None:
        """Mix with the text of this number, if there is one."""
        numbers = [other.number for other in self._others]
        if number in numbers:
            self.action_other(numbers.index(number) - self._at)

    def action_accept(self) -> None:
        """Answer with the mixture."""
        self.dismiss(self._mix.text)

    @on(MixLine.Clicked)
    def _clicked(self, event: MixLine.Clicked) -> None:
        self._use(self._mix.at(event.place).switch())

    def _use(self, mix: Mix) -> None:
        self._mix = mix
        self._show()

    def _show(self) -> None:
        mix, other = self._mix, self._others[self._at]
        taken = mix.taken.__contains__
        lines = {line.id: line for line in self.query(MixLine)}
        lines["first"].show(
            self._first.number, mix, lambda n: mix.parts[n].first, lambda n: not taken(n)
        )
        lines["second"].show(other.number, mix, lambda n: mix.parts[n].second, taken)
        lines["mixture"].show("", mix, mix.chosen, lambda _: True)
        warnings = [f"! {warning}" for warning in self._check(mix.text)]
        self.query_one("#warnings", PlainText).say("\n".join(warnings) if mix.differing else SAME)
