"""From process start to text: `paraphrase` against transformers with the same student.

Both commands run in turn, so that the machine's moods hit both alike; the
figure to quote is the ratio of the medians. Memory is the largest resident set.

    python benchmarks/cold_start.py STUDENT_DIR [--runs 5]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCE = "The meeting was postponed because the manager had fallen ill.\n"
PEER = Path(__file__).parent / "transformers_peer.py"


def main() -> None:
    """Print one row per command and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("student", help="the directory that the bundled package was made from")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    commands = {
        "paraphrase": [sys.executable, "-m", "paraphraser_tui"],
        "transformers float32": [sys.executable, str(PEER), options.student],
    }
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(options.runs + 1):
        for name, command in commands.items():
            figures[name].append(_run(command))
    medians = {}
    for name, rows in figures.items():
        seconds = [s for s, _ in rows[1:]]  # the first run fills the disk cache
        medians[name] = statistics.median(seconds)
        memory = max(m for _, m in rows)
        print(
            f"{name:22} median {medians[name]:6.2f} s, "
            f"{min(seconds):.2f} to {max(seconds):.2f} s, {memory:.0f} MB"
        )
    print(f"ratio {medians['transformers float32'] / medians['paraphrase']:.1f}x")


def _run(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak megabytes of one whole process that gets one sentence."""
    with tempfile.TemporaryFile() as source:
        source.write(SENTENCE.encode())
        source.seek(0)
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        text = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    if status or not text.strip():
        raise SystemExit(f"{' '.join(command)} failed with status {status}")
    return seconds, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
