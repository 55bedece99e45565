"""Batches of pairs of like length, bounded by their padded tokens, the same for the same seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .data import Rows

if TYPE_CHECKING:
    import numpy as np

# Pairs are sorted by length within this many, so that batches stay random but well filled.
POOL = 20_000
# Tokens of noise on the length, so that equal pairs do not always meet.
LENGTH_NOISE = 3.0
IGNORED = -100


@dataclass(frozen=True)
class Batch:
    """Tensors of one batch, int64, padded at the end.

    source: [rows, longest source]; decoder_input and labels: [rows, longest target], labels
    being IGNORED at padding. dropped: [rows, most of a row], tokens that are to be held down,
    IGNORED at padding; unlikelihood: how strongly, float32, [rows].
    soft: ids and log-probabilities of what the teacher might have written at each target token,
    both [rows, longest target, k], or None.
    """

    source: Any
    decoder_input: Any
    labels: Any
    dropped: Any
    unlikelihood: Any
    soft: tuple[Any, Any] | None = None

    def to(self, device: Any) -> "Batch":
        *tensors, soft = vars(self).values()
        moved = (t.to(device, non_blocking=True) for t in tensors)
        return Batch(*moved, soft and tuple(t.to(device, non_blocking=True) for t in soft))


def epoch_batches(rows: Rows, tokens: int, seed: int, epoch: int) -> "list[np.ndarray]":
    """The row numbers of each batch of an epoch, in training order.

    Each row comes `weight` times on average: the whole part always, the rest by chance. Of the
    targets of one record one is taken.
    """
    import numpy as np

    generator = np.random.default_rng([seed, epoch])
    whole = np.floor(rows.weights)
    chance = generator.random(len(rows)) < rows.weights - whole
    times = (whole + chance).astype(np.int64)
    if rows.turns is not None:
        times[epoch % rows.turns[:, 1] != rows.turns[:, 0]] = 0
    drawn = np.repeat(np.arange(len(rows)), times)
    generator.shuffle(drawn)
    sources, targets = rows.sources.lengths, rows.targets.lengths
    batches: list[np.ndarray] = []
    for start in range(0, len(drawn), POOL):
        pool = drawn[start : start + POOL]
        noise = generator.random(len(pool)) * LENGTH_NOISE
        pool = pool[np.argsort(sources[pool] + targets[pool] + noise, kind="stable")]
        batches += _cut(pool, sources[pool], targets[pool], tokens)
    generator.shuffle(batches := _as_objects(batches))
    return list(batches)


def ordered_batches(rows: Rows, tokens: int) -> "list[np.ndarray]":
    """Every row once, by length: the fewest batches, for evaluation."""
    import numpy as np

    sources, targets = rows.sources.lengths, rows.targets.lengths
    order = np.argsort(sources + targets, kind="stable")
    return _cut(order, sources[order], targets[order], tokens)


def collate(rows: Rows, numbers: Sequence[int], pad: int, decoder_start: int) -> Batch:
    """The tensors of the rows with these numbers; the decoder's input is the target shifted."""
    import numpy as np
    import torch

    sources = [rows.sources[i] for i in numbers]
    targets = [rows.targets[i] for i in numbers]
    shape = (len(targets), max(map(len, targets)))
    source = np.full((len(sources), max(map(len, sources))), pad, dtype=np.int64)
    decoder_input, labels = np.full(shape, pad, np.int64), np.full(shape, IGNORED, np.int64)
    decoder_input[:, 0] = decoder_start
    for row, (s, t) in enumerate(zip(sources, targets, strict=True)):
        source[row, : len(s)] = s
        labels[row, : len(t)] = t
        decoder_input[row, 1 : len(t)] = t[:-1]
    strengths = rows.unlikelihood[numbers].astype(np.float32)
    left_out = [rows.dropped[i] for i in numbers]
    dropped = np.full((len(sources), max(map(len, left_out))), IGNORED, dtype=np.int64)
    for row, ids in enumerate(left_out):
        dropped[row, : len(ids)] = ids
    tensors = map(torch.from_numpy, (source, decoder_input, labels, dropped, strengths))
    return Batch(*tensors, None if rows.soft is None else _soft(rows, numbers, labels))


def _soft(rows: Rows, numbers: Sequence[int], labels: Any) -> tuple[Any, Any]:
    """The alternatives at each label, padded."""
    import numpy as np
    import torch

    shape = (*labels.shape, rows.soft[numbers[0]].ids.shape[1])
    ids, logs = np.zeros(shape, np.int64), np.zeros(shape, np.float32)
    for row, number in enumerate(numbers):
        soft = rows.soft[number]
        ids[row, : len(soft.ids)], logs[row, : len(soft.logs)] = soft.ids, soft.logs
    return torch.from_numpy(ids), torch.from_numpy(logs)


def _cut(order: Any, sources: Any, targets: Any, tokens: int) -> list[Any]:
    """Consecutive rows as long as rows x (longest source + longest target) fits the budget."""
    batches, start, longest = [], 0, (0, 0)
    for i, (source, target) in enumerate(zip(sources.tolist(), targets.tolist(), strict=True)):
        grown = (max(longest[0], source), max(longest[1], target))
        if i > start and (i - start + 1) * sum(grown) > tokens:
            batches.append(order[start:i])
            start, grown = i, (source, target)
        longest = grown
    if start < len(order):
        batches.append(order[start:])
    return batches


def _as_objects(batches: list[Any]) -> Any:
    import numpy as np

    array = np.empty(len(batches), dtype=object)
    array[:] = batches
    return array
