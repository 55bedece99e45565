"""Sentences of a test set through the whole command, checked from outside.

Counts with code of its own, not the engine's: lines out, numbers kept, sentences
left unchanged; sums up the figures that the command reports; measures throughput.

    python benchmarks/corpus.py FILE.jsonl.xz [--limit 1000] [--show 10] [-- OPTION ...]
"""

import argparse
import json
import lzma
import random
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def main() -> None:
    """Print the counts, then some pairs to read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="JSON Lines with src or text, plain or .xz")
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--show", type=int, default=10, help="pairs to print")
    parser.add_argument("options", nargs="*", help="passed to paraphrase, behind --")
    options = parser.parse_args()
    sources = _sources(options.file, options.limit)
    start = time.perf_counter()
    answers = [json.loads(line) for line in _run(sources, ["--format", "jsonl", *options.options])]
    seconds = time.perf_counter() - start
    lines = _run(sources, options.options)

    lost = [s for s, t in zip(sources, lines, strict=True) if not _numbers_kept(s, t)]
    unchanged = sum(s == t for s, t in zip(sources, lines, strict=True))
    variants = [a["variants"][0] for a in answers if a["variants"]]
    print(f"lines in {len(sources)}, out {len(lines)}; lines that lost a number {len(lost)}")
    print(f"sentences {len(answers)}, unchanged lines {unchanged / len(lines):.1%}")
    for name in ("meaning", "change", "fluency"):
        print(f"mean {name} of what was changed {statistics.mean(v[name] for v in variants):.3f}")
    print(f"{len(sources) / seconds:.1f} lines a second, start included")
    for i in random.Random(0).sample(range(len(lines)), min(options.show, len(lines))):
        print(f"\n< {sources[i]}\n> {lines[i]}")


def _sources(path: Path, limit: int) -> list[str]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for _, line in zip(range(limit), stream, strict=False)]
    return [" ".join((row.get("src") or row["text"]).split()) for row in rows]


def _run(sources: list[str], options: list[str]) -> list[str]:
    """The command's output lines."""
    command = [sys.executable, "-m", "paraphraser_tui", *options]
    text = "\n".join(sources) + "\n"
    done = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().splitlines()


def _numbers_kept(source: str, target: str) -> bool:
    found = NUMBER.findall(target)
    return all(number in found for number in NUMBER.findall(source))


if __name__ == "__main__":
    main()
