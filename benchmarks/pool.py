"""What each part of the pool costs, and what it is good for, side by side.

    python benchmarks/pool.py TEXT [--sentences 64] [--threads 1]

TEXT holds a sentence a line. Each row is one way to make candidates for the same sentences: the
milliseconds and different candidates a sentence, the milliseconds for each candidate beyond
those of the row that it extends, and how many candidates pass the guards.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paraphraser_tui import Options, Paraphraser
from paraphraser_tui.engine.candidates import ALTERNATIVES, MIN_SAMPLES
from paraphraser_tui.engine.guard import guarded
from paraphraser_tui.engine.options import DEFAULT_TEMPERATURE, DEFAULT_TOP_P
from paraphraser_tui.engine.prepare import Prepared, Sentence, prepare
from paraphraser_tui.engine.translator import Decoding

BEAMS = Decoding(beam_size=5, num_hypotheses=5)
OPENINGS = Decoding(num_hypotheses=ALTERNATIVES, return_alternatives=True)
SAMPLES = Decoding(
    num_hypotheses=MIN_SAMPLES,
    sampling_topk=0,
    sampling_topp=DEFAULT_TOP_P,
    sampling_temperature=DEFAULT_TEMPERATURE,
)


@dataclass(frozen=True)
class Way:
    """Decodings with the number of control settings each is used under."""

    name: str
    steps: tuple[tuple[Decoding, int], ...]
    extends: str | None = None


WAYS = (
    Way("beam of 1", ((Decoding(), 1),)),
    Way("beam of 5", ((BEAMS, 1),), "beam of 1"),
    Way("beam of 10", ((replace(BEAMS, beam_size=10, num_hypotheses=10), 1),), "beam of 5"),
    Way("beam of 5, 4 settings", ((BEAMS, 4),), "beam of 5"),
    Way("and openings, 1 setting", ((BEAMS, 4), (OPENINGS, 1)), "beam of 5, 4 settings"),
    Way("and openings, 4 settings", ((BEAMS, 4), (OPENINGS, 4)), "beam of 5, 4 settings"),
    Way("and samples, 1 setting", ((BEAMS, 4), (SAMPLES, 1)), "beam of 5, 4 settings"),
)


def main() -> None:
    """Print a row for each way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("--sentences", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    lines = [line for line in options.text.read_text("utf-8").splitlines() if line.strip()]
    with Paraphraser.load(threads=options.threads) as engine:
        asked = [prepare(Sentence(line), (), engine._framer) for line in lines]
        sentences = [p for p in asked if isinstance(p, Prepared)][: options.sentences]
        measure(engine, sentences[:8], WAYS[1])  # warms up
        known: dict[str, tuple[float, float]] = {}
        for way in WAYS:
            seconds, candidates, passed = measure(engine, sentences, way)
            known[way.name] = seconds, candidates
            before = known[way.extends] if way.extends else (0.0, 0.0)
            extra = max(candidates - before[1], 1e-9)
            print(
                f"{way.name:26} {1000 * seconds:6.0f} ms {candidates:5.1f} candidates"
                f" {1000 * (seconds - before[0]) / extra:6.1f} ms an extra one"
                f" {passed:5.1f} pass"
            )


def measure(
    engine: Paraphraser, sentences: Sequence[Prepared], way: Way
) -> tuple[float, float, float]:
    """Seconds, different candidates and passing ones a sentence."""
    settings = Options().dials.settings(engine._controls)
    pools: list[dict[str, None]] = [{} for _ in sentences]
    start = time.perf_counter()
    for decoding, count in way.steps:
        texts = [s.model_text for s in sentences for _ in range(count)]
        codes = [code for _ in sentences for code in settings[:count]]
        for i, found in enumerate(engine._translator.generate(texts, codes, decoding)()):
            pools[i // count].update(dict.fromkeys(found))
    seconds = time.perf_counter() - start
    passed = [
        len(guarded(s, pool, engine._framer, Options())[0])
        for s, pool in zip(sentences, pools, strict=True)
    ]
    return (
        seconds / len(sentences),
        sum(map(len, pools)) / len(sentences),
        sum(passed) / len(sentences),
    )


if __name__ == "__main__":
    main()
