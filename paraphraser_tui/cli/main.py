"""Run the `paraphrase` command."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import chain

from ..engine.paraphraser import BATCH_SENTENCES, Paraphraser
from ..errors import ExitCode, ParaphraserError
from ..text.decode import Encoding, decode_stream
from ..text.sanitize import for_display
from ..text.segment import ParagraphSplitter, Piece, pieces
from ..text.wrap import unwrap
from .arguments import Request, parse
from .commands import COMMANDS, find
from .progress import Progress, Tally, complain
from .reading import Source, sources
from .rendering import Renderer, renderer
from .writing import Closed, Writer, silence, writer


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        if arguments and arguments[0] in COMMANDS:
            return find(arguments[0]).run(arguments[1:])
        return run(parse(arguments))
    except ParaphraserError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED


def run(request: Request) -> int:
    """Paraphrase what the request names and write the result; returns the exit code."""
    texts = sources(request)  # before the model is loaded: a missing file is told at once
    tally = Tally(request.verbose)
    with (
        writer(request.output) as out,
        Paraphraser.load(request.model, request.threads) as paraphraser,
        closing(Progress(_total(texts), out.is_terminal)) as progress,
    ):
        try:
            _Job(request, paraphraser, out, tally, progress).run(texts)
        except Closed:
            silence()
            return ExitCode.OK
    tally.summary()
    return ExitCode.KEPT if request.strict and tally.kept else ExitCode.OK


class _Job:
    """All texts of one request, in one engine session."""

    def __init__(
        self,
        request: Request,
        paraphraser: Paraphraser,
        out: Writer,
        tally: Tally,
        progress: Progress,
    ) -> None:
        self._request = request
        self._paraphraser = paraphraser
        self._out = out
        self._tally = tally
        self._progress = progress
        self._renderer: Renderer = renderer(request.format, request.options.num)
        self._asked: list[Piece] = []  # the group that the engine is working on
        self._reading = Encoding()  # of the text that is read
        self._encoding: Encoding | None = None  # of the output: that of the first text
        self._done = 0

    def run(self, texts: Sequence[Source]) -> None:
        """Write each group of sentences as soon as the engine has answered it."""
        answers = self._paraphraser.batches(self._questions(texts), self._request.options)
        for results in answers:
            replies = iter(results)
            answered = [(piece, next(replies) if piece.prose else None) for piece in self._asked]
            for _, result in answered:
                if result:
                    self._tally.add(result)
            self._write(self._renderer.group(answered))
            self._done += sum(len(self._reading.encode(piece.text)) for piece in self._asked)
            self._progress.update(self._done, self._tally.sentences)
        self._write(self._renderer.end())

    def _questions(self, texts: Sequence[Source]) -> Iterator[list[str]]:
        """Groups of sentences, each remembered until its answer comes."""
        for text in texts:
            with text.chunks() as chunks:
                self._reading, decoded = decode_stream(chunks, self._request.encoding)
                self._start(self._reading)
                for self._asked in _groups(decoded):
                    yield [unwrap(piece.text) for piece in self._asked if piece.prose]

    def _start(self, encoding: Encoding) -> None:
        """Several texts go out as one, in the encoding of the first; a terminal gets UTF-8."""
        if self._encoding is None:
            self._encoding = Encoding() if self._out.is_terminal else encoding
            self._write(self._renderer.start(self._encoding))

    def _write(self, data: bytes) -> None:
        if data:
            self._out.write(_shown(data) if self._out.is_terminal else data)


def _groups(chunks: Iterator[str]) -> Iterator[list[Piece]]:
    """Pieces in order, as many sentences as are there already, up to an engine batch."""
    splitter = ParagraphSplitter()
    for chunk in chunks:
        yield from _packed(splitter.feed(chunk))
    yield from _packed(splitter.finish())


def _packed(paragraphs: list[str]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    sentences = 0
    for piece in chain.from_iterable(map(pieces, paragraphs)):
        if piece.prose and sentences == BATCH_SENTENCES:
            yield group
            group, sentences = [], 0
        group.append(piece)
        sentences += piece.prose
    if group:
        yield group


def _total(texts: Sequence[Source]) -> int | None:
    sizes = [text.size for text in texts]
    return None if None in sizes else sum(sizes)


def _shown(data: bytes) -> bytes:
    """What a terminal may get: no control sequences from a document."""
    return for_display(data.decode("utf-8", "replace")).encode()
