"""The pool: many candidates for each sentence, made together because that is cheap.

A model's own beam holds near-copies of one idea. Other control codes and other
first words open other ways to say it; which are good is decided later.
"""

from collections.abc import Callable, Sequence

from ..models.manifest import Control
from .options import DEFAULT_TEMPERATURE, DEFAULT_TOP_K, DEFAULT_TOP_P, Options, control_settings
from .prepare import Prepared
from .translator import Decoding, Translator

Generate = Callable[..., list[list[str]]]

# Openings tried per sentence: each is the most probable sentence behind another first word.
ALTERNATIVES = 8
MIN_SAMPLES = 8


class Pool:
    """Makes candidates for sentences, always in the same way for the same options."""

    def __init__(self, translator: Translator, controls: Sequence[Control], options: Options):
        self._settings = control_settings(controls, options.diversity)
        self._steps: list[tuple[Generate, Decoding]] = []
        penalties = {
            "length_penalty": options.length_penalty,
            "repetition_penalty": options.repetition_penalty,
            "no_repeat_ngram_size": options.no_repeat_ngram_size,
        }
        if options.sampling:
            drawn = Decoding(
                num_hypotheses=max(MIN_SAMPLES, 2 * options.num),
                sampling_topk=_first(options.top_k, DEFAULT_TOP_K),
                sampling_topp=_first(options.top_p, DEFAULT_TOP_P),
                sampling_temperature=_first(options.temperature, DEFAULT_TEMPERATURE),
                **penalties,
            )
            self._steps.append((translator.sampler(options.seed), drawn))
        else:
            beams = options.beams
            beam = Decoding(beam_size=beams, num_hypotheses=beams, **penalties)
            opening = Decoding(
                num_hypotheses=max(ALTERNATIVES, options.num),
                return_alternatives=True,
                **penalties,
            )
            self._steps += [(translator.generate, beam), (translator.generate, opening)]

    def candidates(self, sentences: Sequence[Prepared]) -> list[list[str]]:
        """For each sentence its candidates as the model wrote them; repeats are left out."""
        pools: list[dict[str, None]] = [{} for _ in sentences]
        texts = [s.model_text for s in sentences for _ in self._settings]
        codes = [codes for _ in sentences for codes in self._settings]
        for generate, decoding in self._steps:
            for i, found in enumerate(generate(texts, codes, decoding)):
                pools[i // len(self._settings)].update(dict.fromkeys(found))
        return [list(pool) for pool in pools]


def _first(value: float | None, default: float) -> float:
    return default if value is None else value
