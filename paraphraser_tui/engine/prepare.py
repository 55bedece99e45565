"""Make a sentence ready for the model, and a candidate ready for the page."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..text import protect, typography
from ..text.prose import NotProse, not_prose
from .result import Kept
from .tokens import Framer

# No text of this many characters a token fits the model's window.
MAX_CHARS_PER_TOKEN = 20
_SURROGATE = re.compile("[\ud800-\udfff]")


def anything(paraphrase: str) -> bool:
    """What a sentence asks of a paraphrase that stands in no document: nothing."""
    return True


@dataclass(frozen=True)
class Sentence:
    """A sentence with what its document asks of any paraphrase of it.

    freeze: words or phrases that must stay, beside those of the options.
    fits: whether a paraphrase can stand in its place, with all markup.
    """

    text: str
    freeze: tuple[str, ...] = ()
    fits: Callable[[str], bool] = anything


@dataclass(frozen=True)
class Prepared:
    """A sentence as the model sees it, with what is needed to go back."""

    source: str
    masked: protect.Masked
    fits: Callable[[str], bool] = anything

    @property
    def model_text(self) -> str:
        """The source with plain quotes and stand-ins for hidden spans."""
        return self.masked.text

    def tidy(self, candidate: str) -> str:
        """A candidate that begins and ends as the source does; still with stand-ins."""
        return typography.match_edges(candidate, like=self.model_text)

    def finish(self, candidate: str) -> str | None:
        """The candidate in the source's typography with protected spans restored.

        None if a protected span is lost.
        """
        if not self.masked.keeps_visible(candidate):
            return None
        return self.masked.restore(typography.dress(candidate, like=self.source))


def prepare(
    asked: Sentence, freeze: tuple[str, ...], framer: Framer, deeply: bool = False
) -> Prepared | Kept | NotProse:
    """The sentence made ready, or the reason why it is left alone.

    Names of rare words are hidden from the model; `deeply`, all names and quotations are.
    """
    sentence, freeze = asked.text, freeze + asked.freeze
    if len(sentence) > MAX_CHARS_PER_TOKEN * framer.max_text_tokens:
        return Kept.TOO_LONG  # before anything is searched in it
    if (other := not_prose(sentence)) is not None:
        return other
    if _SURROGATE.search(sentence):
        return Kept.CHARACTERS
    plain = typography.same_length(sentence)
    found = protect.spans(plain, map(typography.plain, freeze), framer.is_word, deeply)
    masked = protect.mask(plain, found, page=sentence)
    if masked is None:
        return Kept.PROTECTED
    masked = replace(masked, text=typography.spell_dots(masked.text))
    if framer.length(masked.text) > framer.max_text_tokens:
        return Kept.TOO_LONG
    if not framer.is_faithful(masked.text):
        return Kept.CHARACTERS
    return Prepared(sentence, masked, asked.fits)
