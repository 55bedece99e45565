"""One stream of texts through the engine and out."""

import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

from ..document.formats import File, Part, Segment, by_content, by_name, parts, read
from ..engine.paraphraser import BATCH_SENTENCES, Paraphraser
from ..engine.prepare import Sentence
from ..errors import OptionError
from ..text.decode import Encoding, decode_stream
from ..text.sanitize import for_display
from .progress import Progress, Tally
from .reading import Source
from .request import Request, View
from .views import FileRenderer, renderer
from .writing import Writer

FIRST_SENTENCES = 2  # of the first group


class Interrupts:
    """Lets the engine finish what it works on when the user presses Ctrl-C; not twice."""

    def __init__(self) -> None:
        self.asked = False
        self.busy = False  # the engine works; otherwise we wait for input, and can just leave

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Only the main thread of a program can do so; elsewhere Ctrl-C is not caught."""
        try:
            before = signal.signal(signal.SIGINT, self._ask)
        except ValueError:
            yield
            return
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _ask(self, *_: object) -> None:
        again, self.asked = self.asked, True
        if again or not self.busy:
            raise KeyboardInterrupt


class Job:
    """All texts of one output, in one engine session."""

    def __init__(
        self,
        request: Request,
        paraphraser: Paraphraser,
        out: Writer,
        tally: Tally,
        progress: Progress,
        interrupts: Interrupts,
    ) -> None:
        self._request = request
        self._paraphraser = paraphraser
        self._out = out
        self._tally = tally
        self._progress = progress
        self._interrupts = interrupts
        self._renderer = renderer(request.view, request.options.num, out.is_terminal)
        self._asked: list[Part] = []  # the group that the engine is working on
        self._encoding = Encoding()  # of the text that is read
        self._open = False  # a text has begun and not ended

    def run(self, texts: Sequence[Source]) -> None:
        """Write each group of sentences as soon as the engine has answered it.

        Raises KeyboardInterrupt if the user stopped it; what is written then is complete.
        """
        try:
            for results in self._paraphraser.batches(self._questions(texts), self._request.options):
                self._interrupts.busy = False
                replies = iter(results)
                answered = [
                    (part, next(replies) if isinstance(part, Segment) else None)
                    for part in self._asked
                ]
                for _, result in answered:
                    if result:
                        self._tally.add(result)
                self._write(self._renderer.group(answered))
                self._progress.add(self._size(self._asked), sum(r is not None for _, r in answered))
        finally:
            self._finish()
            self._write(self._renderer.end())
        if self._interrupts.asked:
            raise KeyboardInterrupt

    def _questions(self, texts: Sequence[Source]) -> Iterator[list[Sentence]]:
        """Groups of sentences, each remembered until its answer comes."""
        request = self._request
        for text in texts:
            with text.chunks() as chunks:
                head = next(chunks, b"")
                kind = request.input_format or by_content(head) or by_name(text.name)
                if kind.is_text:
                    self._encoding, decoded = decode_stream(chain([head], chunks), request.encoding)
                    found = parts(decoded, kind, request.line_buffered)
                else:
                    file = read(head + b"".join(chunks), kind)
                    found = [file.document.parts()]
                    self._take_over(file, alone=len(texts) == 1)
                self._start(text.name)
                for self._asked in _groups(found):
                    self._interrupts.busy = True
                    yield [_sentence(p) for p in self._asked if isinstance(p, Segment)]
                    if self._interrupts.asked:
                        return
            self._finish()

    def _take_over(self, file: File, alone: bool) -> None:
        """A file that is no text is written as a whole, when all of it is known."""
        if self._request.view is not View.TEXT or self._request.options.num > 1:
            return  # what it says can be shown like any text
        if not alone:
            raise OptionError("a Word document cannot be joined with others; use --output-dir")
        if self._out.is_terminal:
            raise OptionError("a Word document is no text; use --output FILE, --diff or --in-place")
        self._renderer = FileRenderer(file)

    def _start(self, name: str) -> None:
        """A terminal gets UTF-8."""
        shown = Encoding() if self._out.is_terminal else self._encoding
        begun = self._renderer.start(name, shown)
        self._open = True
        self._write(begun)

    def _finish(self) -> None:
        if self._open:
            self._open = False
            self._write(self._renderer.finish())

    def _size(self, group: Iterable[Part]) -> int:
        texts = (part.raw if isinstance(part, Segment) else part for part in group)
        return sum(len(self._encoding.encode(text)) for text in texts)

    def _write(self, data: bytes) -> None:
        if data:
            plain = self._out.is_terminal and not self._renderer.safe
            self._out.write(_shown(data) if plain else data)


def _sentence(segment: Segment) -> Sentence:
    return Sentence(segment.source, segment.freeze, segment.fits)


def _groups(found: Iterable[Iterable[Part]]) -> Iterator[list[Part]]:
    """Parts in order, as many sentences as are there already, up to an engine batch.

    The first group is a small one: somebody may be waiting for something to read.
    """
    most = FIRST_SENTENCES
    for there in found:
        group: list[Part] = []
        sentences = 0
        for part in there:
            if isinstance(part, Segment) and sentences == most:
                yield group
                group, sentences, most = [], 0, BATCH_SENTENCES
            group.append(part)
            sentences += isinstance(part, Segment)
        if group:
            yield group


def _shown(data: bytes) -> bytes:
    """What a terminal may get: no control sequences from a document."""
    return for_display(data.decode("utf-8", "replace")).encode()
