"""How models are shown; all that a manifest says passes the sanitizer, or JSON's escapes."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from ...errors import ModelError
from ...models.catalogue import Entry
from ...models.manifest import Manifest
from ...text.sanitize import one_line

GAP = "  "
INDENT = "  "
TENTH_OF_MEGABYTE = 100_000
DIGITS_SHOWN = 12  # of a checksum
# A longer cell shifts the rest of its line instead of all the others.
WIDEST = 36


def line(text: str) -> bytes:
    """One line, safe to show."""
    return one_line(text).encode("utf-8", "replace") + b"\n"


def megabytes(size: int) -> str:
    """A size to read; a manifest may hold numbers that no float does."""
    if size < TENTH_OF_MEGABYTE:
        return f"{size} bytes"
    tenths = -(-size // TENTH_OF_MEGABYTE)
    return f"{tenths // 10}.{tenths % 10} MB"


def as_table(entries: Sequence[Entry]) -> bytes:
    """A line for each: name, size, architecture, marks, licence."""
    rows = [
        [
            entry.name,
            megabytes(entry.size),
            entry.manifest.architecture if entry.manifest else "?",
            ", ".join(_marks(entry)),
            entry.manifest.licence if entry.manifest else "?",
        ]
        for entry in entries
    ]
    rows = [[one_line(cell) for cell in row] for row in rows]
    columns = zip(*rows, strict=True)
    widths = [max((len(c) for c in column if len(c) <= WIDEST), default=0) for column in columns]
    return b"".join(line(GAP.join(map(str.ljust, row, widths)).rstrip()) for row in rows)


def as_json(entries: Sequence[Entry]) -> bytes:
    """An array with what the table shows, and a little more."""
    return _json([_summary(entry) for entry in entries])


def in_full(entry: Entry) -> bytes:
    """An object with all that a model says of itself; ModelError if it is nested too deeply."""
    try:
        manifest = asdict(entry.manifest) if entry.manifest else None
        return _json(_summary(entry) | {"manifest": manifest})
    except RecursionError:
        raise ModelError(f"{entry.path} has a manifest that is nested too deeply") from None


def as_page(entry: Entry) -> bytes:
    """The same, for a person; the entry has a manifest."""
    return b"".join(map(line, _page(entry, entry.manifest)))


def _page(entry: Entry, manifest: Manifest) -> Iterable[str]:
    yield f"name: {entry.name}"
    if manifest.name != entry.name:
        yield f"its own name: {manifest.name}"
    yield f"state: {', '.join(_marks(entry)) or 'installed'}"
    yield f"directory: {entry.path}"
    yield f"size: {megabytes(entry.size)}"
    yield f"role: {manifest.role}"
    yield f"architecture: {manifest.architecture}, {manifest.quantization}"
    yield f"licence: {manifest.licence}"
    yield f"longest: {manifest.max_source_tokens} tokens in, {manifest.max_target_tokens} out"
    yield f"tokenizer: {manifest.tokenizer.kind}, {manifest.tokenizer.file}"
    yield "control codes:" if manifest.controls else "control codes: none"
    for control in manifest.controls:
        steps = ", ".join(map(str, control.thresholds))
        yield f"{INDENT}{control.name}: {control.levels} levels, parted at {steps or 'nothing'}"
    if manifest.parity:
        yield "measured against the model it was made from:"
        yield from _nested({k: v for k, v in asdict(manifest.parity).items() if v is not None})
    yield "files:"
    for file in manifest.files:
        yield f"{INDENT}{file.name}: {megabytes(file.size)}, {file.sha256[:DIGITS_SHOWN]}"
    if manifest.training:
        yield "training:"
        try:
            yield from _nested(manifest.training)
        except RecursionError:
            yield f"{INDENT}nested too deeply to be shown"


def _nested(values: Any, indent: str = INDENT) -> Iterable[str]:
    for key, value in values.items():
        if isinstance(value, dict) and value:
            yield f"{indent}{key}:"
            yield from _nested(value, indent + INDENT)
        elif isinstance(value, list | dict):
            yield f"{indent}{key}: {', '.join(map(str, value)) or 'none'}"
        else:
            yield f"{indent}{key}: {value}"


def _marks(entry: Entry) -> list[str]:
    marks = {"bundled": entry.is_bundled, "default": entry.is_default}
    damage = [f"damaged: {entry.problem}"] if entry.problem else []
    return [mark for mark, holds in marks.items() if holds] + damage


def _summary(entry: Entry) -> dict[str, Any]:
    manifest = entry.manifest
    return {
        "name": entry.name,
        "path": str(entry.path),
        "size": entry.size,
        "role": manifest.role if manifest else None,
        "architecture": manifest.architecture if manifest else None,
        "licence": manifest.licence if manifest else None,
        "bundled": entry.is_bundled,
        "default": entry.is_default,
        "damaged": entry.problem or None,
    }


def _json(data: Any) -> bytes:
    # Non-ASCII as escapes: nothing in it can move a cursor.
    return json.dumps(data, indent=1).encode() + b"\n"
