"""Memory of the command as a pipe goes on and on, and how soon its first words come out.

    python benchmarks/stream_memory.py [TEXT] [--megabytes 10]

N and 5 N megabytes go through the real command with an engine that returns every sentence as it
is, so that only reading, cutting and writing count; what comes out must be what went in. Then the
real engine gets a first paragraph through a pipe that stays open.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import IO

EXAMPLE = Path(__file__).parents[1] / "docs" / "example.txt"
GROWTH = 5
MEGABYTE = 1_000_000
CHUNK = 1 << 16
PARAGRAPH = b"The meeting was postponed because the manager had fallen ill.\n\n"
ENGINE = "--same"  # the argument of the process whose engine does nothing


def main() -> None:
    """One row per length, their ratio, and the time until the first words."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path, nargs="?", default=EXAMPLE)
    parser.add_argument("--megabytes", type=int, default=10)
    options = parser.parse_args()
    text = options.text.read_bytes().rstrip() + b"\n\n"
    peaks = []
    for megabytes in (options.megabytes, GROWTH * options.megabytes):
        seconds, peak = _piped(text, megabytes * MEGABYTE)
        peaks.append(peak)
        print(f"{megabytes:5} MB {seconds:8.1f} s {megabytes / seconds:6.2f} MB/s {peak:6.1f} MB")
    print(f"memory {peaks[1] / peaks[0]:.2f}x for {GROWTH}x the text")
    print(f"first words of the real engine after {_first_words():.2f} s")


def _copies(text: bytes, size: int) -> Iterator[bytes]:
    """The text again and again, each copy a little different."""
    done = number = 0
    while done < size:
        copy = b"This is part %d of the whole text.\n\n" % number + text
        yield copy
        done += len(copy)
        number += 1


def _piped(text: bytes, size: int) -> tuple[float, float]:
    """Wall seconds and peak megabytes of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, __file__, ENGINE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    given = hashlib.sha256()
    feeder = Thread(target=_feed, args=(process.stdin, _copies(text, size), given))
    feeder.start()
    got = hashlib.sha256()
    while chunk := process.stdout.read(CHUNK):
        got.update(chunk)
    feeder.join()
    _, process.returncode, usage = os.wait4(process.pid, 0)
    if process.returncode or got.digest() != given.digest():
        sys.exit("what came out is not what went in")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def _feed(stream: IO[bytes], copies: Iterator[bytes], seen: "hashlib._Hash") -> None:
    with stream:
        for copy in copies:
            seen.update(copy)
            stream.write(copy)


def _first_words() -> float:
    """Seconds from the start of the command until it answers a paragraph; its input stays open."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "paraphraser_tui"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    process.stdin.write(PARAGRAPH)
    process.stdin.flush()
    process.stdout.read(1)
    seconds = time.perf_counter() - start
    process.communicate()
    return seconds


def _run_with_the_same() -> int:
    """The command with an engine that finds each sentence its own best paraphrase."""
    from paraphraser_tui.cli import main as command
    from paraphraser_tui.engine.result import Paraphrase, Result

    class Same:
        @classmethod
        def load(cls, *_: object) -> "Same":
            return cls()

        def __enter__(self) -> "Same":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def batches(self, groups, options):
            for group in groups:
                yield [Result(s.text, (Paraphrase(s.text, 1.0, 0.0, 1.0),)) for s in group]

    command.Paraphraser = Same
    return command.main([])


if __name__ == "__main__":
    if ENGINE in sys.argv:
        sys.exit(_run_with_the_same())
    main()
