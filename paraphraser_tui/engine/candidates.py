"""The pool: many candidates for each sentence, made together because that is cheap.

A model's own beam holds near-copies of one idea. Other control codes and other
first words open other ways to say it; which are good is decided later.
"""

from collections.abc import Sequence

from ..models.manifest import Control
from .options import DEFAULT_TEMPERATURE, DEFAULT_TOP_K, DEFAULT_TOP_P, Options
from .prepare import Prepared
from .tokens import Codes
from .translator import Answer, Decoding, Generate, Translator

# Openings tried per sentence: each is the most probable sentence behind another first word.
ALTERNATIVES = 8
MIN_SAMPLES = 8


class Pool:
    """Makes candidates for sentences, always in the same way for the same options."""

    def __init__(self, translator: Translator, controls: Sequence[Control], options: Options):
        self._settings = options.dials.settings(controls)
        if options.sampling:
            self._first = self._second = [
                (translator.sampler(options.seed), _drawing(options), self._settings)
            ]
        else:
            beams = (translator.generate, _beam(options), self._settings)
            openings = (translator.generate, _openings(options))
            # Openings cost as much as the beams and matter where several variants are wanted,
            # or where the beams held nothing acceptable.
            self._first = [beams] if options.num == 1 else [beams, (*openings, self._settings[:1])]
            self._second = [beams, (*openings, self._settings)]

    def candidates(self, sentences: Sequence[Prepared], again: bool = False) -> list[list[str]]:
        """For each sentence its candidates as the model wrote them; repeats are left out.

        `again` looks further, for sentences that the first try did not help.
        """
        pools: list[dict[str, None]] = [{} for _ in sentences]
        steps = self._second if again else self._first
        # All are asked before the first answer is awaited: they run side by side.
        answers = [_ask(*step, sentences) for step in steps]
        for (_, _, settings), answer in zip(steps, answers, strict=True):
            for i, found in enumerate(answer()):
                pools[i // len(settings)].update(dict.fromkeys(found))
        return [list(pool) for pool in pools]


def _ask(
    generate: Generate,
    decoding: Decoding,
    settings: Sequence[Codes],
    sentences: Sequence[Prepared],
) -> Answer:
    """What is generated for every sentence under every setting, settings varying fastest."""
    texts = [sentence.model_text for sentence in sentences for _ in settings]
    return generate(texts, [codes for _ in sentences for codes in settings], decoding)


def _beam(options: Options) -> Decoding:
    return Decoding(beam_size=options.beams, num_hypotheses=options.beams, **_penalties(options))


def _openings(options: Options) -> Decoding:
    return Decoding(
        num_hypotheses=max(ALTERNATIVES, options.num),
        return_alternatives=True,
        **_penalties(options),
    )


def _drawing(options: Options) -> Decoding:
    return Decoding(
        num_hypotheses=max(MIN_SAMPLES, 2 * options.num),
        sampling_topk=_given(options.top_k, DEFAULT_TOP_K),
        sampling_topp=_given(options.top_p, DEFAULT_TOP_P),
        sampling_temperature=_given(options.temperature, DEFAULT_TEMPERATURE),
        **_penalties(options),
    )


def _penalties(options: Options) -> dict[str, float]:
    return {
        "length_penalty": options.length_penalty,
        "patience": options.patience,
        "repetition_penalty": options.repetition_penalty,
        "no_repeat_ngram_size": options.no_repeat_ngram_size,
    }


def _given(value: float | None, default: float) -> float:
    return default if value is None else value
