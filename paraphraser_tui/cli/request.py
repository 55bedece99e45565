"""What a valid command line asks for."""

from dataclasses import dataclass
from enum import StrEnum

from ..document.formats import Format
from ..engine.options import Options


class View(StrEnum):
    """How results are written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    TSV = "tsv"
    DIFF = "diff"
    SIDE_BY_SIDE = "side-by-side"


@dataclass(frozen=True)
class Request:
    """A valid command line.

    text: instead of files. input_format: None where the file's name tells it.
    in_place: the suffix of the copy that is kept of each file, "" for none; None writes
        elsewhere. output_dir: for one file beside each input's name.
    """

    files: tuple[str, ...]
    text: str | None
    options: Options
    model: str
    threads: int | None
    view: View
    output: str | None
    output_dir: str | None
    in_place: str | None
    jobs: int
    encoding: str | None
    input_format: Format | None
    line_buffered: bool
    report: bool
    strict: bool
    verbose: bool

    @property
    def one_by_one(self) -> bool:
        """Whether every file has an output of its own."""
        return self.in_place is not None or self.output_dir is not None
