"""The stage itself: systems speak, their answers are measured and rated, the report is written."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from paraphraser_tui.errors import OptionError

from ..records import atomic_writer
from ..stage import REPORT_FILE
from . import judge, plots, ratings, report, results, sheet, systems
from .config import COPY, REFERENCES, Config, Kind, System
from .encoder import Memo, TransformersEncoder
from .latency import Latency, latency
from .metrics import Answers, Encoders
from .ratings import Line, Ratings, Scale
from .results import Panel
from .sets import EvalSet, read_set
from .systems import Row

STUDENT = "student"
MARKDOWN_FILE = "report.md"
LATENCY_JSON, LATENCY_MARKDOWN = "latency.json", "latency.md"
JUDGE_JOURNAL = "judge.jsonl"

Answered = list[tuple[EvalSet, list[Answers]]]


def run(config: Config, inputs: Path | None, out_dir: Path) -> dict[str, int]:
    """Evaluate the configured systems and, if given, the student or package at `inputs`.

    Writes report.md, report.json, plots, outputs, latency.md, and if asked for the rating
    sheet with its key and the judge's answers. Returns counts.
    """
    tested = [*config.systems, *_student(config, inputs)]
    rows = systems.rows(tested)
    _check_names(rows, config)
    sets = [read_set(path, config.limit) for path in config.sets]
    if len({one.name for one in sets}) < len(sets):
        raise OptionError("sets: two have the same file name")
    answered, times = _answers(tested, rows, sets, config, out_dir)
    encoders = _encoders(config)
    found = [
        results.measure_set(one, answers, config, _remembering(encoders))
        for one, answers in answered
    ]
    panels, counts = _ratings(answered, config, out_dir)
    dials = systems.dials(rows)
    drawn = {one.name: plots.draw(one, dials, out_dir) for one in found}
    _write_json(out_dir / REPORT_FILE, results.to_json(found, panels))
    text = report.markdown(found, panels, config, encoders, drawn, dials)
    _write(out_dir / MARKDOWN_FILE, text)
    if times:
        _write_json(out_dir / LATENCY_JSON, {name: asdict(one) for name, one in times.items()})
        _write(out_dir / LATENCY_MARKDOWN, report.latencies(times))
    items = sum(len(one.items) for one in sets)
    return {"sets": len(sets), "sources": items, "systems": len(rows), **counts}


def _student(config: Config, inputs: Path | None) -> list[System]:
    if inputs is None:
        return []
    kind = systems.kind_of(inputs)
    return [System(STUDENT, kind, inputs, config.student_dial if kind is Kind.STUDENT else ())]


def _check_names(rows: Sequence[Row], config: Config) -> None:
    names = [COPY, REFERENCES, *(row.name for row in rows)]
    if twice := {name for name in names if names.count(name) > 1}:
        raise OptionError(f"systems: two rows would be called {min(twice)!r}")
    if config.baseline is not None and config.baseline not in names:
        raise OptionError(f"baseline: {config.baseline!r} is not one of {', '.join(names)}")


def _answers(
    tested: Sequence[System],
    rows: Sequence[Row],
    sets: Sequence[EvalSet],
    config: Config,
    out_dir: Path,
) -> tuple[Answered, dict[str, Latency]]:
    """The answers of every row for every set, and the latency of those that can be timed."""
    said: dict[tuple[str, str], Answers] = {}
    times = {}
    for system in tested:
        own = [row for row in rows if row.system is system]
        if system.kind is Kind.OUTPUTS:
            said |= {(one.name, system.name): systems.read_outputs(system, one) for one in sets}
            continue
        # One model at a time in memory, opened once for all settings of its dial.
        at = systems.load(system, config.decoding)
        for row in own:
            speak = at(row.dial)
            for one in sets:
                said[one.name, row.name] = systems.generate(row, one, speak, config, out_dir)
        if config.latency_items:
            timed = sets[0].sources[: config.latency_items]
            times[system.name] = latency(at(own[0].dial), timed)
    answered = [
        (
            one,
            [
                systems.copy_row(one),
                systems.reference_row(one),
                *(said[one.name, row.name] for row in rows),
            ],
        )
        for one in sets
    ]
    return answered, times


def _encoders(config: Config) -> Encoders:
    sentence = TransformersEncoder(config.sentence_encoder)
    if (config.token_encoder, config.token_layer) == (config.sentence_encoder, -1):
        return Encoders(sentence, sentence)
    return Encoders(sentence, TransformersEncoder(config.token_encoder, config.token_layer))


def _remembering(encoders: Encoders) -> Encoders:
    """Fresh memories for a set: its sources come up for every system, other sets' do not."""
    sentence = Memo(encoders.sentence)
    same = encoders.token is encoders.sentence
    return Encoders(sentence, sentence if same else Memo(encoders.token))


def _ratings(
    answered: Answered, config: Config, out_dir: Path
) -> tuple[list[Panel], dict[str, int]]:
    """The sheet for people, what they gave back, and the judge's ratings."""
    panels, counts = [], {}
    # Nobody needs to be asked how faithful a copy is.
    answered = [(one, [a for a in said if a.system != COPY]) for one, said in answered]
    if config.sheet.items:
        lines = ratings.draw(answered, config.sheet.items, config.seed)
        sheet.write(lines, out_dir / sheet.SHEET_FILE, out_dir / sheet.KEY_FILE)
        people = [sheet.read(path, lines) for path in config.sheet.filled]
        if people:
            panels.append(_panel("Ratings by people", lines, people, config))
        counts["sheet_items"] = len(lines)
    if config.judge.items:
        lines = ratings.draw(answered, config.judge.items, config.seed)
        given = judge.rate(lines, config.judge, out_dir / JUDGE_JOURNAL)
        title = f"Ratings by {config.judge.model}"
        panels.append(_panel(title, lines, [given], config))
        counts["judged_items"] = len({item for item, _ in given})
    return panels, counts


def _panel(title: str, lines: Sequence[Line], raters: list[Ratings], config: Config) -> Panel:
    verdicts = ratings.verdicts(lines, raters, config.resamples, config.seed)
    agreed = {scale: ratings.agreement(lines, raters, scale) for scale in Scale}
    return Panel(title, len(raters), tuple(verdicts), agreed)


def _write(path: Path, text: str) -> None:
    with atomic_writer(path) as stream:
        stream.write(text.encode())


def _write_json(path: Path, value: object) -> None:
    _write(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")
