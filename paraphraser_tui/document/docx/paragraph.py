"""A paragraph of a Word document: its sentences, and its XML with others in their place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from ..formats.model import Segment
from .flow import Flow, Place
from .runs import written

# A sentence and what is to stand there, with marks.
_Change = tuple[Segment, str]


@dataclass(frozen=True)
class Sentence(Segment):
    """A sentence as it is read; `marked` is the same in the marked text of its paragraph."""

    flow: Flow | None = field(default=None, repr=False, compare=False)
    marked: Segment | None = field(default=None, repr=False, compare=False)

    @property
    def raw(self) -> str:
        """The sentence in the text that is read, which shows no formatting."""
        return self.source

    def render(self, paraphrase: str) -> str | None:
        """The paraphrase in that text; None if the file has no place for its formatting."""
        if paraphrase == self.source:
            return self.source
        text = self.flow.render(self.marked, paraphrase)
        return None if text is None else self.flow.read(self.marked, text)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with sentences.

    spots: where each child of the paragraph begins and ends, in the UTF-8 of its part.
    """

    flow: Flow
    segments: tuple[Segment, ...]
    spots: tuple[tuple[int, int], ...]

    def read(self, offset: int) -> tuple[str, list[Sentence]]:
        """What is read of it, and its sentences, in a text where it begins at this offset."""
        tokens = self.flow.tokens
        values = "".join(token.value for token in tokens)
        marked = list(accumulate((len(token.raw) for token in tokens), initial=0))
        read = list(accumulate((len(token.value) for token in tokens), initial=0))

        def words(start: int, end: int) -> str:
            """What is read of a stretch of the marked text."""
            places = [(bisect_right(marked, place) - 1, place) for place in (start, end)]
            return values[slice(*(read[n] + place - marked[n] for n, place in places))]

        text, done, sentences = "", 0, []
        for segment in self.segments:
            text += words(done, segment.start)
            start, done = offset + len(text), segment.end
            text += segment.source
            sentences.append(
                Sentence(
                    start, offset + len(text), segment.source, segment.freeze,
                    flow=self.flow, marked=segment,
                )
            )  # fmt: skip
        return text + words(done, marked[-1]), sentences

    def changes(self, answers: Mapping[int, str]) -> Iterator[tuple[int, int, bytes]]:
        """Stretches of the part, in order, and what stands there with these answers."""
        new = []
        for number in sorted(answers):
            segment = self.segments[number]
            text = self.flow.render(segment, answers[number])
            if text is not None and text != segment.raw:
                new.append((segment, text))
        for zone in self._zones(new):
            yield self.spots[zone.first][0], self.spots[zone.last][1], self._xml(zone).encode()

    def _zones(self, new: list[_Change]) -> list["_Zone"]:
        """Rows of children that hold these sentences and no part of anything else."""
        zones: list[_Zone] = []
        for change in new:
            low = bisect_right(self._ends, change[0].start)
            high = bisect_left(self._starts, change[0].end)
            zone = self._closed(self.flow.places[low:high], [change])
            while zones and zone.first <= zones[-1].last + 1:
                before = zones.pop()
                both = self._places(before.first, max(before.last, zone.last))
                zone = self._closed(both, before.changes + zone.changes)
            zones.append(zone)
        return zones

    def _closed(self, places: Sequence[Place], changes: list[_Change]) -> "_Zone":
        """The children that these places are in, and those that share a field with them."""
        while True:
            first, last = places[0].first, places[-1].last
            wider = self._places(first, last)
            if len(wider) == len(places):
                return _Zone(first, last, places[0].start, places[-1].end, changes)
            places = wider

    def _places(self, first: int, last: int) -> Sequence[Place]:
        """All that are in these children or reach into them."""
        low = bisect_left(self.flow.places, first, key=lambda p: p.last)
        high = bisect_right(self.flow.places, last, key=lambda p: p.first)
        return self.flow.places[low:high]

    def _xml(self, zone: "_Zone") -> str:
        # Marks at the ends of a sentence are in no child.
        done = start = min(zone.start, zone.changes[0][0].start)
        out = []
        for segment, text in zone.changes:
            out += self.flow.text[done : segment.start], text
            done = segment.end
        out.append(self.flow.text[done : max(done, zone.end)])
        return written(self.flow, "".join(out), self.flow.look_at(start))

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.flow.places]

    @cached_property
    def _ends(self) -> list[int]:
        return [place.end for place in self.flow.places]


@dataclass(frozen=True)
class _Zone:
    """Children of a paragraph, their stretch of the marked text, and the new sentences."""

    first: int
    last: int
    start: int
    end: int
    changes: list[_Change]
