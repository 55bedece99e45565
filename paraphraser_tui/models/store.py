"""Find model packages and check that they are intact before anything loads them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import paths
from ..errors import ModelError
from .manifest import MANIFEST_NAME, Manifest, PackagedFile, Role, read_manifest

BUNDLED = Path(__file__).parent / "bundled"
DEFAULT_MODEL = "house"
DEFAULT_ENCODER = "minilm"


@dataclass(frozen=True)
class Package:
    """An intact model package on disk."""

    path: Path
    manifest: Manifest


def find(name: str, role: Role) -> Package:
    """The package with this name, bundled or installed, or at this path; verified.

    Raises ModelError if there is none, if it is not intact, or if it is of another role.
    """
    package = _locate(name)
    manifest = verify(package)
    if manifest.role is not role:
        raise ModelError(f"{package} is a package of the role {manifest.role}, not {role}")
    return Package(package, manifest)


def installed() -> Iterator[Path]:
    """Directories that look like packages: bundled ones first, each group by name."""
    for place in (BUNDLED, paths.models_dir()):
        if place.is_dir():
            yield from sorted(d for d in place.iterdir() if (d / MANIFEST_NAME).is_file())


def verify(package: Path) -> Manifest:
    """Check every file's size and SHA-256 against the manifest, and that there is no other file.

    Raises ModelError naming the first difference.
    """
    manifest = read_manifest(package)
    listed = {file.name for file in manifest.files} | {MANIFEST_NAME}
    extra = {entry.name for entry in package.iterdir()} - listed - {"__pycache__"}
    if extra:
        raise ModelError(f"{package} holds {min(extra)!r}, which its manifest does not list")
    for file in manifest.files:
        _verify_file(package, file)
    return manifest


def describe_file(path: Path) -> PackagedFile:
    """Name, size and SHA-256 of a file, for a manifest."""
    return PackagedFile(path.name, path.stat().st_size, _sha256(path))


def _locate(name: str) -> Path:
    bundled = BUNDLED / name
    if name == bundled.name and bundled.is_dir():
        return bundled
    path = Path(name)
    if name == path.name:
        candidate = paths.models_dir() / name
        if candidate.is_dir():
            return candidate
    if path.is_dir():
        return path
    known = ", ".join(sorted(p.name for p in installed()))
    raise ModelError(f"there is no model {name!r}; known models: {known or 'none'}")


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


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
