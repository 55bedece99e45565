"""Systems at work on a test set; what they say is journalled, so that a killed run goes on."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from paraphraser_tui.errors import InputError

from ..journal import Journal
from ..records import atomic_writer, content_id, read_rows, to_line
from ..stage import plain, sha256
from .config import COPY, REFERENCES, Config, Decoding, Kind, System
from .metrics import Answers
from .sets import SUFFIXES, EvalSet

OUTPUTS_DIR = "outputs"
MADE_FILE = "made.json"


@dataclass(frozen=True)
class Said:
    """Variants of one source, best first; kept: the source stands because nothing was safe."""

    variants: tuple[str, ...]
    kept: bool | None = None


Speak = Callable[[Sequence[str]], list[Said]]


@dataclass(frozen=True)
class Row:
    """A system at one setting of its dial: one row of the report."""

    system: System
    dial: int | None = None

    @property
    def name(self) -> str:
        return self.system.name if self.dial is None else f"{self.system.name}-{self.dial}"


def rows(systems: Iterable[System]) -> list[Row]:
    """One row per system and dial setting."""
    return [Row(system, dial) for system in systems for dial in system.dial or (None,)]


def dials(found: Iterable[Row]) -> dict[str, list[str]]:
    """The names of the rows of each system, in order."""
    names: dict[str, list[str]] = {}
    for row in found:
        names.setdefault(row.system.name, []).append(row.name)
    return names


def kind_of(path: Path) -> Kind:
    """What the stage before has left. Raises InputError."""
    if path.is_file():
        return Kind.OUTPUTS
    for name, kind in (("student.json", Kind.STUDENT), ("manifest.json", Kind.PACKAGE)):
        if (path / name).is_file():
            return kind
    raise InputError(f"{path}: neither outputs, nor a student directory, nor a model package")


def copy_row(items: EvalSet) -> Answers:
    """The source as output: the floor every system must be read against."""
    return Answers(COPY, tuple((src,) for src in items.sources))


def reference_row(items: EvalSet) -> Answers:
    """The references as output."""
    return Answers(REFERENCES, tuple(items.references))


def load(system: System, decoding: Decoding) -> Callable[[int | None], Speak]:
    """Open a student or a package once; the result gives its voice at a dial setting."""
    from .package import Decoder, Package
    from .student import TorchStudent, codes

    if system.kind is Kind.PACKAGE:
        package = Package(system.path, decoding.variants)
        return lambda dial: lambda texts: [Said(*one) for one in package.paraphrase(texts, dial)]
    bare = (TorchStudent if system.kind is Kind.STUDENT else Decoder)(system.path, decoding)

    def at(dial: int | None) -> Speak:
        controls = codes(dial)
        return lambda texts: [Said(v) for v in bare.paraphrase(texts, controls)]

    return at


def generate(row: Row, items: EvalSet, speak: Speak, config: Config, out_dir: Path) -> Answers:
    """What a system says to every source, taken up where a killed run stopped."""
    folder = out_dir / OUTPUTS_DIR / row.name
    _same_or_new(folder, row, config.decoding)
    with Journal(folder / f"{items.name}.jsonl") as journal:
        _complete(journal, list(dict.fromkeys(items.sources)), speak, config, row.name)
        found = [journal.get(content_id(src)) for src in items.sources]
        journal.compact(map(content_id, items.sources))
    kept = tuple(one["kept"] for one in found) if "kept" in found[0] else None
    return Answers(row.name, tuple(tuple(one["out"]) for one in found), kept)


def read_outputs(system: System, items: EvalSet) -> Answers:
    """Answers from `{src, out}` rows, `out` being a text or a list of texts. Raises InputError."""
    path = _outputs_file(system.path, items.name)
    said: dict[str, tuple[str, ...]] = {}
    for number, row in read_rows(path):
        out = row.get("out")
        texts = (out,) if isinstance(out, str) else tuple(out) if isinstance(out, list) else ()
        if not isinstance(row.get("src"), str) or not texts or not _all_texts(texts):
            raise InputError(f"{path}, line {number}: not a row of 'src' and 'out'")
        said[row["src"]] = texts
    missing = [src for src in items.sources if src not in said]
    if missing:
        raise InputError(
            f"{path}: no output for {len(missing)} of {len(items.items)} sources of {items.name}, "
            f"such as {missing[0]!r}"
        )
    return Answers(system.name, tuple(said[src] for src in items.sources))


def _complete(
    journal: Journal, sources: list[str], speak: Speak, config: Config, name: str
) -> None:
    # Always the same batches, so that a resumed run says to the letter what an unbroken one says.
    ordered = sorted(sources, key=len)
    size = config.decoding.batch_size
    batches = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    for batch in tqdm(batches, desc=name, unit="batch", disable=None):
        ids = [content_id(src) for src in batch]
        if not all(key in journal for key in ids):
            answers = zip(ids, batch, speak(batch), strict=True)
            journal.append(*(_row(key, src, said) for key, src, said in answers))


def _row(key: str, src: str, said: Said) -> dict[str, Any]:
    return {"id": key, "src": src, "out": list(said.variants), "kept": said.kept}


def _same_or_new(folder: Path, row: Row, decoding: Decoding) -> None:
    """Throw away what another model or another decoding has left."""
    made_by = {"kind": row.system.kind.value, "model": sha256(row.system.path), "dial": row.dial}
    line = to_line({**made_by, "decoding": plain(decoding)})
    made = folder / MADE_FILE
    if made.exists() and made.read_bytes() == line:
        return
    shutil.rmtree(folder, ignore_errors=True)
    with atomic_writer(made) as stream:
        stream.write(line)


def _outputs_file(path: Path, name: str) -> Path:
    if not path.is_dir():
        return path
    for suffix in ("", *SUFFIXES[:2]):
        file = path / f"{name}.jsonl{suffix}"
        if file.is_file():
            return file
    raise InputError(f"{path}: no outputs for {name}: {name}.jsonl is missing")


def _all_texts(values: Sequence[object]) -> bool:
    return all(isinstance(value, str) for value in values)
