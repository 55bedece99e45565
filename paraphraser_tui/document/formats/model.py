"""A document as its text and the sentences in it that may be replaced."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Protocol

from ...errors import InputError
from ...text.decode import Encoding
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

    def fits(self, paraphrase: str) -> bool:
        """Whether the paraphrase has a place for all markup and line breaks."""
        return self.render(paraphrase) is not None

    def render(self, paraphrase: str) -> str | None:
        """The paraphrase with this sentence's markup and line breaks.

        None if it has no place for them, or would be read as something else.
        """
        if paraphrase == self.source:
            return self.raw
        return rendered(paraphrase, self.source, self.tokens, self.syntax)

    def write(self, paraphrase: str | None) -> str:
        """The sentence in its document: the paraphrase, or as it was without a fitting one."""
        written = None if paraphrase is None else self.render(paraphrase)
        return self.raw if written is None else written


# A stretch of a document: text that nobody touches, or a sentence.
Part = str | Segment


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
        if any(not 0 <= number < len(self.segments) for number in replacements):
            raise IndexError("no such segment")
        numbers = count()
        return "".join(
            part if isinstance(part, str) else part.write(replacements.get(next(numbers)))
            for part in self.parts()
        )

    def parts(self) -> Iterator[Part]:
        """In order: what stands between segments, where there is something, and the segments."""
        done = 0
        for segment in self.segments:
            if done < segment.start:
                yield self.text[done : segment.start]
            yield segment
            done = segment.end
        if done < len(self.text):
            yield self.text[done:]


class File(Protocol):
    """A file of any format: sentences for the engine, and bytes with other sentences.

    All formats are used alike: take `document.segments`, in reading order; give the engine
    each one's `source` and `freeze`, and ask `fits` whether an answer can be used; `write` the
    answers. `document.parts()` is all that is read, with the sentences in it: the text of the
    file if its format is text, and else what a reader sees of it, without formatting.
    """

    @property
    def document(self) -> Document:
        """What is read of the file."""

    def write(self, answers: Mapping[int, str]) -> bytes:
        """The file with new sentences, by the numbers of their segments in the document.

        Without an answer that changes something it is the file as it was read, byte for byte.
        An answer that its segment refuses is left out. Raises IndexError for a segment that is
        not there.
        """


@dataclass(frozen=True)
class TextFile:
    """A `File` of a format that is text; what its encoding cannot store is left out too."""

    document: Document
    encoding: Encoding

    def write(self, answers: Mapping[int, str]) -> bytes:
        """See `File.write`."""
        known = {number: answer for number, answer in answers.items() if self._can_store(answer)}
        return self.encoding.mark + self.encoding.encode(self.document.write(known))

    def _can_store(self, text: str) -> bool:
        try:
            self.encoding.encode(text)
        except InputError:
            return False
        return True
