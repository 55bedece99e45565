"""The texts that a teacher writes targets for."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from paraphraser_tui.errors import InputError

from ..records import Pair, Source, from_row, read_jsonl, read_rows
from .settings import PseudoConfig, Texts

TEXT_SUFFIX = ".txt"
Item = TypeVar("Item")


def labelled(config: PseudoConfig, inputs: Path | None) -> Iterator[Pair]:
    """The pairs of the stage before and of `config.labelled`."""
    if inputs is not None:
        yield from read_jsonl(inputs, Pair)
    for texts in config.labelled:
        yield from _limited(read_jsonl(texts.path, Pair), texts.limit)


def unlabelled(texts: Texts) -> Iterator[Source]:
    """The texts of a file, each on one line. Raises InputError."""
    read = _lines if texts.path.suffix == TEXT_SUFFIX else _json_lines
    return _limited(read(texts), texts.limit)


def distinct(sources: Iterable[Source]) -> list[Source]:
    """Each text once, where it came first."""
    found: dict[str, Source] = {}
    for source in sources:
        found.setdefault(source.text, source)
    return list(found.values())


def _lines(texts: Texts) -> Iterator[Source]:
    try:
        with texts.path.open(encoding="utf-8-sig") as stream:
            for line in stream:
                if text := _one_line(line):
                    yield Source(text, _set(texts), texts.licence)
    except OSError as error:
        raise InputError(f"{texts.path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{texts.path}: not UTF-8: {error.reason}") from None


def _json_lines(texts: Texts) -> Iterator[Source]:
    for number, row in read_rows(texts.path):
        known = {"set": _set(texts), "licence": texts.licence, "text": row.get("src")}
        try:
            source = from_row(known | row, Source)
        except ValueError as error:
            raise InputError(f"{texts.path}, line {number}: {error}") from None
        if text := _one_line(source.text):
            yield replace(source, text=text)


def _set(texts: Texts) -> str:
    return texts.set or texts.path.name.split(".")[0]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _limited(items: Iterator[Item], limit: int) -> Iterator[Item]:
    return islice(items, limit) if limit else items
