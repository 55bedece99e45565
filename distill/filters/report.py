"""What was dropped and why, on one page: `report.json` and `report.png`."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from distill.records import Pair, atomic_writer
from distill.stage import REPORT_FILE

from .verdict import Verdict

PLOT_FILE = "report.png"
EXAMPLES = 3
# The page shows this many reasons and sets; the JSON has all.
SHOWN = 25
PAGE_INCHES = (8.3, 11.7)
DPI = 110


class Report:
    """Counts of drops by filter, reason and set, with the first examples of each reason."""

    def __init__(self, filters: Sequence[str]):
        self._filters = list(filters)
        self._rows: Counter[str] = Counter()
        self._dropped: Counter[tuple[str, str, str]] = Counter()
        self._examples: defaultdict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)

    def note(self, pair: Pair, name: str, verdict: Verdict) -> None:
        """Count one pair and what the last filter said of it."""
        self._rows[pair.set] += 1
        if verdict.keeps:
            return
        self._dropped[name, verdict.reason, pair.set] += 1
        examples = self._examples[name, verdict.reason]
        if len(examples) < EXAMPLES:
            examples.append({"src": pair.src, "tgt": pair.tgt, "detail": verdict.detail})

    def counts(self) -> dict[str, int]:
        """Rows in, rows kept, and drops as `filter.reason`."""
        rows = self._rows.total()
        counts = {"rows": rows, "kept": rows - self._dropped.total()}
        for (name, reason), number in self._by_reason().items():
            counts[f"{name}.{reason}"] = number
        return counts

    def table(self) -> dict[str, Any]:
        """The whole report as JSON values."""
        reasons = self._by_reason()
        left, filters = self._rows.total(), []
        for name in self._filters:
            here = {
                reason: n for (filter_name, reason), n in reasons.items() if filter_name == name
            }
            dropped = sum(here.values())
            examples = {reason: self._examples[name, reason] for reason in here}
            filters.append(
                {
                    "filter": name,
                    "seen": left,
                    "dropped": dropped,
                    "reasons": here,
                    "examples": examples,
                }
            )
            left -= dropped
        sets = {
            name: {"rows": rows, "kept": rows - self._of_set(name)}
            for name, rows in sorted(self._rows.items())
        }
        return {"rows": self._rows.total(), "kept": left, "filters": filters, "sets": sets}

    def write(self, out_dir: Path) -> None:
        """Write both files."""
        table = self.table()
        with atomic_writer(out_dir / REPORT_FILE) as stream:
            stream.write(json.dumps(table, indent=1, ensure_ascii=False).encode() + b"\n")
        with atomic_writer(out_dir / PLOT_FILE) as stream:
            # Without the date and version that matplotlib would put in: equal runs, equal bytes.
            plot(table).savefig(stream, format="png", dpi=DPI, metadata={"Software": None})

    def _by_reason(self) -> dict[tuple[str, str], int]:
        found: Counter[tuple[str, str]] = Counter()
        for (name, reason, _), number in self._dropped.items():
            found[name, reason] += number
        order = {name: i for i, name in enumerate(self._filters)}
        return dict(sorted(found.items(), key=lambda item: (order[item[0][0]], item[0][1])))

    def _of_set(self, name: str) -> int:
        return sum(n for (_, _, set_name), n in self._dropped.items() if set_name == name)


def plot(table: dict[str, Any]) -> Any:
    """A matplotlib figure of one page: what remains, the reasons, the share kept by set."""
    # Not pyplot: no windows, no global state.
    from matplotlib.figure import Figure

    figure = Figure(figsize=PAGE_INCHES, layout="constrained")
    remain, why, sets = figure.subplots(3, 1, height_ratios=(1, 2, 2))
    figure.suptitle(f"{table['kept']:,} of {table['rows']:,} pairs kept")

    names = ["in", *(row["filter"] for row in table["filters"])]
    left = [table["rows"], *(row["seen"] - row["dropped"] for row in table["filters"])]
    _bars(remain, names, left)
    remain.set_title("Pairs left after each filter")

    reasons = [
        (f"{row['filter']}: {reason}", number)
        for row in table["filters"]
        for reason, number in row["reasons"].items()
    ]
    reasons = sorted(reasons, key=lambda item: -item[1])[:SHOWN]
    _bars(why, [name for name, _ in reasons], [number for _, number in reasons])
    why.set_title("Pairs dropped, by reason")

    largest = sorted(table["sets"].items(), key=lambda item: -item[1]["rows"])[:SHOWN]
    shares = [100 * row["kept"] / row["rows"] for _, row in largest]
    _bars(sets, [name for name, _ in largest], shares, "{:.0f} %")
    sets.set_title("Share kept, largest sets")
    return figure


def _bars(axes: Any, names: Sequence[str], values: Sequence[float], form: str = "{:,}") -> None:
    bars = axes.barh(range(len(names)), values, color="#4477aa")
    # Plain text: a set's name is no formula.
    axes.set_yticks(range(len(names)), names, fontsize=7, parse_math=False)
    axes.bar_label(bars, labels=[form.format(value) for value in values], fontsize=7, padding=2)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.spines[["top", "right"]].set_visible(False)
