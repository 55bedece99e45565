"""The blind rating sheet for people as CSV, its key, and filled sheets read back."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from paraphraser_tui.errors import InputError

from ..records import atomic_writer
from .ratings import HIGHEST, LOWEST, Line, Ratings, Scale

SHEET_FILE = "sheet.csv"
KEY_FILE = "sheet.key.csv"
SHEET_FIELDS = ("item", "source", "paraphrase", *(scale.value for scale in Scale), "comment")
KEY_FIELDS = ("item", "set", "system")
# A spreadsheet would take a cell that starts like this for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTE = "'"


def write(lines: Sequence[Line], sheet: Path, key: Path) -> None:
    """The sheet to hand out and the key to keep back."""
    blank = [""] * (len(Scale) + 1)
    rows = ([line.item, _cell(line.source), _cell(line.paraphrase), *blank] for line in lines)
    _write_csv(sheet, SHEET_FIELDS, rows)
    named = ([line.item, line.set, system] for line in lines for system in line.systems)
    _write_csv(key, KEY_FIELDS, named)


def read(filled: Path, lines: Sequence[Line]) -> Ratings:
    """What one rater gave; empty cells are passed over.

    Raises InputError naming file and line, also when the sheet is not of these lines.
    """
    texts = {line.item: line.paraphrase for line in lines}
    ratings: Ratings = {}
    for number, row in _read_csv(filled):
        where = f"{filled}, line {number}"
        item = int(row["item"]) if (row["item"] or "").isdecimal() else 0
        if item not in texts or not _same(row["paraphrase"] or "", texts[item]):
            raise InputError(f"{where}: not an item of this sheet; is it of another run?")
        for scale in Scale:
            text = (row[scale.value] or "").strip()
            if not text:
                continue
            if text not in map(str, range(LOWEST, HIGHEST + 1)):
                raise InputError(f"{where}: {scale} must be {LOWEST} to {HIGHEST}, not {text!r}")
            ratings[item, scale] = int(text)
    return ratings


def _read_csv(path: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    try:
        # "sig": spreadsheets put a byte order mark in front.
        text = path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = set(SHEET_FIELDS) - {"comment"} - set(reader.fieldnames or ())
    if missing:
        raise InputError(f"{path}: no column {min(missing)!r}")
    for row in reader:
        yield reader.line_num, row


def _write_csv(path: Path, fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(fields)
    writer.writerows(rows)
    with atomic_writer(path) as stream:
        stream.write(text.getvalue().encode("utf-8-sig"))


def _cell(text: str) -> str:
    return _QUOTE + text if text.startswith(_FORMULA) else text


def _same(cell: str, text: str) -> bool:
    """Spreadsheets trim blanks and may drop the quote in front."""
    return cell.removeprefix(_QUOTE).split() == text.removeprefix(_QUOTE).split()
