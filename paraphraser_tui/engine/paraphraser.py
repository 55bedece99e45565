"""The engine's face: sentences in, ranked paraphrases out."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, takewhile
from types import TracebackType
from typing import Self

from ..errors import OptionError
from ..models import store
from ..models.manifest import Control, Role
from .alternatives import (
    DEFAULT_ALTERNATIVES,
    Alternative,
    alternatives,
    hidden_beginning,
    word_spans,
)
from .background import Background
from .candidates import Pool
from .guard import key
from .judge import Judge
from .meaning import MeaningEncoder
from .options import Options
from .prepare import Prepared, Sentence, prepare
from .result import Kept, Result
from .scoring import Scorer
from .tokens import Codes, load_tokenizer
from .translator import Decoding, Translator

BATCH_SENTENCES = 16
MAX_THREADS = 4


class Paraphraser:
    """A loaded model with its sentence encoder.

    >>> with Paraphraser.load() as paraphraser:
    ...     result = paraphraser.paraphrase("The meeting was postponed until Monday.")
    >>> result.best != result.source
    True
    """

    def __init__(
        self, translator: Translator, encoder: MeaningEncoder, controls: Sequence[Control]
    ) -> None:
        self._translator = translator
        self._encoder = encoder
        self._framer = translator.framer
        self._controls = controls
        self._judge = Judge(Scorer(translator, encoder, self._framer), self._framer)

    @classmethod
    def load(cls, model: str = store.DEFAULT_MODEL, threads: int | None = None) -> Self:
        """Open a model by name or directory, and the bundled sentence encoder.

        Every file is checked against its package's manifest first. threads defaults
        to the processors at hand, at most 4. Raises ModelError.
        """
        threads = threads or min(available_threads(), MAX_THREADS)
        package = store.find(model, Role.PARAPHRASER)
        encoder = store.find(store.DEFAULT_ENCODER, Role.ENCODER)
        manifest = package.manifest
        tokenizer = Background(lambda: load_tokenizer(package.path, manifest.tokenizer))
        translator = Translator(package.path, tokenizer, manifest, threads)
        return cls(
            translator,
            MeaningEncoder(encoder.path, encoder.manifest, threads),
            manifest.controls,
        )

    def paraphrase(self, sentence: str, options: Options | None = None) -> Result:
        """The variants of one sentence, without line breaks inside.

        >>> with Paraphraser.load() as paraphraser:
        ...     result = paraphraser.paraphrase("Kind regards")
        >>> print(result.variants, result.reason)
        () a greeting or closing
        """
        return next(self.batches([[sentence]], options))[0]

    def paraphrase_many(
        self,
        sentences: Iterable[str],
        options: Options | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Result]:
        """One result per sentence, in order, as they come; only a batch is held in memory.

        Another thread may end it: no new batch is begun once `stop()` is true.

        >>> lines = ["It had rained all night.", "The road to the village was closed."]
        >>> with Paraphraser.load() as paraphraser:
        ...     results = list(paraphraser.paraphrase_many(lines, Options(diversity=80)))
        >>> [result.source for result in results] == lines
        True
        """
        sentences = iter(sentences)
        groups = iter(lambda: list(islice(sentences, BATCH_SENTENCES)), [])
        wanted = takewhile(lambda _: not stop(), groups)
        return chain.from_iterable(self.batches(wanted, options))

    def batches(
        self, groups: Iterable[Sequence[str | Sentence]], options: Options | None = None
    ) -> Iterator[list[Result]]:
        """Results for each group of sentences as soon as it is there.

        A `Sentence` also says what its document asks of a paraphrase. With a seed, the same
        sentences in the same order give the same results.
        """
        options = options or Options()
        pool = Pool(self._translator, self._controls, options)
        for asked in groups:
            group = [Sentence(s) if isinstance(s, str) else s for s in asked]
            # What is drawn for a sentence must not depend on what it is grouped with.
            shares = [[sentence] for sentence in group] if options.sampling else [group]
            yield [r for share in shares for r in self._paraphrase_group(share, pool, options)]

    def alternatives(
        self,
        sentence: str,
        place: int,
        variant: str | None = None,
        options: Options | None = None,
        num: int = DEFAULT_ALTERNATIVES,
    ) -> tuple[Alternative, ...]:
        """Other words for word number `place` (blanks separate words) of a variant of a sentence.

        The sentence itself is its first variant. Nothing for a sentence that is left alone.
        Raises IndexError if there is no such word.

        >>> with Paraphraser.load() as paraphraser:
        ...     found = paraphraser.alternatives("The old man walked home slowly.", 3, num=3)
        >>> [alternative.text.split()[:3] for alternative in found]
        [['The', 'old', 'man'], ['The', 'old', 'man'], ['The', 'old', 'man']]
        """
        variant = sentence if variant is None else variant
        prepared, codes = self._at_once(sentence, options or Options())
        if prepared is None:
            word_spans(variant)[place]
            return ()
        return alternatives(self._translator, prepared, variant, place, codes, num)

    def begun(
        self, sentence: str, beginning: str, options: Options | None = None, bias: float = 0.0
    ) -> Result:
        """Variants of a sentence that begin with the given words.

        With a bias between 0 and 1 the words are only preferred, the more the higher it is.
        Raises OptionError for another bias.
        """
        if not 0 <= bias < 1:
            raise OptionError(f"bias must be from 0 to below 1, not {bias}")
        options = options or Options()
        prepared, codes = self._at_once(sentence, options)
        hidden = hidden_beginning(prepared, beginning, len(beginning)) if prepared else None
        if prepared is None or hidden is None:
            return self.paraphrase(sentence, options)
        beams = Decoding(beam_size=options.beams, num_hypotheses=options.beams)
        pool = self._translator.continued(prepared.model_text, codes, hidden, beams, bias)
        return self._judge.results([prepared], [pool], options)[0]

    @property
    def compute_type(self) -> str:
        """What the model is computed in, such as int8_float32."""
        return self._translator.compute_type

    def close(self) -> None:
        """Free the models' memory."""
        self._translator.close()
        self._encoder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _at_once(self, sentence: str, options: Options) -> tuple[Prepared | None, Codes]:
        """A sentence made ready, if it is not to be left alone, and the dialled codes."""
        prepared = prepare(Sentence(sentence), options.freeze, self._framer)
        codes = options.dials.settings(self._controls)[0]
        return (prepared if isinstance(prepared, Prepared) else None), codes

    def _paraphrase_group(
        self, group: Sequence[Sentence], pool: Pool, options: Options
    ) -> list[Result]:
        results = self._attempt(group, pool, options)
        # A second chance with more candidates, and with names and quotations hidden in case
        # the model garbles them.
        again = [
            i
            for i, result in enumerate(results)
            if result.kept is Kept.REJECTED or 0 < len(result.variants) < options.num
        ]
        if again:
            second = self._attempt([group[i] for i in again], pool, options, again=True)
            for i, result in zip(again, second, strict=True):
                results[i] = together(results[i], result, options.num)
        for i, result in enumerate(results):
            if result.kept in (Kept.TOO_LONG, Kept.REJECTED):
                results[i] = self._by_clauses(group[i], result, pool, options)
        return results

    def _by_clauses(
        self, sentence: Sentence, whole: Result, pool: Pool, options: Options
    ) -> Result:
        """The sentence in pieces if it is long enough for that, otherwise the result as it is."""
        # Its patterns take 15 ms to compile, and few sentences need them.
        from . import long

        parts = long.cut(sentence.text, options.freeze + sentence.freeze, self._framer)
        if not parts:
            return whole
        clauses = [Sentence(text, sentence.freeze) for text in long.sentences(parts)]
        results = self._paraphrase_group(clauses, pool, options)
        found = long.joined(sentence, parts, results)
        return found if found.variants else whole  # which says why

    def _attempt(
        self, group: Sequence[Sentence], pool: Pool, options: Options, again: bool = False
    ) -> list[Result]:
        prepared = [prepare(s, options.freeze, self._framer, deeply=again) for s in group]
        ready = [p for p in prepared if isinstance(p, Prepared)]
        answers = iter(self._judge.results(ready, pool.candidates(ready, again), options))
        return [
            next(answers) if isinstance(p, Prepared) else Result(sentence.text, kept=p)
            for sentence, p in zip(group, prepared, strict=True)
        ]


def together(first: Result, second: Result, num: int) -> Result:
    """The variants of a first try, and what a second one adds, up to `num`."""
    if not first.variants:
        return second if second.variants else first
    known = {key(variant.text) for variant in first.variants}
    new = (variant for variant in second.variants if key(variant.text) not in known)
    return replace(first, variants=(*first.variants, *new)[:num])


def available_threads() -> int:
    """Processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
