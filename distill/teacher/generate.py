"""The stage: ask a teacher for every source that the journal has no answer for, then write pairs.

The journal belongs to the requests, not to the run: raising a budget, changing the
server's address or adding sources asks only for what is missing.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from distill.journal import Journal
from distill.records import Pair, Source, read_jsonl, write_jsonl
from distill.stage import PAIRS_FILE
from paraphraser_tui.errors import InputError

from .options import Config, Via
from .outcome import Outcome, is_missing, total

JOURNAL_FILE = "answers.jsonl"
FAILURES_FILE = "failures.jsonl"
# One more chance, at the end, for what failed for a passing reason.
ROUNDS = 2
LOG = logging.getLogger(__name__)


def run(config: Config, inputs: Path | None, out_dir: Path) -> dict[str, int]:
    """Write `pairs.jsonl.xz` and `failures.jsonl`; returns counts.

    Raises ModelError when the teacher cannot be used at all; what was answered is kept.
    """
    if inputs is None:
        raise InputError("generate needs the sources to ask about")
    sources = {config.key(source): source for source in read_jsonl(inputs, Source)}
    with Journal(out_dir / JOURNAL_FILE) as journal:
        for _ in range(ROUNDS):
            missing = {key: s for key, s in sources.items() if is_missing(journal, key)}
            if not missing or not _ask(config, missing, journal, out_dir):
                break
        journal.compact(sources)
        return _write(config, sources, journal, out_dir)


def _ask(config: Config, missing: dict[str, Source], journal: Journal, out_dir: Path) -> bool:
    """Ask for the missing answers; whether it makes sense to ask again for the rest."""
    if config.via is Via.SERVER:
        from .live import ask_server as ask
    elif config.via is Via.BATCH:
        from .batch import ask_batch as ask
    else:
        from .local import ask_local as ask
    return ask(config, missing, journal, out_dir)


def _write(
    config: Config, sources: dict[str, Source], journal: Journal, out_dir: Path
) -> dict[str, int]:
    counts: Counter[str] = Counter(sources=len(sources), answered=0, not_asked=0)
    counts["pairs"] = write_jsonl(out_dir / PAIRS_FILE, _pairs(config, sources, journal, counts))
    rows = [row for key in sources if (row := journal.get(key))]
    write_jsonl(out_dir / FAILURES_FILE, (row for row in rows if "failure" in row))
    usage = total(rows)
    counts.update(prompt_tokens=usage.prompt, completion_tokens=usage.completion)
    LOG.info("%d tokens used, cost %.2f", usage.total, config.limits.cost(usage))
    return dict(sorted(counts.items()))


def _pairs(
    config: Config, sources: dict[str, Source], journal: Journal, counts: Counter[str]
) -> Iterator[Pair]:
    teacher = config.teacher or Path(config.model).name
    for key, source in sources.items():
        row = journal.get(key)
        if row is None:
            counts["not_asked"] += 1
            continue
        outcome = Outcome.from_row(row)
        if outcome.failure:
            counts[f"failed.{outcome.failure}"] += 1
            continue
        counts["answered"] += 1
        tops = outcome.tops or (None,) * len(outcome.paraphrases)
        for text, top in zip(outcome.paraphrases, tops, strict=True):
            yield Pair(source.text, text, source.set, teacher, source.licence, top=top or None)
