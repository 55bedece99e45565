"""The stage: candidates from a teacher or a student, the critics, the choice, pairs to train on."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from distill.controls import codes
from distill.filters.pipeline import REJECTED_FILE, judged
from distill.filters.verdict import KEEP, Judge, Verdict, Workplace
from distill.records import Pair, atomic_writer, to_line
from distill.stage import PAIRS_FILE

from .choice import Choose, best_per_code
from .options import Config
from .report import CHOICE, Account
from .syntax import with_parses
from .trees import load_parser


def run(config: Config, inputs: Path | None, out_dir: Path) -> dict[str, int]:
    """Write `pairs.jsonl.xz`, `rejected.jsonl.xz` and `report.json`; returns counts.

    Raises InputError, ModelError, or OptionError where a parser is wanted and there is none.
    """
    critics = config.judges.filters()
    account = Account(list(critics))
    parse = load_parser() if config.syntax else None
    with ExitStack() as stack:
        workplace = Workplace(out_dir, stack)
        # Before anything is written, so that what is missing shows at once.
        judges = {name: critic.judge(workplace) for name, critic in critics.items()}
        groups, choose = _writing(config, inputs, workplace, account)
        kept = stack.enter_context(atomic_writer(out_dir / PAIRS_FILE))
        rejected = stack.enter_context(atomic_writer(out_dir / REJECTED_FILE))
        for group in groups:
            pairs, dropped = _judge(group, judges, choose, account)
            if parse:
                pairs = with_parses(pairs, parse, config.syntax.depth)
            for pair in pairs:
                account.keep(pair)
                kept.write(to_line(pair))
            for row in dropped:
                rejected.write(to_line(row))
    account.write(out_dir)
    return account.counts()


def _writing(
    config: Config, inputs: Path | None, workplace: Workplace, account: Account
) -> tuple[Iterator[Sequence[Pair]], Choose]:
    if config.student is not None:
        from .self_distill import groups

        choose = partial(
            best_per_code,
            per_code=config.student.per_code,
            per_source=config.student.per_source,
        )
        return groups(config, inputs, workplace.out_dir, account), choose
    from .mining import mining

    return mining(config, workplace, account)


def _judge(
    group: Sequence[Pair], judges: dict[str, Judge], choose: Choose, account: Account
) -> tuple[list[Pair], list[dict[str, object]]]:
    """The kept pairs of a group with measured codes, and rows about the others."""
    passed: list[Pair] = []
    dropped: list[dict[str, object]] = []
    for pair, critic, verdict in judged(group, judges):
        if verdict.keeps:
            passed.append(pair)
        else:
            account.note(pair, critic, verdict)
            dropped.append(_row(pair, critic, verdict))
    chosen = {pair.id for pair in choose(passed)}
    kept = []
    for pair in passed:
        verdict = KEEP if pair.id in chosen else Verdict("not_best")
        account.note(pair, CHOICE, verdict)
        if verdict.keeps:
            kept.append(replace(pair, controls=codes(pair.src, pair.tgt)))
        else:
            dropped.append(_row(pair, CHOICE, verdict))
    return kept, dropped


def _row(pair: Pair, critic: str, verdict: Verdict) -> dict[str, object]:
    why = {"filter": critic, "reason": verdict.reason, "detail": verdict.detail}
    return {**why, "src": pair.src, "tgt": pair.tgt, "set": pair.set, "controls": pair.controls}
