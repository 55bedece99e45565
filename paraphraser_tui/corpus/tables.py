"""The tables that travel between processes, and how they are cut to size."""

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from .rows import Answer

ROW, TEXT, PARAPHRASES, KEPT = "row", "text", "paraphrases", "kept"
# What every row of the result has beside its own columns.
ADDED = (PARAPHRASES, KEPT)

_PARAPHRASE = pa.struct(
    [
        ("text", pa.string()),
        ("meaning", pa.float64()),
        ("change", pa.float64()),
        ("fluency", pa.float64()),
        ("warnings", pa.list_(pa.string())),
    ]
)
# A row without a text has the reason in its place already.
_QUESTIONS = pa.schema([(ROW, pa.int64()), (TEXT, pa.string()), (KEPT, pa.string())])
_ANSWERS = pa.schema([(ROW, pa.int64()), (PARAPHRASES, pa.list_(_PARAPHRASE)), (KEPT, pa.string())])


def questions(first: int, texts: Sequence[str | None], kept: Sequence[str | None]) -> pa.Table:
    """Rows for the engine, numbered from `first`; either a text or the reason to keep it."""
    numbers = list(range(first, first + len(texts)))
    return pa.table([numbers, texts, kept], schema=_QUESTIONS)


def answered(numbers: pa.ChunkedArray, answers: Sequence[Answer]) -> pa.Table:
    """The answers to the rows with these numbers."""
    # Named one by one: `asdict` would copy every string.
    paraphrases = [
        [
            {
                "text": p.text,
                "meaning": p.meaning,
                "change": p.change,
                "fluency": p.fluency,
                "warnings": list(p.warnings),
            }
            for p in answer.paraphrases
        ]
        for answer in answers
    ]
    kept = [answer.kept for answer in answers]
    return pa.table([numbers, paraphrases, kept], schema=_ANSWERS)


def cut(tables: Iterable[pa.Table], sizes: Iterable[int]) -> Iterator[pa.Table]:
    """The rows of all tables in tables of these sizes; the last may be smaller.

    Stops when the sizes or the rows come to an end.
    """
    tables = (table for table in tables if table.num_rows)
    rest: pa.Table | None = None
    for size in sizes:
        held, missing = [], size
        while missing:
            if rest is None and (rest := next(tables, None)) is None:
                break
            held.append(rest.slice(0, missing))
            missing -= held[-1].num_rows
            rest = rest.slice(held[-1].num_rows) if held[-1].num_rows < rest.num_rows else None
        if not held:
            return
        yield pa.concat_tables(held)
