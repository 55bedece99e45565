"""Test sets: sources, each with its references, from JSON lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from paraphraser_tui.errors import InputError

from ..records import read_rows

SUFFIXES = (".xz", ".gz", ".jsonl")


@dataclass(frozen=True)
class Item:
    """A source and the paraphrases of it that people (or a teacher) wrote."""

    src: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class EvalSet:
    """A named test set in file order."""

    name: str
    items: tuple[Item, ...]

    @property
    def sources(self) -> list[str]:
        return [item.src for item in self.items]

    @property
    def references(self) -> list[tuple[str, ...]]:
        return [item.refs for item in self.items]


def read_set(path: Path, limit: int = 0) -> EvalSet:
    """The first `limit` items (0: all) of a file of `{src, tgt}`, `{src, refs}` or `{refs}` rows.

    Rows stay as they are: published figures on pair sets count every pair, also where
    a source occurs twice. With `refs` alone the first is the source. Raises InputError.
    """
    items = []
    for number, row in read_rows(path):
        items.append(_item(row, f"{path}, line {number}"))
        if len(items) == limit:
            break
    if not items:
        raise InputError(f"{path}: no rows")
    return EvalSet(set_name(path), tuple(items))


def set_name(path: Path) -> str:
    """The file name without `.jsonl` and compression."""
    name = path.name
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def _item(row: dict, where: str) -> Item:
    refs = row.get("refs", [row["tgt"]] if "tgt" in row else [])
    if not (isinstance(refs, list) and _texts(refs)):
        raise InputError(f"{where}: no reference in 'tgt' or 'refs'")
    texts = [row["src"], *refs] if "src" in row else refs
    if len(texts) < 2 or not _texts(texts):
        raise InputError(f"{where}: needs a source and a reference")
    return Item(texts[0], tuple(texts[1:]))


def _texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) and value.strip() for value in values)
