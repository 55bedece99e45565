"""What a run is: its settings, its input and its shards; `run.json` in the output tells them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ..errors import InputError, OptionError, OutputError
from . import files
from .files import Input, Kind, Piece, appearing

RUN_FILE = "run.json"
DIGITS = 5


@dataclass(frozen=True)
class Recipe:
    """All that decides what comes out of an input.

    version: of this program. manifest: the SHA-256 of the model's manifest, which has that of
    every file. options: those of the engine by name.
    """

    version: str
    model: str
    manifest: str
    options: dict[str, Any]
    column: str
    format: Kind
    shard_rows: int


@dataclass(frozen=True)
class Shard:
    """Rows of one file that become one file.

    place: its number in its file. first: its first row, counted through the whole corpus.
    target: where it is written.
    """

    place: int
    first: int
    rows: int
    target: Path


@dataclass(frozen=True)
class Share:
    """A file and those of its shards that are to be made, in order."""

    file: Input
    shards: tuple[Shard, ...]

    @property
    def path(self) -> Path:
        """Of the file."""
        return Path(self.file.path)

    def pieces(self, shard_rows: int) -> Iterator[tuple[Shard, Piece]]:
        """Each shard with its rows. Raises InputError if the file has become another."""
        wanted = {shard.place: shard for shard in self.shards}
        for place, piece in enumerate(files.pieces(self.path, shard_rows)):
            if (shard := wanted.pop(place, None)) is None:
                continue
            if len(piece) != shard.rows:
                break
            yield shard, piece
            if not wanted:
                return
        raise InputError(f"{self.path} has changed since the run began")


@dataclass(frozen=True)
class Plan:
    """A run in a directory."""

    recipe: Recipe
    inputs: tuple[Input, ...]
    directory: Path

    def shares(self) -> Iterator[Share]:
        """All shards, file by file."""
        number = first = 0
        size = self.recipe.shard_rows
        for file in self.inputs:
            starts = range(0, file.rows, size)
            shards = (
                Shard(
                    place,
                    first + start,
                    min(size, file.rows - start),
                    self.directory / f"part-{number + place:0{DIGITS}}.{self.recipe.format}",
                )
                for place, start in enumerate(starts)
            )
            yield Share(file, tuple(shards))
            number += len(starts)
            first += file.rows

    def missing(self) -> list[Share]:
        """What is still to be made; a shard that is there is whole, and not looked into again."""
        shares = (
            Share(share.file, tuple(s for s in share.shards if not s.target.exists()))
            for share in self.shares()
        )
        return [share for share in shares if share.shards]


def prepare(recipe: Recipe, paths: Sequence[Path], directory: Path) -> Plan:
    """The plan for these files; it goes on where an equal one was left in the directory.

    Raises OptionError if another run was begun there or something else is in it, InputError if
    a file cannot be read, OutputError if the directory cannot be written.
    """
    before = _read(directory)
    known: dict[str, Input] = {}
    if before:
        _compare(directory, before["recipe"], json.loads(json.dumps(asdict(recipe))))
        known = {file["path"]: Input(**file) for file in before["inputs"]}
    inputs = tuple(files.inspect(path, recipe.column, known.get(str(path))) for path in paths)
    if before:
        _compare_inputs(directory, [*known.values()], inputs)
    else:
        run = {"recipe": asdict(recipe), "inputs": [asdict(file) for file in inputs]}
        with appearing(directory / RUN_FILE) as stream:
            stream.write(json.dumps(run, indent=1, ensure_ascii=False).encode() + b"\n")
    return Plan(recipe, inputs, directory)


def _read(directory: Path) -> dict[str, Any]:
    """What an earlier run left; nothing in an empty directory."""
    path = directory / RUN_FILE
    try:
        if path.exists():
            run = json.loads(path.read_text("utf-8"))
            Recipe(**run["recipe"])
            for file in run["inputs"]:
                Input(**file)
            return run
        if any(not entry.name.startswith(".") for entry in directory.iterdir()):
            raise OptionError(f"{directory} is not empty, and no run was begun in it")
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror or error}") from None
    except (ValueError, TypeError, KeyError):
        raise OutputError(f"{path} is damaged; choose another directory") from None
    return {}


def _compare(directory: Path, there: dict[str, Any], here: dict[str, Any]) -> None:
    flat_there, flat_here = ({**r, **r["options"], "options": None} for r in (there, here))
    for name in [field.name for field in fields(Recipe)] + list(here["options"]):
        old, new = flat_there.get(name), flat_here[name]
        if old != new:
            raise OptionError(
                f"{directory} was begun with another {name.replace('_', '-')}: {old} and not "
                f"{new}; use that, or choose another directory"
            )


def _compare_inputs(directory: Path, there: Sequence[Input], here: Sequence[Input]) -> None:
    old, new = ([file.sha256 for file in inputs] for inputs in (there, here))
    if old != new:
        other = next(
            (file.path for file in here if file.sha256 not in old), "their order or number"
        )
        raise OptionError(
            f"{directory} was begun with other input ({other} differs); choose another directory"
        )
