"""Time and memory of the whole command as a document grows: both per word should stay flat.

    python benchmarks/growth.py TEXT [--words 1000 10000 100000] [-- OPTION ...]

TEXT is repeated as often as needed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """One row per length."""
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], epilog="What follows -- is passed to paraphrase."
    )
    parser.add_argument("text", type=Path)
    parser.add_argument("--words", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    arguments = sys.argv[1:]
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = parser.parse_args(arguments[:end])
    passed_on = arguments[end + 1 :]
    lines = [line for line in options.text.read_text("utf-8").splitlines() if line.strip()]
    for words in options.words:
        seconds, megabytes = _run(_document(lines, words), passed_on)
        print(
            f"{words:7} words {seconds:8.1f} s {words / seconds:7.1f} words/s {megabytes:6.0f} MB"
        )


def _document(lines: list[str], words: int) -> bytes:
    out, count = [], 0
    while count < words:
        line = lines[len(out) % len(lines)]
        out.append(line)
        count += len(line.split())
    return ("\n".join(out) + "\n").encode()


def _run(document: bytes, options: list[str]) -> tuple[float, float]:
    """Wall seconds and peak megabytes of one process."""
    with tempfile.TemporaryFile() as source:
        source.write(document)
        source.seek(0)
        start = time.perf_counter()
        command = [sys.executable, "-m", "paraphraser_tui", *options]
        process = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
