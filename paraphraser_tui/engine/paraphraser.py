"""The engine's face: sentences in, ranked paraphrases out."""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from types import TracebackType
from typing import Self

from ..models import store
from ..models.manifest import Control, Role
from .background import Background
from .candidates import Pool
from .judge import Judge
from .meaning import MeaningEncoder
from .options import Options
from .prepare import Prepared, prepare
from .result import Kept, Result
from .scoring import Scorer
from .tokens import load_tokenizer
from .translator import Translator

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
        """The variants of one sentence, without line breaks inside."""
        return next(self.batches([[sentence]], options))[0]

    def paraphrase_many(
        self, sentences: Iterable[str], options: Options | None = None
    ) -> Iterator[Result]:
        """One result per sentence, in order, as they come; only a batch is held in memory."""
        sentences = iter(sentences)
        groups = iter(lambda: list(islice(sentences, BATCH_SENTENCES)), [])
        return chain.from_iterable(self.batches(groups, options))

    def batches(
        self, groups: Iterable[Sequence[str]], options: Options | None = None
    ) -> Iterator[list[Result]]:
        """Results for each group of sentences as soon as it is there.

        With a seed, the same sentences in the same order give the same results.
        """
        options = options or Options()
        pool = Pool(self._translator, self._controls, options)
        for group in groups:
            # What is drawn for a sentence must not depend on what it is grouped with.
            shares = [[sentence] for sentence in group] if options.sampling else [group]
            yield [r for share in shares for r in self._paraphrase_group(share, pool, options)]

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

    def _paraphrase_group(self, group: Sequence[str], pool: Pool, options: Options) -> list[Result]:
        results = self._attempt(group, pool, options)
        # A second chance with more candidates, and with names hidden in case the model
        # garbles them.
        again = [
            i
            for i, result in enumerate(results)
            if result.kept is Kept.REJECTED or 0 < len(result.variants) < options.num
        ]
        if again:
            second = self._attempt([group[i] for i in again], pool, options, again=True)
            for i, result in zip(again, second, strict=True):
                if len(result.variants) > len(results[i].variants):
                    results[i] = result
        return results

    def _attempt(
        self, group: Sequence[str], pool: Pool, options: Options, again: bool = False
    ) -> list[Result]:
        prepared = [prepare(s, options.freeze, self._framer, hide_names=again) for s in group]
        ready = [p for p in prepared if isinstance(p, Prepared)]
        answers = iter(self._judge.results(ready, pool.candidates(ready, again), options))
        return [
            next(answers) if isinstance(p, Prepared) else Result(sentence, kept=p)
            for sentence, p in zip(group, prepared, strict=True)
        ]


def available_threads() -> int:
    """Processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
