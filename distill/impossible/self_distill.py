"""Self-distillation: a student rewrites sentences under several codes; the critics decide.

The work is cut into units of a few sentences, each with its own seed and written to the journal
at once. So a killed run goes on, and ends with the candidates of an undisturbed one, however
many threads there are.
"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from distill.journal import Journal
from distill.records import Pair, Source, content_id, read_jsonl
from distill.stage import plain
from paraphraser_tui.engine.options import MAX_SEED
from paraphraser_tui.engine.paraphraser import available_threads
from paraphraser_tui.engine.tokens import Codes
from paraphraser_tui.errors import InputError

from .options import Config, Student
from .report import Account
from .writers import Writer, open_writer

JOURNAL_FILE = "candidates.jsonl"
SEED_HEX_DIGITS = 8
# Settings of the student that stand elsewhere in the id of a unit, or choose among its candidates.
_OF_CHOICE = ("model", "path", "codes", "per_code", "per_source")


@dataclass(frozen=True)
class Unit:
    """Sentences that are rewritten together; the id names them and how it is done."""

    id: str
    sources: tuple[Source, ...]

    @property
    def keys(self) -> list[str]:
        """An id for each sentence in the journal."""
        return [content_id(self.id, source.text) for source in self.sources]

    @property
    def seed(self) -> int:
        """For the candidates that are drawn at random."""
        return int(self.id[:SEED_HEX_DIGITS], 16) % MAX_SEED


def groups(
    config: Config, inputs: Path | None, out_dir: Path, account: Account
) -> Iterator[list[Pair]]:
    """The candidates of each unit as pairs, whose codes are those that were asked for.

    All are written before the first is given. Raises InputError without sources.
    """
    if inputs is None:
        raise InputError("a student needs sentences: from the stage `sources` or from --inputs")
    writer = open_writer(config.student, config.codes)
    # The same text twice would be the same work.
    sources = list({source.text: source for source in read_jsonl(inputs, Source)}.values())
    units = list(_units(sources, config, writer))
    with Journal(out_dir / JOURNAL_FILE) as journal:
        _write_all(units, config.codes, writer, journal)
        journal.compact(key for unit in units for key in unit.keys)
        for unit in units:
            pairs: list[Pair] = []
            for key, source in zip(unit.keys, unit.sources, strict=True):
                pairs += _pairs(journal.get(key), source, config.codes, writer.name, account)
            yield pairs


def _units(sources: Sequence[Source], config: Config, writer: Writer) -> Iterator[Unit]:
    how = json.dumps([_how(config.student), config.codes, config.seed, writer.digest])
    rows = iter(sources)
    while chunk := tuple(islice(rows, config.student.together)):
        yield Unit(content_id(how, *(source.text for source in chunk)), chunk)


def _how(student: Student) -> dict[str, Any]:
    names = [field.name for field in fields(student) if field.name not in _OF_CHOICE]
    return {name: plain(getattr(student, name)) for name in names}


def _write_all(
    units: Sequence[Unit], codes: Sequence[Codes], writer: Writer, journal: Journal
) -> None:
    from tqdm import tqdm

    missing = [unit for unit in units if not all(key in journal for key in unit.keys)]
    with ThreadPoolExecutor(available_threads()) as threads:
        try:
            rows = threads.map(partial(_rows, codes, writer), missing)
            for found in tqdm(rows, total=len(missing), desc="writing", unit="unit", disable=None):
                journal.append(*found)
        finally:
            # Whoever interrupts does not want to wait for all the rest.
            threads.shutdown(wait=False, cancel_futures=True)


def _rows(codes: Sequence[Codes], writer: Writer, unit: Unit) -> list[dict[str, Any]]:
    """What the student says to each sentence of a unit, as rows of the journal."""
    ready = [writer.ready(source.text) for source in unit.sources]
    asked = [(sentence, code) for sentence in ready if sentence for code in codes]
    written = writer.write([s.model_text for s, _ in asked], [c for _, c in asked], unit.seed)
    pools = iter(written)
    rows = []
    for key, sentence in zip(unit.keys, ready, strict=True):
        row: dict[str, Any] = {"id": key}
        if sentence is not None:
            # None where a protected span was lost.
            said = [[sentence.finish(sentence.tidy(raw)) for raw in next(pools)] for _ in codes]
            row["said"] = said
        rows.append(row)
    return rows


def _pairs(
    row: dict[str, Any], source: Source, codes: Sequence[Codes], name: str, account: Account
) -> Iterator[Pair]:
    if "said" not in row:
        account.refuse_source("not_readable")
        return
    account.take_source()
    for code, said in zip(codes, row["said"], strict=True):
        for text in said:
            if text is None:
                account.lose(code)
            else:
                yield Pair(source.text, text, source.set, name, source.licence, code)
