"""Collect, check, de-duplicate and sample the source sentences, with every loss counted.

Each corpus is first read and checked into a part of its own, so that a killed run does
not read it again. The parts are then joined: test texts and duplicates fall out, and a
seeded hash, not the order of reading, chooses which sentences a limit keeps.
"""

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from distill.records import Pair, Source, content_id, read_rows, write_jsonl
from distill.stage import SOURCES_FILE, plain, sha256
from paraphraser_tui.errors import OptionError
from paraphraser_tui.text.words import words

from .corpora import Corpus, Group, check_path, groups, licence_of
from .language import is_language
from .leakage import TestTexts
from .normal import fingerprint

HUMAN_FILE = "human.jsonl.xz"
PARTS_DIR = "parts"


@dataclass(frozen=True)
class Origin:
    """One corpus: by its name, or a local file by its path.

    set, licence: what its rows are labelled with; by default the corpus or file name and
    the corpus' licence class. limit: sources kept at most; scan: rows read at most; 0 is all.
    """

    name: Corpus | None = None
    path: Path | None = None
    set: str = ""
    licence: str = ""
    limit: int = 0
    scan: int = 0

    def __post_init__(self) -> None:
        check_path(self.name, self.path)
        if min(self.limit, self.scan) < 0:
            raise OptionError("limit and scan cannot be negative")

    @property
    def label(self) -> str:
        """The name of the set in records and counts."""
        return self.set or self.name or self.path.name.split(".")[0]


@dataclass(frozen=True)
class Config:
    """What to read and what to keep.

    tests: JSON lines whose texts must not be among the sources.
    human_pairs: also write the pairs that a corpus calls paraphrases, to `human.jsonl.xz`.
    """

    corpora: tuple[Origin, ...]
    tests: tuple[Path, ...] = ()
    language: str = "en"
    min_words: int = 3
    max_words: int = 60
    human_pairs: bool = False
    seed: int = 0


def run(config: Config, inputs: Path | None, out_dir: Path) -> dict[str, int]:
    """Write `sources.jsonl.xz`; returns counts named `set.what` and the total `sources`."""
    parts = [_part(origin, config, out_dir / PARTS_DIR) for origin in config.corpora]
    counts: Counter[str] = Counter()
    kept = list(_join(parts, config, counts))
    write_jsonl(
        out_dir / SOURCES_FILE,
        (Source(group[0], origin.label, _licence(origin)) for origin, group in kept),
    )
    if config.human_pairs:
        pairs = (
            Pair(group[0], text, origin.label, licence=_licence(origin))
            for origin, group in kept
            for text in group[1:]
        )
        counts["human_pairs"] = write_jsonl(out_dir / HUMAN_FILE, pairs)
    counts["sources"] = len(kept)
    return dict(sorted(counts.items()))


def _part(origin: Origin, config: Config, parts_dir: Path) -> tuple[Origin, Path]:
    """The checked groups of one corpus as a file, made unless it is there."""
    bounds = (config.language, config.min_words, config.max_words)
    content = sha256(origin.path) if origin.path else ""
    read = {key: value for key, value in plain(origin).items() if key in ("name", "scan")}
    key = content_id(json.dumps([read, content, bounds]))
    path = parts_dir / f"{origin.label}-{key[:8]}.jsonl.xz"
    if not path.exists():
        counts: Counter[str] = Counter()
        rows = ({"texts": group} for group in _checked(origin, config, counts))
        # The last row is made when all others are, so the counts are whole by then.
        last = ({"counts": dict(sorted(counts.items()))} for _ in range(1))
        write_jsonl(path, chain(rows, last))
    return origin, path


def _checked(origin: Origin, config: Config, counts: Counter[str]) -> Iterator[Group]:
    from tqdm import tqdm

    found = groups(origin.name, origin.path)
    found = islice(found, origin.scan) if origin.scan else found
    for group in tqdm(found, desc=origin.label, unit=" rows", disable=None):
        kept = []
        for text in map(clean, group):
            counts["read"] += 1
            reason = _fault(text, config)
            if reason:
                counts[reason] += 1
            else:
                kept.append(text)
        if kept:
            # One source per group is enough: the others say the same.
            counts["same_meaning"] += len(kept) - 1
            yield tuple(kept)


def clean(text: str) -> str:
    """A text on one line, without spaces around it."""
    return " ".join(text.split())


def _fault(text: str, config: Config) -> str | None:
    count = len(words(text))
    if count < config.min_words:
        return "too_short"
    if count > config.max_words:
        return "too_long"
    return None if is_language(text, config.language) else "other_language"


def _join(
    parts: Iterable[tuple[Origin, Path]], config: Config, counts: Counter[str]
) -> Iterator[tuple[Origin, Group]]:
    tests = TestTexts.read(config.tests)
    seen: set[int] = set()
    for origin, path in parts:
        fresh = _fresh(path, origin, tests, seen, counts)
        if origin.limit:
            groups_found = list(fresh)
            fresh = heapq.nsmallest(
                origin.limit, groups_found, key=lambda g: content_id(str(config.seed), g[0])
            )
            counts[f"{origin.label}.over_limit"] += len(groups_found) - len(fresh)
        for group in fresh:
            counts[f"{origin.label}.kept"] += 1
            yield origin, group


def _fresh(
    part: Path,
    origin: Origin,
    tests: TestTexts,
    seen: set[int],
    counts: Counter[str],
) -> Iterator[Group]:
    for _, row in read_rows(part):
        if "counts" in row:
            counts.update({f"{origin.label}.{key}": n for key, n in row["counts"].items()})
            continue
        texts = row["texts"]
        mark = fingerprint(texts[0])
        if any(text in tests for text in texts):
            counts[f"{origin.label}.in_test"] += 1
        elif mark in seen:
            counts[f"{origin.label}.duplicate"] += 1
        else:
            seen.add(mark)
            yield tuple(texts)


def _licence(origin: Origin) -> str:
    return origin.licence or licence_of(origin.name)
