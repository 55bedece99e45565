"""Pairs into token ids: read, coded, weighted, split into training and held-out rows."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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

CHUNK = 2048
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
    down; unlikelihood: how strongly.
    """

    sources: Ragged
    targets: Ragged
    weights: "np.ndarray"
    dropped: Ragged
    unlikelihood: "np.ndarray"

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
        return hashed.hexdigest()


def load_data(config: DataConfig, inputs: Path | None, tokenizer: StudentTokenizer) -> TrainingData:
    """Read all corpora of the config and the pairs of the stage before.

    A source is either trained on or held out, whatever its targets. Raises InputError when
    there is nothing to train on or nothing held out.
    """
    import numpy as np

    corpora = config.corpora if inputs is None else (*config.corpora, Corpus(inputs))
    train, held_out = ((Ragged(), Ragged(), [], Ragged(), []) for _ in range(2))
    beginnings = tokenizer.word_beginnings()
    counts, sets, licences = Counter(), Counter(), Counter()
    pairs_read = tqdm(_pairs(corpora, config), desc="reading", unit="pair", disable=None)
    for chunk in _chunks(pairs_read):
        pairs = [pair for pair, _ in chunk]
        sources = tokenizer.encode_sources([p.src for p in pairs], [p.controls for p in pairs])
        targets = tokenizer.encode_targets([p.tgt for p in pairs])
        for (pair, weight), source, target in zip(chunk, sources, targets, strict=True):
            counts["read"] += 1
            strength = config.unlikelihood[level("lex", pair.controls)]
            dropped = sorted(beginnings & {*source} - {*target}) if strength else []
            row = (source, target, weight, dropped, strength)
            if weight <= 0:
                counts["weight_zero"] += 1
            elif len(source) > config.max_source_tokens or len(target) > config.max_target_tokens:
                counts["too_long"] += 1
            elif is_held_out(pair.src, config.held_out):
                if len(held_out[0]) < config.held_out_rows:
                    _add(held_out, *row)
            else:
                _add(train, *row)
                sets[pair.set] += 1
                licences[pair.licence] += 1
    counts["train"], counts["held_out"] = len(train[0]), len(held_out[0])
    if not train[0] or not held_out[0]:
        what = "train on" if not train[0] else "evaluate on: raise data.held_out"
        raise InputError(f"no pairs to {what} (of {counts['read']} read)")
    return TrainingData(
        *(Rows(s, t, np.array(w), d, np.array(u)) for s, t, w, d, u in (train, held_out)),
        dict(counts),
        dict(sets.most_common()),
        dict(licences.most_common()),
    )


def is_held_out(source: str, share: float) -> bool:
    """Whether a source belongs to the held-out share; a property of its text alone."""
    return int(content_id(source)[:HASH_DIGITS], 16) < share * 16**HASH_DIGITS


def _add(rows: tuple, *row: list[int] | float) -> None:
    for column, value in zip(rows, row, strict=True):
        column.append(value)


def _pairs(corpora: Sequence[Corpus], config: DataConfig) -> Iterator[tuple[Pair, float]]:
    for corpus in corpora:
        for pair in read_jsonl(corpus.path, Pair):
            # As at run time: the student sees straight quotes and plain spaces only.
            pair = replace(pair, src=plain(pair.src), tgt=plain(pair.tgt))
            weight = corpus.weight * (corpus.sets or {}).get(pair.set, 1.0)
            directions = [pair]
            if corpus.both_directions:
                directions.append(replace(pair, src=pair.tgt, tgt=pair.src, controls=None))
            for each in directions:
                coded = with_codes(each)
                yield coded, weight * config.level_weights[level("lex", coded.controls)]


def _chunks(items: Iterable[tuple[Pair, float]]) -> Iterator[list[tuple[Pair, float]]]:
    chunk: list[tuple[Pair, float]] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
