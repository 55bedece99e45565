"""Sentences a second: CTranslate2 int8 against transformers float32, and the engine's own share.

The first table decodes the same token rows with the same beam and batch, in turns. The second
replays the very calls that the engine made, without the engine: what is left is its overhead.

    python benchmarks/throughput.py STUDENT_DIR PACKAGE TEXT [--sentences 128] [--profile]

TEXT holds a sentence a line; PACKAGE was made from STUDENT_DIR by `python -m convert`.
"""

import argparse
import cProfile
import pstats
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BEAM_SIZE, BATCH, MARGIN = 4, 32, 8
CODES = ("<lex2>", "<ord1>", "<len1>")
RUNS = 3
PROFILED = 20


class Recorder:
    """Stands before a CTranslate2 model and remembers what is asked of it."""

    def __init__(self, model: Any):
        self._model = model
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._model, name)

        def recorded(*args: Any, **options: Any) -> Any:
            self.calls.append((name, args, options))
            return function(*args, **options)

        return recorded

    def replay(self) -> None:
        """Ask it all again, waiting for answers only at the end."""
        pending = [
            getattr(self._model, name)(*args, **options) for name, args, options in self.calls
        ]
        for found in pending:
            for answer in found if isinstance(found, list) else ():
                if hasattr(answer, "result"):
                    answer.result()


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("student", type=Path)
    parser.add_argument("package", type=Path)
    parser.add_argument("text", type=Path)
    parser.add_argument("--sentences", type=int, default=128)
    parser.add_argument("--profile", action="store_true", help="where the engine's time goes")
    options = parser.parse_args()
    lines = options.text.read_text("utf-8").splitlines()
    sentences = [line for line in lines if line.strip()][: options.sentences]
    decode(options.student, options.package, sentences)
    for threads in (1, 2):
        overhead(options.package, sentences, threads)
    if options.profile:
        profile(options.package, sentences)


def decode(student: Path, package: Path, sentences: list[str]) -> None:
    """Raw decoding, side by side."""
    import ctranslate2
    import sentencepiece

    from paraphraser_tui.models.manifest import SHORTLIST_NAME

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(student / "spm.model"))
    rows = sorted(([*CODES, *pieces.encode(s, out_type=str), "</s>"] for s in sentences), key=len)
    batches = [rows[i : i + BATCH] for i in range(0, len(rows), BATCH)]
    workers = ctranslate2.Translator(str(package), inter_threads=2, intra_threads=1)
    team = ctranslate2.Translator(str(package), inter_threads=1, intra_threads=2)

    def raw(model: Any, short: bool = (package / SHORTLIST_NAME).exists()) -> Callable[[], Any]:
        longest = len(rows[-1]) + MARGIN
        how = {"beam_size": BEAM_SIZE, "max_batch_size": BATCH, "max_decoding_length": longest}
        return lambda: model.translate_batch(rows, use_vmap=short, **how)

    ids = [[[pieces.piece_to_id(t) for t in row] for row in batch] for batch in batches]
    sides = {
        "transformers float32": _peer(student, ids),
        "int8, 1 worker of 2 threads": raw(team),
        "int8, 2 workers of 1 thread": raw(workers),
        "the same without its shortlist": raw(workers, False),
    }
    _table(sides, len(sentences), "transformers float32")


def overhead(package: Path, sentences: list[str], threads: int) -> None:
    """The engine's wall time over that of its own CTranslate2 calls."""
    from paraphraser_tui import Paraphraser

    with Paraphraser.load(str(package), threads) as engine:
        list(engine.paraphrase_many(sentences[:BATCH]))
        translator, encoder = engine._translator, engine._encoder
        models = [Recorder(translator._model), Recorder(encoder._loading._value[1])]
        translator._model = models[0]
        encoder._loading._value = (encoder._loading._value[0], models[1])

        def whole() -> None:
            for model in models:
                model.calls.clear()
            list(engine.paraphrase_many(sentences))

        def bare() -> None:
            for model in models:
                model.replay()

        sides = {f"engine, {threads} threads": whole, "its CTranslate2 calls alone": bare}
        _table(sides, len(sentences), "its CTranslate2 calls alone")
        engine._translator._model = models[0]._model


def profile(package: Path, sentences: list[str]) -> None:
    """Functions of the engine by their own time."""
    from paraphraser_tui import Paraphraser

    with Paraphraser.load(str(package), 1) as engine:
        list(engine.paraphrase_many(sentences[:BATCH]))
        profiler = cProfile.Profile()
        profiler.runcall(lambda: list(engine.paraphrase_many(sentences)))
    pstats.Stats(profiler).sort_stats("tottime").print_stats(PROFILED)


def _peer(student: Path, batches: list[list[list[int]]]) -> Callable[[], None]:
    import torch
    from transformers import BartForConditionalGeneration

    torch.set_num_threads(2)
    model = BartForConditionalGeneration.from_pretrained(student, dtype=torch.float32).eval()
    pad = model.config.pad_token_id

    def run() -> None:
        for batch in batches:
            width = max(map(len, batch))
            ids = torch.tensor([row + [pad] * (width - len(row)) for row in batch])
            with torch.inference_mode():
                model.generate(
                    input_ids=ids,
                    attention_mask=(ids != pad).long(),
                    num_beams=BEAM_SIZE,
                    max_new_tokens=width + MARGIN,
                )

    return run


def _table(sides: dict[str, Callable[[], Any]], sentences: int, base: str) -> None:
    """Run all sides in turn; medians, and ratios to the base."""
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(RUNS):
        for name, run in sides.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(found) for name, found in seconds.items()}
    for name, median in medians.items():
        print(
            f"{name:30} {sentences / median:7.1f} sentences/s, "
            f"{medians[base] / median:6.2f} times {base}"
        )
    print()


if __name__ == "__main__":
    main()
