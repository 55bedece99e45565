"""The stage: filters one after the other, cheap ones first, every drop counted by its reason."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, fields, replace
from itertools import chain, islice
from pathlib import Path

from distill.records import Pair, atomic_writer, read_jsonl, to_line
from distill.stage import PAIRS_FILE
from paraphraser_tui.errors import InputError, OptionError

from .chatter import Chatter
from .copies import Copies
from .drift import Drift
from .duplicates import Duplicates
from .fluency import Fluency
from .language import Language
from .leakage import Leakage
from .length import Length
from .nli import Nli
from .overlap import Overlap
from .report import Report
from .semantic import Semantic
from .verdict import Filter, Judge, Verdict, Workplace

REJECTED_FILE = "rejected.jsonl.xz"
CHUNK_PAIRS = 1024


@dataclass(frozen=True)
class Config:
    """Which filters, with which thresholds; they work in this order.

    extra: further files of pairs to be filtered along, such as pairs written by people.
    limit: pairs read of each file at most, from the top; 0 is all.
    """

    extra: tuple[Path, ...] = ()
    limit: int = 0
    chatter: Chatter = field(default_factory=Chatter)
    length: Length = field(default_factory=Length)
    copies: Copies = field(default_factory=Copies)
    drift: Drift = field(default_factory=Drift)
    overlap: Overlap = field(default_factory=Overlap)
    language: Language = field(default_factory=Language)
    leakage: Leakage = field(default_factory=Leakage)
    duplicates: Duplicates = field(default_factory=Duplicates)
    semantic: Semantic = field(default_factory=Semantic)
    fluency: Fluency = field(default_factory=Fluency)
    nli: Nli = field(default_factory=Nli)

    def __post_init__(self) -> None:
        if self.limit < 0:
            raise OptionError("limit cannot be negative")

    def filters(self) -> dict[str, Filter]:
        """The filters that are on, by name, in order."""
        others = ("extra", "limit")
        found = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in others}
        return {name: one for name, one in found.items() if one.enabled}


def run(config: Config, inputs: Path | None, out_dir: Path) -> dict[str, int]:
    """Write `pairs.jsonl.xz`, `rejected.jsonl.xz` and the report; returns counts."""
    paths = [path for path in (inputs, *config.extra) if path is not None]
    if not paths:
        raise InputError("filter needs pairs: from the stage before it or from `extra`")
    report = Report(list(config.filters()))
    with ExitStack() as stack:
        kept = stack.enter_context(atomic_writer(out_dir / PAIRS_FILE))
        rejected = stack.enter_context(atomic_writer(out_dir / REJECTED_FILE))
        workplace = Workplace(out_dir, stack)
        judges = {name: one.judge(workplace) for name, one in config.filters().items()}
        for pair, name, verdict in judged(_read(paths, config.limit), judges):
            report.note(pair, name, verdict)
            if verdict.keeps:
                kept.write(to_line(pair))
            else:
                why = {"filter": name, "reason": verdict.reason, "detail": verdict.detail}
                rejected.write(to_line({**why, "src": pair.src, "tgt": pair.tgt, "set": pair.set}))
    report.write(out_dir)
    return report.counts()


def judged(pairs: Iterable[Pair], judges: dict[str, Judge]) -> Iterator[tuple[Pair, str, Verdict]]:
    """Each pair, in order, with the last filter that saw it and what that said.

    Features measured on the way are added to the pair.
    """
    pairs = iter(pairs)
    while chunk := list(islice(pairs, CHUNK_PAIRS)):
        found: dict[int, tuple[str, Verdict]] = {}
        alive = list(range(len(chunk)))
        for name, judge in judges.items():
            verdicts = judge([chunk[i] for i in alive])
            for i, verdict in zip(alive, verdicts, strict=True):
                if verdict.features:
                    features = {**(chunk[i].features or {}), **verdict.features}
                    chunk[i] = replace(chunk[i], features=features)
                found[i] = name, verdict
            alive = [i for i in alive if found[i][1].keeps]
        for i, pair in enumerate(chunk):
            yield pair, *found.get(i, ("", Verdict()))


def _read(paths: Iterable[Path], limit: int) -> Iterator[Pair]:
    from tqdm import tqdm

    rows = chain.from_iterable(islice(read_jsonl(path, Pair), limit or None) for path in paths)
    yield from tqdm(rows, desc="filter", unit=" pairs", disable=None)
