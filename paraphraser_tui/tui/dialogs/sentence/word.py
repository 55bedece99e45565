"""Change a sentence word by word, with the words that the model would put there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ....engine.result import Paraphrase, Result
from ...widgets.diff_text import diff_text
from ..base import Dialog, PlainText, plain_line
from .word_line import WordLine, word_spans

if TYPE_CHECKING:
    from ....engine.alternatives import Alternative

KEYS = "← → word   ↑ ↓ choose   Enter takes it, and what follows from it"
ASKING_WORDS = "Looking for other words …"
ASKING_BEGINNINGS = "Looking for sentences that begin like this …"
NO_WORDS = "Nothing else fits here."
NO_BEGINNINGS = "No other sentence begins like this."
WORDS = "Instead of the marked word:"
BEGINNINGS = "With everything kept up to the marked word:"
WAS = "Was: "
WARNING = "$text-warning"


@dataclass(frozen=True)
class Step:
    """A text on the way, and the word of it that is marked."""

    text: str
    place: int


class Choice(Option):
    """A text that may come next, shown from behind the `held` characters that it shares."""

    def __init__(self, text: str, warnings: Sequence[str], held: int) -> None:
        self.text = text
        self.warnings = warnings
        word, blank, tail = text[held:].lstrip().partition(" ")
        mark = Content.styled("! " if warnings else "", WARNING)
        super().__init__(mark + plain_line(word).stylize("bold") + blank + plain_line(tail))


class Choices(OptionList):
    """What may come next; the arrow keys to the sides move over the sentence."""

    DEFAULT_CSS = """
    Choices { height: 1fr; min-height: 4; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.move(-1)", "Previous word", show=False),
        Binding("right", "screen.move(1)", "Next word", show=False),
    ]


class WordDialog(Dialog[str]):
    """Moves over the words of a text and asks for other ones.

    It posts `WordAsked` or `LockAsked`; `show`, `show_beginnings` and `fail` answer them. An
    answer that comes late counts only if it fits what is asked now.
    """

    AUTO_FOCUS = "Choices"
    DEFAULT_CSS = """
    WordDialog.large > #frame { max-height: 26; }
    WordDialog WordLine { margin: 1 0; }
    WordDialog #preview { height: auto; min-height: 2; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "lock", "Lock up to here"),
        Binding("z", "back", "Step back"),
        Binding("a,ctrl+s", "accept", "Accept"),
    ]

    class WordAsked(Message):
        """Other words are asked for, for word number `place` of a text."""

        def __init__(self, text: str, place: int) -> None:
            super().__init__()
            self.text = text
            self.place = place

    class LockAsked(Message):
        """Variants are asked for that begin like this."""

        def __init__(self, beginning: str) -> None:
            super().__init__()
            self.beginning = beginning

    def __init__(self, source: str, text: str) -> None:
        super().__init__("Word by word")
        self.add_class("large")
        self._source = source
        self._steps = [Step(text, 0)]
        self._held = 0  # so many characters of the text does every choice begin with
        self._locked = False  # whether they are so many because of a lock

    def body(self) -> ComposeResult:
        """See `Dialog`."""
        yield Static(
            Content.styled(WAS, "$foreground-muted") + plain_line(self._source), markup=False
        )
        yield WordLine(markup=False)
        yield PlainText(id="state", classes="quiet")
        yield Choices(markup=False, compact=True)
        yield Static(id="preview", markup=False)
        yield PlainText(KEYS, classes="quiet")
        yield self.buttons("lock", "back", "accept", "cancel")

    def on_mount(self) -> None:
        """Ask for the first word."""
        self._go()

    @property
    def step(self) -> Step:
        """Where we are."""
        return self._steps[-1]

    def show(self, place: int, alternatives: Sequence["Alternative"]) -> None:
        """Offer other words for a place; ignored if it is not marked any more."""
        if place == self.step.place and not self._locked:
            self._offer(alternatives, WORDS, NO_WORDS)

    def show_beginnings(self, result: Result) -> None:
        """Offer sentences with the locked beginning; ignored if nothing is locked any more."""
        if self._locked:
            self._offer(result.variants, BEGINNINGS, result.reason or NO_BEGINNINGS)

    def fail(self, message: str) -> None:
        """Tell that there will be no answer."""
        self._say(message)

    def action_move(self, words: int) -> None:
        """Mark another word and ask for it."""
        self._mark(self.step.place + words)

    def action_lock(self) -> None:
        """Keep everything up to the marked word, with it, and ask how else it could go on."""
        spans = word_spans(self.step.text)
        if spans:
            self._locked, self._held = True, spans[self.step.place][1]
            self.query_one(WordLine).show(self.step.text, self.step.place, self._held)
            self._say(ASKING_BEGINNINGS)
            self.post_message(self.LockAsked(self.step.text[: self._held]))

    def action_back(self) -> None:
        """Return to the text before the last choice."""
        if len(self._steps) > 1:
            self._steps.pop()
            self._go()

    def action_accept(self) -> None:
        """Answer with the text as it stands."""
        self.dismiss(self.step.text)

    @on(WordLine.Clicked)
    def _clicked(self, event: WordLine.Clicked) -> None:
        self._mark(event.place)

    @on(OptionList.OptionHighlighted)
    def _preview(self) -> None:
        choice = self.query_one(Choices).highlighted_option  # the message may be older
        if isinstance(choice, Choice):
            warnings = "".join(f"\n! {plain_line(warning)}" for warning in choice.warnings)
            text = diff_text(self.step.text, choice.text)
            self.query_one("#preview", Static).update(text + Content.styled(warnings, WARNING))

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        choice = self.query_one(Choices).highlighted_option
        if isinstance(choice, Choice) and choice is event.option:  # not taken yet
            self._steps.append(Step(choice.text, self.step.place))
            self._mark(self.step.place + 1)

    def _mark(self, place: int) -> None:
        """Mark a word, or the nearest that there is."""
        last = len(word_spans(self.step.text)) - 1
        self._steps[-1] = Step(self.step.text, max(0, min(place, last)))
        self._go()

    def _go(self) -> None:
        """Show the present step and ask for its word."""
        text, place = self.step.text, self.step.place
        spans = word_spans(text)
        self._locked, self._held = False, spans[place][0] if spans else 0
        self.query_one(WordLine).show(text, place)
        if spans:
            self._say(ASKING_WORDS)
            self.post_message(self.WordAsked(text, place))
        else:
            self._say(NO_WORDS)

    def _offer(
        self, texts: Sequence["Alternative | Paraphrase"], heading: str, nothing: str
    ) -> None:
        """List the choices; those that the present text does not begin like come too late."""
        now, held = self.step.text, self._held
        choices = [
            Choice(other.text, other.warnings, held)
            for other in texts
            if other.text.startswith(now[:held]) and other.text != now
        ]
        self._say(heading if choices else nothing)
        if choices:
            self.query_one(Choices).add_options(choices).action_first()

    def _say(self, message: str) -> None:
        """Show a message, and nothing to choose for now."""
        self.query_one("#state", PlainText).say(message)
        self.query_one(Choices).clear_options()
        self.query_one("#preview", Static).update("")
