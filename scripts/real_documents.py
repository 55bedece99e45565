"""Check that documents survive the command: real ones, long ones, any that you have.

    python scripts/real_documents.py FILE ...

Each file is read, and written again with nothing new, which must give it back byte for byte.
Then its sentences get other words in another order, some of them with marks that mean
something in its format. What stands between the sentences must stay as it is, and Markdown must
have the same headings, links, code and tables when it is read again.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "document"))

from markdown_tree import tree
from rewording import reworded

from paraphraser_tui.document.formats import Document, Format, by_name, read
from paraphraser_tui.errors import InputError
from paraphraser_tui.text.sanitize import one_line

SEEDS = range(3)


def main() -> int:
    """A line per file; 1 if any was damaged."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    failed = 0
    for path in parser.parse_args().files:
        start = time.perf_counter()
        try:
            told, faults = _checked(path)
        except (OSError, InputError) as error:
            told, faults = f"not read: {error}", []
        print(one_line(f"{path}: {told}, {time.perf_counter() - start:.1f} s"))
        for fault in faults:
            print("   ", one_line(fault))
        failed += bool(faults)
    return int(failed > 0)


def _checked(path: Path) -> tuple[str, list[str]]:
    """What there is in a file, and what is wrong with how it is written."""
    data = path.read_bytes()
    kind = by_name(path.name)
    file = read(data, kind)
    document = file.document
    sources = {i: segment.source for i, segment in enumerate(document.segments)}
    faults = []
    if file.write({}) != data or file.write(sources) != data:
        faults.append("with nothing new it is another file")
    if not sources:
        return "no sentences", faults
    fitting = total = 0
    for seed in SEEDS:
        new = {
            i: reworded(segment.source, segment.freeze, seed, catches=seed == SEEDS[-1])
            for i, segment in enumerate(document.segments)
        }
        fitting += sum(segment.fits(new[i]) for i, segment in enumerate(document.segments))
        total += len(new)
        again = read(file.write(new), kind).document
        found = [*_lost(document, new, again), *_restructured(kind, document, again)]
        faults += [f"with other words (seed {seed}) {fault}" for fault in found]
    share = 100 * fitting / total
    return f"{kind}, {len(data)} bytes, {len(sources)} sentences, {share:.0f}% fit", faults


def _lost(document: Document, new: Mapping[int, str], again: Document) -> Iterator[str]:
    """Where a document with these sentences, read again, has lost something between them."""
    place = 0
    numbers = iter(new)
    for part in document.parts():
        text = part if isinstance(part, str) else part.write(new[next(numbers)])
        if not again.text.startswith(text, place):
            yield f"it differs at offset {place}: {again.text[place : place + 60]!r}"
            return
        place += len(text)
    if place != len(again.text):
        yield f"it goes on: {again.text[place : place + 60]!r}"


def _restructured(kind: Format, document: Document, again: Document) -> Iterator[str]:
    """Where the blocks of a Markdown document have become others."""
    if kind is not Format.MARKDOWN:
        return
    (old, targets), (new, new_targets) = tree(document.text), tree(again.text)
    if targets != new_targets or len(old) != len(new):
        yield "there are other blocks or targets"
    yield from (f"{a} became {b}" for a, b in zip(old, new, strict=False) if a != b)


if __name__ == "__main__":
    sys.exit(main())
