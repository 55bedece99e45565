"""Pairs into token ids: read, coded, weighted, split into training and held-out rows."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from paraphraser_tui.errors import InputError
from paraphraser_tui.text.typography import plain

from ..controls import level, with_codes
from ..records import Pair, content_id, read_jsonl
from ..students.tokenizers import StudentTokenizer
from .settings import Corpus, DataConfig

if TYPE_CHECKING:
    import numpy as np

    from ..pseudo.alignment import Aligner, Soft

CHUNK = 2048
# Which of a record's targets, and of how many.
Turn = tuple[int, int]
ONLY: Turn = (0, 1)
Example = tuple[Pair, float, Turn]
HASH_DIGITS = 8


class Ragged:
    """Many short lists of ids in one flat array; item i is an int32 array."""

    def __init__(self, rows: Iterable[Sequence[int]] = ()):
        import numpy as np

        self._parts: list[np.ndarray] = []
        self._lengths: list[int] = []
        self.extend(rows)
        self._flat: np.ndarray | None = None

    def append(self, row: Sequence[int]) -> None:
        self.extend([row])

    def extend(self, rows: Iterable[Sequence[int]]) -> None:
        import numpy as np

        for row in rows:
            self._parts.append(np.asarray(row, dtype=np.int32))
            self._lengths.append(len(row))
        self._flat = None

    def __len__(self) -> int:
        return len(self._lengths)

    def __getitem__(self, index: int) -> "np.ndarray":
        self._pack()
        return self._flat[self._starts[index] : self._starts[index + 1]]

    @property
    def lengths(self) -> "np.ndarray":
        """Ids per row, int64, shape [rows]."""
        import numpy as np

        return np.asarray(self._lengths, dtype=np.int64)

    @property
    def flat(self) -> "np.ndarray":
        """All ids one after another, int32."""
        self._pack()
        return self._flat

    def counts(self, size: int) -> "np.ndarray":
        """How often each id below `size` occurs, shape [size]."""
        import numpy as np

        return np.bincount(self.flat, minlength=size)

    def _pack(self) -> None:
        import numpy as np

        if self._flat is None:
            flat = np.concatenate(self._parts) if self._parts else np.empty(0, dtype=np.int32)
            self._flat = flat
            self._starts = np.concatenate([[0], np.cumsum(self._lengths)]).astype(np.int64)
            self._parts = [flat]


@dataclass(frozen=True)
class Rows:
    """Encoded pairs: sources with their codes and targets, and how often each is drawn.

    dropped: beginnings of the source's words that its target leaves out and that are to be held
    down; unlikelihood: how strongly. turns: of a record with several targets, which of them a
    row is and how many there are, [rows, 2]; None if no record has several. soft: what the
    teacher might have said, for the objective that uses it.
    """

    sources: Ragged
    targets: Ragged
    weights: "np.ndarray"
    dropped: Ragged
    unlikelihood: "np.ndarray"
    turns: "np.ndarray | None" = None
    soft: "Sequence[Soft] | None" = None

    def __len__(self) -> int:
        return len(self.sources)


@dataclass(frozen=True)
class TrainingData:
    """Training and held-out rows, with what was read: counts, and pairs by set and licence."""

    train: Rows
    held_out: Rows
    counts: dict[str, int]
    sets: dict[str, int]
    licences: dict[str, int]

    def digest(self) -> str:
        """A hash of all ids and weights: equal for equal data."""
        hashed = hashlib.sha256()
        for rows in (self.train, self.held_out):
            for part in (rows.sources, rows.targets, rows.dropped):
                hashed.update(part.lengths.tobytes())
                hashed.update(part.flat.tobytes())
            hashed.update(rows.weights.tobytes())
            hashed.update(rows.unlikelihood.tobytes())
            if rows.turns is not None:
                hashed.update(rows.turns.tobytes())
            for soft in rows.soft or ():
                hashed.update(soft.ids.tobytes() + soft.logs.tobytes())
        return hashed.hexdigest()


def load_data(
    config: DataConfig,
    inputs: Path | None,
    tokenizer: StudentTokenizer,
    aligner: "Aligner | None" = None,
) -> TrainingData:
    """Read all corpora of the config and the pairs of the stage before.

    A source is either trained on or held out, whatever its targets. An aligner brings the
    teacher's alternatives along. Raises InputError when there is nothing to train on or nothing
    held out, or when the aligner finds too little.
    """
    corpora = config.corpora if inputs is None else (*config.corpora, Corpus(inputs))
    train, held_out = _Columns(), _Columns()
    beginnings = tokenizer.word_beginnings()
    counts, sets, licences = Counter(), Counter(), Counter()
    pairs_read = tqdm(_pairs(corpora, config), desc="reading", unit="pair", disable=None)
    for chunk in _chunks(pairs_read):
        pairs = [pair for pair, _, _ in chunk]
        sources = tokenizer.encode_sources([p.src for p in pairs], [p.controls for p in pairs])
        targets = tokenizer.encode_targets([p.tgt for p in pairs])
        for (pair, weight, turn), source, target in zip(chunk, sources, targets, strict=True):
            counts["read"] += 1
            strength = config.unlikelihood[level("lex", pair.controls)]
            dropped = sorted(beginnings & {*source} - {*target}) if strength else []
            soft = aligner.soft(pair.tgt, pair.top, target) if aligner else None
            row = (source, target, weight, dropped, strength, turn, soft)
            if weight <= 0:
                counts["weight_zero"] += 1
            elif len(source) > config.max_source_tokens or len(target) > config.max_target_tokens:
                counts["too_long"] += 1
            elif is_held_out(pair.src, config.held_out):
                if turn[0] == 0 and len(held_out) < config.held_out_rows:
                    held_out.add(*row)
            else:
                train.add(*row)
                sets[pair.set] += 1
                licences[pair.licence] += 1
    counts["train"], counts["held_out"] = len(train), len(held_out)
    if not len(train) or not len(held_out):
        what = "train on" if not len(train) else "evaluate on: raise data.held_out"
        raise InputError(f"no pairs to {what} (of {counts['read']} read)")
    if aligner:
        aligner.check()
    return TrainingData(
        train.rows(),
        held_out.rows(),
        dict(counts),
        dict(sets.most_common()),
        dict(licences.most_common()),
    )


def is_held_out(source: str, share: float) -> bool:
    """Whether a source belongs to the held-out share; a property of its text alone."""
    return int(content_id(source)[:HASH_DIGITS], 16) < share * 16**HASH_DIGITS


class _Columns:
    """Rows while they are read, as columns that grow."""

    def __init__(self) -> None:
        self._columns = (Ragged(), Ragged(), [], Ragged(), [], [], [])

    def __len__(self) -> int:
        return len(self._columns[0])

    def add(self, *row: object) -> None:
        for column, value in zip(self._columns, row, strict=True):
            column.append(value)

    def rows(self) -> Rows:
        import numpy as np

        sources, targets, weights, dropped, strengths, turns, soft = self._columns
        several = any(count > 1 for _, count in turns)
        return Rows(
            sources,
            targets,
            np.array(weights),
            dropped,
            np.array(strengths),
            np.array(turns) if several else None,
            soft if any(soft) else None,
        )


def _pairs(corpora: Sequence[Corpus], config: DataConfig) -> Iterator[Example]:
    for corpus in corpora:
        for pair in islice(read_jsonl(corpus.path, Pair), corpus.limit or None):
            weight = corpus.weight * (corpus.sets or {}).get(pair.set, 1.0)
            for each, turn in _versions(pair, corpus.both_directions):
                coded = with_codes(each)
                yield coded, weight * config.level_weights[level("lex", coded.controls)], turn


def _versions(record: Pair, both_directions: bool) -> Iterator[tuple[Pair, Turn]]:
    """The pairs in a record, as at run time: a student sees straight quotes and plain spaces."""
    pair = replace(record, src=plain(record.src), tgt=plain(record.tgt), more=None)
    if pair.tgt != record.tgt:
        pair = replace(pair, top=None)  # its places are those of the other text
    bare = replace(pair, controls=None, top=None)
    more = record.more or ()
    yield pair, (0, 1 + len(more))
    for turn, text in enumerate(more, start=1):
        yield replace(bare, tgt=plain(text)), (turn, 1 + len(more))
    if both_directions:
        yield replace(bare, src=pair.tgt, tgt=pair.src), ONLY


def _chunks(items: Iterable[Example]) -> Iterator[list[Example]]:
    chunk: list[Example] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
