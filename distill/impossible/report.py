"""What came of all candidates: `report.json`, by critic and reason, by code, and by source."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from distill.filters.report import Report
from distill.filters.verdict import Verdict
from distill.records import Pair, atomic_writer
from distill.stage import REPORT_FILE

CHOICE = "choice"


class Account:
    """Counts of candidates from the writer to the pairs that are kept."""

    def __init__(self, critics: Sequence[str]):
        self._report = Report([*critics, CHOICE])
        self._sources: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._passed: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()
        self._measured: Counter[str] = Counter()
        self._of_source: Counter[str] = Counter()

    def take_source(self) -> None:
        """Count a source (or context) that something was written for."""
        self._sources["used"] += 1

    def refuse_source(self, reason: str) -> None:
        """Count a source (or context) that nothing could be written for."""
        self._sources[reason] += 1

    def lose(self, code: Sequence[str] | None) -> None:
        """Count a candidate that lost a protected span or was no whole sentence."""
        self._asked[_name(code)] += 1
        self._lost[_name(code)] += 1

    def note(self, pair: Pair, critic: str, verdict: Verdict) -> None:
        """Count a candidate, its codes being those asked for, and what was said of it."""
        self._report.note(pair, critic, verdict)
        name = _name(pair.controls)
        self._asked[name] += 1
        if verdict.keeps or critic == CHOICE:
            self._passed[name] += 1
        if verdict.keeps:
            self._kept[name] += 1

    def keep(self, pair: Pair) -> None:
        """Count a kept pair, its codes being the measured ones."""
        self._measured[_name(pair.controls)] += 1
        self._of_source[pair.src] += 1

    def counts(self) -> dict[str, int]:
        """The counts of the stage."""
        found = self._report.counts()
        sources = {f"sources.{name}": n for name, n in sorted(self._sources.items())}
        return {
            **sources,
            "sources.kept": len(self._of_source),
            "lost": self._lost.total(),
            **found,
        }

    def write(self, out_dir: Path) -> None:
        """Write the report."""
        table: dict[str, Any] = {
            "sources": {**dict(sorted(self._sources.items())), "kept": len(self._of_source)},
            "asked": {
                name: {
                    "candidates": self._asked[name],
                    "lost": self._lost[name],
                    "passed": self._passed[name],
                    "kept": self._kept[name],
                }
                for name in sorted(self._asked)
            },
            "measured": dict(sorted(self._measured.items())),
            "critics": self._report.table(),
        }
        with atomic_writer(out_dir / REPORT_FILE) as stream:
            stream.write(json.dumps(table, indent=1, ensure_ascii=False).encode() + b"\n")


def _name(code: Sequence[str] | None) -> str:
    return " ".join(code or ())
