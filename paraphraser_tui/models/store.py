"""Find model packages and check that they are intact before anything loads them."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import paths
from ..errors import ModelError
from .manifest import MANIFEST_NAME, Manifest, PackagedFile, Role, read_manifest

BUNDLED = Path(__file__).parent / "bundled"
DEFAULT_MODEL = "house"
DEFAULT_ENCODER = "minilm"
# A package that is just being replaced bears this before its name; see `staging.publish`.
SET_ASIDE = ".old-"
# What any file system takes, and nobody mistakes for an option, a path or a hidden file.
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")


@dataclass(frozen=True)
class Package:
    """An intact model package on disk."""

    path: Path
    manifest: Manifest


def find(name: str, role: Role) -> Package:
    """The package with this name, bundled or installed, or at this path; verified.

    Raises ModelError if there is none, if it is not intact, or if it is of another role.
    """
    package = locate(name)
    manifest = verify(package)
    if manifest.role is not role:
        raise ModelError(f"{package} is a package of the role {manifest.role}, not {role}")
    return Package(package, manifest)


def is_name(name: str) -> bool:
    """Whether a package may be installed under this name."""
    return _NAME.fullmatch(name) is not None


def is_bundled(name: str) -> bool:
    """Whether this is the name of a bundled package; not all file systems tell a from A."""
    return name.casefold() in {place.name.casefold() for place in _packages(BUNDLED)}


def installed() -> Iterator[Path]:
    """Directories that look like packages: bundled ones first, each group by name."""
    for place in (BUNDLED, paths.models_dir()):
        yield from _packages(place)


def by_name(name: str) -> Path | None:
    """The directory of the bundled or installed package with this name, whatever its state."""
    if not name or name != Path(name).name or name.startswith("."):
        return None
    if _is_dir(BUNDLED / name):
        return BUNDLED / name
    models = paths.models_dir()
    return next(filter(_is_dir, (models / name, models / f"{SET_ASIDE}{name}")), None)


def locate(name: str) -> Path:
    """The directory of the package with this name, or at this path, not checked.

    Raises ModelError, naming those there are, if there is none.
    """
    path = by_name(name) or Path(name)
    if _is_dir(path) and name:
        return path
    raise unknown(name)


def unknown(name: str) -> ModelError:
    """The error for a name that no package has."""
    known = ", ".join(sorted(p.name for p in installed()))
    return ModelError(f"there is no model {name!r}; known models: {known or 'none'}")


def verify(package: Path) -> Manifest:
    """Check every file's size and SHA-256 against the manifest, and that there is no other file.

    Raises ModelError naming the first difference.
    """
    manifest = read_manifest(package)
    listed = {file.name for file in manifest.files} | {MANIFEST_NAME}
    try:
        extra = {entry.name for entry in package.iterdir()} - listed - {"__pycache__"}
    except OSError as error:
        raise ModelError(f"{package} cannot be read: {error.strerror}") from None
    if extra:
        raise ModelError(f"{package} holds {min(extra)!r}, which its manifest does not list")
    for file in manifest.files:
        _verify_file(package, file)
    return manifest


def describe_file(path: Path) -> PackagedFile:
    """Name, size and SHA-256 of a file, for a manifest."""
    return PackagedFile(path.name, path.stat().st_size, _sha256(path))


def _packages(place: Path) -> list[Path]:
    try:
        found = [d for d in place.iterdir() if not d.name.startswith(".")]
    except OSError:
        return []  # no such place, or not for us
    return sorted(d for d in found if _is_file(d / MANIFEST_NAME))


def _verify_file(package: Path, file: PackagedFile) -> None:
    path = package / file.name
    try:
        size = path.stat().st_size
        if size != file.size:
            raise ModelError(f"{path} has {size} bytes instead of {file.size}; reinstall the model")
        if _sha256(path) != file.sha256:
            raise ModelError(f"{path} does not match its checksum; reinstall the model")
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:  # a lone surrogate
        raise ModelError(f"{package} lists {file.name!r}, which no file can be called") from None


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # in a directory that is closed to us
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
