"""Mining: among the next sentences after one context, those that say the same.

All next sentences of a context are compared by their vectors; the nearest pairs go to the
critics, and of the survivors that say the same as each other the best is kept.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from distill.filters.encoders import SentenceEncoder, load_encoder
from distill.filters.verdict import Workplace
from distill.journal import Journal
from distill.records import Pair, content_id

from .choice import Choose, Linked, one_per_meaning
from .contexts import Author
from .options import Config, Teacher
from .report import Account
from .summarise import longer_first

JOURNAL_FILE = "contexts.jsonl"
SET = "mined"
# Settings of the teacher that say what is compared, or how many, not what is written.
_OF_CHOICE = ("contexts", "pairs", "min_similarity", "same", "device", "dtype")


def mining(
    config: Config, workplace: Workplace, account: Account
) -> tuple[Iterator[list[Pair]], Choose]:
    """The nearest pairs of each context, and how to choose among those that pass the critics."""
    encoder = load_encoder(config.judges.semantic.model)
    entailment = config.judges.entailment
    if entailment.enabled:
        entails = entailment.entails(workplace, "links")

        def linked(texts: Sequence[str]) -> Sequence[Sequence[bool]]:
            asked = [Pair(a, b, SET) for a, b in permutations(dict.fromkeys(texts), 2)]
            scores = entails(asked) if asked else []
            follows = {
                (pair.src, pair.tgt)
                for pair, score in zip(asked, scores, strict=True)
                if score >= entailment.min_entailment
            }
            return [[a == b or (a, b) in follows for b in texts] for a in texts]

        link: Linked = linked
    else:

        def link(texts: Sequence[str]) -> Sequence[Sequence[bool]]:
            return cosines(encoder, texts) >= config.teacher.same

    return _groups(config, encoder, workplace.out_dir, account), partial(
        one_per_meaning, linked=link
    )


def cosines(encoder: SentenceEncoder, texts: Sequence[str]) -> np.ndarray:
    """How close each text is to each, [n, n], -1..1."""
    vectors = encoder.encode(texts)
    return vectors @ vectors.T


def nearest(likeness: np.ndarray, most: int, least: float) -> list[tuple[int, int]]:
    """Pairs i < j by falling likeness, at most so many and none below `least`."""
    first, second = np.triu_indices(len(likeness), k=1)
    values = likeness[first, second]
    order = np.argsort(-values, kind="stable")[:most]
    return [(int(first[k]), int(second[k])) for k in order if values[k] >= least]


def either_first(a: str, b: str) -> tuple[str, str]:
    """Source and target by a hash of both, so that neither the earlier nor the longer leads."""
    low, high = sorted((a, b))
    return (low, high) if int(content_id(low, high), 16) % 2 else (high, low)


def _groups(
    config: Config, encoder: SentenceEncoder, out_dir: Path, account: Account
) -> Iterator[list[Pair]]:
    teacher = config.teacher
    order = either_first if config.summary is None else longer_first
    name = Path(teacher.model).name
    with Journal(out_dir / JOURNAL_FILE) as journal:
        keys = _write_all(config, journal)
        journal.compact(keys)
        for key in keys:
            texts = journal.get(key).get("sentences", [])
            if len(texts) < 2:
                account.refuse_source("no_sentences")
                continue
            account.take_source()
            near = nearest(cosines(encoder, texts), teacher.pairs, teacher.min_similarity)
            yield [Pair(*order(texts[i], texts[j]), SET, name) for i, j in near]


def _write_all(config: Config, journal: Journal) -> list[str]:
    """Have all contexts and their next sentences in the journal; returns the ids of the rows."""
    from tqdm import tqdm

    teacher = config.teacher
    how = json.dumps([_how(teacher), config.seed])
    keys = [content_id(how, str(i)) for i in range(teacher.contexts)]
    starts = range(0, teacher.contexts, teacher.batch)
    batches = [range(start, min(start + teacher.batch, teacher.contexts)) for start in starts]
    missing = [batch for batch in batches if not all(keys[i] in journal for i in batch)]
    author = Author(teacher) if missing else None
    for batch in tqdm(missing, desc="contexts", unit="batch", disable=None):
        journal.append(*_rows(author, config, [keys[i] for i in batch], batch))
    return keys


def _how(teacher: Teacher) -> dict[str, Any]:
    names = [field.name for field in fields(teacher) if field.name not in _OF_CHOICE]
    return {name: getattr(teacher, name) for name in names}


def _rows(
    author: Author, config: Config, keys: Sequence[str], batch: range
) -> list[dict[str, Any]]:
    teacher = config.teacher
    openings = [teacher.openings[i % len(teacher.openings)] for i in batch]
    # Seeds know the place alone: where the model lies must not change what it says.
    contexts = author.contexts(openings, f"{config.seed} contexts {batch.start}")
    rows = []
    for i, key, context in zip(batch, keys, contexts, strict=True):
        row: dict[str, Any] = {"id": key}
        if context is not None:
            sentences = author.continuations(context, f"{config.seed} sentences {i}")
            row |= {"context": context, "sentences": sentences}
        rows.append(row)
    return rows
