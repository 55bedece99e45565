"""The report in Markdown: one table per group of metrics and set, and how all was measured."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from .bootstrap import CONFIDENCE, Score
from .config import COPY, REFERENCES, Config
from .latency import Latency
from .meaning import BETA, GAMMA, OMEGA
from .metrics import Encoders, Group, Metric, columns
from .ratings import GUIDE, HIGHEST, LOWEST, Scale
from .results import EQUAL_CHANGES, Dials, Panel, SetResult, at_equal_change
from .variety import ANY_DRIFT

NOTHING = "n/a"
# Metrics of the table of differences, and those that are traded for change.
HEADLINE = ("cosine", "bert_ibleu", "parascore_free", "lexical", "self_bleu", "copies", ANY_DRIFT)
TRADED = ("cosine", ANY_DRIFT)
DIGITS_OF_RATINGS = 2


def markdown(
    sets: Sequence[SetResult],
    panels: Sequence[Panel],
    config: Config,
    encoders: Encoders,
    plots: Mapping[str, Sequence[str]],
    dials: Dials,
) -> str:
    """The whole report; plots: image paths by set, relative to it; dials: rows by system."""
    parts = ["# Evaluation", *_reading(config)]
    for one in sets:
        parts += _set(one, config, plots.get(one.name, ()), dials)
    for panel in panels:
        parts += _panel(panel)
    parts += [
        "## How it was measured",
        "\n".join(f"- {x}" for x in _method(sets, config, encoders)),
    ]
    return "\n\n".join(parts) + "\n"


def latencies(found: Mapping[str, Latency]) -> str:
    """Milliseconds per sentence, apart from the report because no two runs agree on them."""
    header = ["system", "median ms", "95th percentile ms", "sentences"]
    rows = [[n, f"{t.median:.0f}", f"{t.p95:.0f}", str(t.sentences)] for n, t in found.items()]
    note = "One sentence at a time, beam and variants as configured, on the machine of the run."
    return "\n\n".join(["# Latency", note, table(header, rows)]) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, the first column to the left and figures to the right."""
    rule = [":--", *["--:"] * (len(header) - 1)]
    lines = [header, rule, *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def figure(score: Score | None, digits: int, sign: str = "") -> str:
    """A figure with its interval, such as `48.35 [46.90, 49.80]`."""
    if score is None or np.isnan(score.value):
        return NOTHING
    shown = f"{score.value:{sign}.{digits}f}"
    if score.low is None or score.high is None:
        return shown
    return f"{shown} [{score.low:{sign}.{digits}f}, {score.high:{sign}.{digits}f}]"


def _reading(config: Config) -> list[str]:
    lines = [
        f"Brackets hold {CONFIDENCE:.0%} bootstrap intervals. ↑ and ↓ say which way is better; "
        "no arrow, that neither is: scores of overlap with the references reward copying, so "
        f"read every system against the row `{COPY}`."
    ]
    if config.baseline is not None:
        lines.append(f"Differences are paired: system minus `{config.baseline}`, same items.")
    return lines


def _set(one: SetResult, config: Config, plots: Sequence[str], dials: Dials) -> list[str]:
    low, high = one.references
    references = f"{low}" if low == high else f"{low} to {high}"
    parts = [f"## {one.name}", f"{one.items} sources, {references} reference(s) each."]
    for group in Group:
        wanted = [metric for metric in columns(config.metrics) if metric.group is group]
        parts += _group(group.value, wanted, {row.system: row.scores for row in one.rows})
    gaps = {row.system: row.gaps for row in one.rows if row.gaps}
    headline = [m for m in columns(config.metrics) if m.key in HEADLINE]
    parts += _group(f"Difference from {config.baseline}", headline, gaps, sign="+")
    parts += _equal_change(one, [m for m in headline if m.key in TRADED], dials)
    return parts + [f"![{one.name}]({path})" for path in plots]


def _group(
    title: str,
    wanted: Sequence[Metric],
    rows: Mapping[str, Mapping[str, Score]],
    sign: str = "",
) -> list[str]:
    """A titled table of the metrics that some row has; nothing without rows."""
    shown = [m for m in wanted if any(m.key in scores for scores in rows.values())]
    if not shown:
        return []
    header = ["system", *(f"{m.title} {m.better.value}".strip() for m in shown)]
    body = [
        [system, *(figure(scores.get(m.key), m.digits, sign) for m in shown)]
        for system, scores in rows.items()
    ]
    return [f"### {title}", table(header, body)]


def _equal_change(one: SetResult, traded: Sequence[Metric], dials: Dials) -> list[str]:
    """What systems with a dial give up for the same change; a system needs two settings."""
    turned = {system: rows for system, rows in dials.items() if len(rows) > 1}
    if not turned:
        return []
    header = ["system", *(f"{m.title} at {change:g}" for m in traded for change in EQUAL_CHANGES)]
    body = []
    for system, rows in turned.items():
        cells = [
            figure(Score(value), metric.digits)
            for metric in traded
            for value in at_equal_change(one, rows, metric.key)
        ]
        body.append([system, *cells])
    return ["### At equal lexical change", table(header, body)]


def _panel(panel: Panel) -> list[str]:
    guide = "; ".join(f"**{scale}**: {text}" for scale, text in GUIDE.items())
    header = ["system", *(f"{scale} ↑" for scale in Scale), "ratings"]
    rows = [
        [
            verdict.system,
            *(figure(verdict.scores[scale], DIGITS_OF_RATINGS) for scale in Scale),
            str(verdict.ratings),
        ]
        for verdict in panel.verdicts
    ]
    agreed = {scale: panel.agreement.get(scale) for scale in Scale}
    known = [f"{scale} {alpha:.2f}" for scale, alpha in agreed.items() if alpha is not None]
    lines = [f"Blind, {LOWEST} to {HIGHEST}. {guide}. Raters: {panel.raters}."]
    if known:
        lines.append(f"Krippendorff's alpha (ordinal): {', '.join(known)}.")
    return [f"## {panel.title}", " ".join(lines), table(header, rows)]


def _method(sets: Sequence[SetResult], config: Config, encoders: Encoders) -> Iterable[str]:
    case = "lower-cased" if config.metrics.lowercase else "cased"
    for one in sets:
        yield f"BLEU on {one.name}: corpus level, `{one.signature}`"
    alphas = ", ".join(f"{alpha:g}" for alpha in config.metrics.ibleu_alphas)
    yield (
        f"iBLEU(a) = a BLEU(output, references) - (1 - a) BLEU(output, source), corpus level, "
        f"a = {alphas}. Published values of a differ (0.7, 0.8, 0.9): only equal ones compare"
    )
    yield (
        f"self-BLEU: corpus BLEU against the source, {case}; in set: mean sentence BLEU of each "
        "variant against its sisters"
    )
    yield f"sentence BLEU: mean of add-one smoothed sentence BLEU, {case}"
    stem = "with" if config.metrics.rouge_stem else "without"
    yield f"ROUGE: rouge-score, F1, {stem} stemming, the best of several references"
    yield f"cosine: sentence vectors of {encoders.sentence.name}, output and source"
    yield (
        f"BERTScore: F1 of output and source, {encoders.token.name}, no IDF, no baseline rescaling"
    )
    yield (
        f"BERT-iBLEU: harmonic mean, beta {BETA:g}, of BERTScore with IDF over the sources and "
        "1 - sentence BLEU to the source (exponential smoothing), in percent"
    )
    yield (
        "ParaScore: larger of BERTScore to source and reference plus an edit reward, "
        f"weight {OMEGA:g}, gamma {GAMMA:g}; Free: without the reference"
    )
    yield "lexical and order change, length, drift: the measures and checks of run time"
    yield "copies: equal to the source but for case, spaces and punctuation"
    yield "distinct-n: over all outputs, lower-cased; it falls with the size of the set"
    yield "At equal lexical change: linear between the settings of a dial, nothing beyond them"
    yield (
        f"Intervals: percentile bootstrap over items, {config.resamples} resamples, "
        f"seed {config.seed}"
    )
    beams, variants = config.decoding.beams, config.decoding.variants
    yield f"Students: beam search, {beams} beams, {variants} variant(s); the first is measured"
    yield f"`{COPY}` is the source as output, `{REFERENCES}` the first reference of each source"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
