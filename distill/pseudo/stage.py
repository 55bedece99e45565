"""The stage `pseudo`: a teacher's targets for labelled and unlabelled texts, as pairs.

One record holds all targets of a text; an epoch of training takes one of them. The journal has
a row for each batch, named by all that decides what is written in it, so that a run that was
killed makes the same batches and the same files.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from paraphraser_tui.errors import InputError
from paraphraser_tui.text.drift import find_drift

from ..controls import NEUTRAL, token
from ..journal import Journal
from ..records import Pair, Source, content_id, write_jsonl
from ..stage import PAIRS_FILE, plain, sha256
from .inputs import distinct, labelled, unlabelled
from .settings import PseudoConfig
from .writers import Writer, open_writer

JOURNAL_FILE = "targets.jsonl"
TARGETS = "targets"
SEED_HEX_DIGITS = 8
# The settings that decide what a batch says; the rest of it is its texts and their codes.
DECIDING = ("targets", "decoding", "max_source_tokens", "seed")

Codes = tuple[str, ...]
Batch = Sequence[tuple[Source, Codes]]


def run(config: PseudoConfig, inputs: Path | None, out_dir: Path) -> dict[str, int]:
    """Write `pairs.jsonl.xz`: labelled pairs, then every text with its targets. Returns counts."""
    pairs = list(labelled(config, inputs))
    sources = distinct(
        chain(
            (Source(pair.src, pair.set, pair.licence) for pair in pairs),
            *(unlabelled(texts) for texts in config.unlabelled),
        )
    )
    if not sources:
        raise InputError("pseudo needs texts: from the stage before, `labelled` or `unlabelled`")
    teacher = open_writer(config.teacher, config.decoding, config.max_source_tokens)
    readable = [source for source in sources if teacher.fits(source.text)]
    batches = dict(_batches(config, readable))
    with Journal(out_dir / JOURNAL_FILE) as journal:
        _write_missing(config, teacher, batches, journal)
        journal.compact(batches)
        targets = {
            source.text: found
            for key, batch in batches.items()
            for (source, _), found in zip(batch, journal.get(key)[TARGETS], strict=True)
        }
    counts: Counter[str] = Counter(labelled=len(pairs), texts=len(sources), targets=0)
    counts["too_long"] = len(sources) - len(readable)
    made = _pairs(config, readable, targets, teacher.name, counts)
    kept = pairs if config.keep_labels else []
    counts["pairs"] = write_jsonl(out_dir / PAIRS_FILE, chain(kept, made))
    return dict(sorted(counts.items()))


def _batches(config: PseudoConfig, sources: Sequence[Source]) -> Iterator[tuple[str, Batch]]:
    """Batches of texts of like length with their codes, each under its name."""
    coded = [
        (source, (token("lex", config.levels[i % len(config.levels)]), *NEUTRAL[1:]))
        for i, source in enumerate(sources)
    ]
    coded.sort(key=lambda item: len(item[0].text))
    settings = plain(config)
    how = json.dumps([sha256(config.teacher), {name: settings[name] for name in DECIDING}])
    for start in range(0, len(coded), config.batch_size):
        batch = coded[start : start + config.batch_size]
        texts = (part for source, codes in batch for part in (source.text, *codes))
        yield content_id(how, *texts), batch


def _write_missing(
    config: PseudoConfig, teacher: Writer, batches: dict[str, Batch], journal: Journal
) -> None:
    from tqdm import tqdm

    missing = [key for key in batches if key not in journal]
    for key in tqdm(missing, desc="pseudo-targets", unit=" batches", disable=None):
        texts = [source.text for source, _ in batches[key]]
        codes = [codes for _, codes in batches[key]]
        seed = config.seed + int(key[:SEED_HEX_DIGITS], 16)
        journal.append({"id": key, TARGETS: teacher.write(texts, codes, config.targets, seed)})


def _pairs(
    config: PseudoConfig,
    sources: Sequence[Source],
    targets: dict[str, Any],
    teacher: str,
    counts: Counter[str],
) -> Iterator[Pair]:
    """A record for each text that got a target other than itself."""
    for source in sources:
        said = [text for text in dict.fromkeys(targets[source.text]) if text]
        found = [text for text in said if text != source.text]
        counts["copies"] += len(said) - len(found)
        if config.guarded:
            kept = [text for text in found if not find_drift(source.text, text)]
            counts["drifted"] += len(found) - len(kept)
            found = kept
        counts["targets"] += len(found)
        if not found:
            counts["without_target"] += 1
            continue
        first, *more = found
        yield Pair(
            source.text, first, source.set, teacher, source.licence, more=tuple(more) or None
        )
