"""A document as its text and the sentences in it that may be replaced."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .render import rendered
from .tokens import Syntax, Token


@dataclass(frozen=True)
class Segment:
    """A sentence, `text[start:end]` of its document.

    source: the sentence as a person reads it, on one line and without inline markup.
    freeze: phrases that a paraphrase must keep, or the markup on them has no place to go.
    """

    start: int
    end: int
    source: str
    freeze: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = field(default=(), repr=False)
    syntax: Syntax = field(default=Syntax(), repr=False, compare=False)

    @cached_property
    def raw(self) -> str:
        """The sentence as it stands in the document."""
        return "".join(token.raw for token in self.tokens)

    def render(self, paraphrase: str) -> str | None:
        """The paraphrase with this sentence's markup and line breaks.

        None if it has no place for them, or would be read as something else.
        """
        if paraphrase == self.source:
            return self.raw
        return rendered(paraphrase, self.source, self.tokens, self.syntax)


@dataclass(frozen=True)
class Document:
    """A text and its segments, in order and without overlap."""

    text: str
    segments: tuple[Segment, ...]

    def write(self, replacements: Mapping[int, str]) -> str:
        """The text with paraphrases instead of the sources of segments, by their number.

        A paraphrase that its segment refuses is left out. Raises IndexError for a
        segment that is not there.
        """
        return "".join(self.stretches(replacements))

    def stretches(self, replacements: Mapping[int, str]) -> Iterator[str]:
        """`write`, piece by piece: what stands between segments, and the segments."""
        if any(not 0 <= number < len(self.segments) for number in replacements):
            raise IndexError("no such segment")
        done = 0
        for number, segment in enumerate(self.segments):
            yield self.text[done : segment.start]
            new = replacements.get(number, segment.source)
            yield (
                self.text[segment.start : segment.end]
                if (written := segment.render(new)) is None
                else written
            )
            done = segment.end
        yield self.text[done:]
