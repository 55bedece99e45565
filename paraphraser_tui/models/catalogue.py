"""What there is, and in what state: for whoever wants to see it rather than load it."""

from dataclasses import dataclass
from pathlib import Path

from ..errors import ModelError
from . import store
from .chosen import chosen
from .manifest import Manifest, read_manifest


@dataclass(frozen=True)
class Entry:
    """A package as it lies there.

    size: bytes on the disk. manifest: None if it cannot be read. problem: what is damaged, in
    one line; empty if every file is as its manifest says.
    """

    path: Path
    size: int
    manifest: Manifest | None
    problem: str
    is_bundled: bool
    is_default: bool

    @property
    def name(self) -> str:
        """By which it is loaded; that in the manifest may be another."""
        return self.path.name.removeprefix(store.SET_ASIDE)


def catalogue() -> list[Entry]:
    """All packages, each file checked; the bundled ones first."""
    return [entry(path) for path in store.installed()]


def entry(path: Path) -> Entry:
    """A look at one package, checked."""
    problem = ""
    manifest = None
    try:
        manifest = read_manifest(path)
        store.verify(path)
    except ModelError as error:
        problem = str(error)
    return Entry(
        path=path,
        size=_size(path),
        manifest=manifest,
        problem=problem,
        is_bundled=path.parent == store.BUNDLED,
        is_default=path == _default(),
    )


def _default() -> Path | None:
    try:
        return store.by_name(chosen())
    except ModelError:
        return None


def _size(package: Path) -> int:
    total = 0
    try:
        for file in package.iterdir():
            total += file.stat().st_size
    except OSError:
        pass  # damaged, and that is said elsewhere
    return total
