"""Two plots per test set: meaning against change, and drift rates."""

import re
from pathlib import Path

from ..records import atomic_writer
from .config import COPY, REFERENCES
from .results import Dials, Result, SetResult
from .variety import ANY_DRIFT, DRIFTS

PLOTS_DIR = "plots"
SIZE_INCHES = (7.0, 4.5)
DOTS_PER_INCH = 120
_UNSAFE = re.compile(r"[^\w.-]+")


def draw(one: SetResult, dials: Dials, out_dir: Path) -> list[str]:
    """Write the plots of a set; returns their paths relative to `out_dir`.

    dials: the rows of each system, which a line joins: what turning the dial buys.
    """
    stem = _UNSAFE.sub("_", one.name)
    figures = {"change": _trade_off(one, dials), "drift": _drift(one)}
    paths = []
    for kind, figure in figures.items():
        path = f"{PLOTS_DIR}/{stem}-{kind}.png"
        with atomic_writer(out_dir / path) as stream:
            # Without the library's version in it, equal figures are equal files.
            figure.savefig(stream, format="png", metadata={"Software": None})
        paths.append(path)
    return paths


def _trade_off(one: SetResult, dials: Dials):
    figure, axes = _new(one.name, "lexical change", "meaning (cosine)")
    results = {row.system: row for row in one.rows}
    groups = [[COPY], [REFERENCES], *dials.values()]
    for names in groups:
        found = [results[name] for name in names if name in results]
        if not found:
            continue
        (line,) = axes.plot(
            [row.scores["lexical"].value for row in found],
            [row.scores["cosine"].value for row in found],
            marker="o",
        )
        for row in found:
            _whiskers(axes, row, line.get_color())
            point = (row.scores["lexical"].value, row.scores["cosine"].value)
            axes.annotate(row.system, point, xytext=(5, 5), textcoords="offset points")
    return figure


def _whiskers(axes, row: Result, colour: str) -> None:
    x, y = row.scores["lexical"], row.scores["cosine"]
    if x.low is not None and x.high is not None:
        axes.plot([x.low, x.high], [y.value, y.value], color=colour, alpha=0.5)
    if y.low is not None and y.high is not None:
        axes.plot([x.value, x.value], [y.low, y.high], color=colour, alpha=0.5)


def _drift(one: SetResult):
    figure, axes = _new(one.name, "", "outputs with drift, %")
    # A copy never drifts.
    rows = [row for row in one.rows if row.system != COPY]
    kinds = [*(kind.value for kind in DRIFTS), ANY_DRIFT]
    width = 1 / (len(rows) + 1)
    for i, row in enumerate(rows):
        positions = [k + (i - (len(rows) - 1) / 2) * width for k in range(len(kinds))]
        values = [row.scores[kind].value for kind in kinds]
        axes.bar(positions, values, width, label=row.system)
    axes.set_xticks(range(len(kinds)), [*kinds[:-1], "any"])
    axes.legend()
    return figure


def _new(title: str, x: str, y: str):
    # Not pyplot: it keeps every figure and looks for a display.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_INCHES, dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set(title=title, xlabel=x, ylabel=y)
    return figure, axes
