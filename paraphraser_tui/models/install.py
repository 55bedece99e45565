"""Install a package for this user: a directory, an archive, or a student that is converted."""

import hashlib
import os
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

from .. import paths
from ..errors import ModelError, OptionError, OutputError
from . import staging, store
from .address import HubModel, read_address
from .archive import opened_archive
from .conversion import check_extra, convert
from .lock import exclusive
from .manifest import MANIFEST_NAME, Manifest, PackagedFile, read_manifest
from .parcel import MAX_BYTES, MAX_FILES, Chunks, Kind, Parcel, kind_of, opened_directory
from .store import Package

KEY_DIGITS = 16  # of the manifest's checksum, in the name of the directory that is built in


def install(source: str, name: str | None = None, force: bool = False) -> Package:
    """Put a package, checked, among the models of this user.

    source: a package directory, an archive of one, or a student, which is converted in a process
    of its own: its directory, or `hub:OWNER/NAME`, which that process fetches first. name: that
    of the installed package, by default its own. force: replace an installed package of that
    name. Until the new package is complete nothing of it is visible, and an old one stays.
    Interrupted and begun again, it goes on with the files that are missing.

    Raises InputError if the source cannot be read, ModelError if it does not hold one intact
    package, OptionError for a name that cannot be, OutputError if there is a package of that
    name already, somebody else is installing, or the directory cannot be written.
    """
    kind = kind_of(source)
    if kind is Kind.HUB:
        model = read_address(source)
        return _convert(model, name or model.name, force)
    path = Path(source)
    if kind is Kind.STUDENT:
        return _convert(path, name or path.absolute().name, force)
    opened = opened_archive if kind is Kind.ARCHIVE else opened_directory
    return _unpack(opened(path), name, force)


def remove(name: str) -> None:
    """Take an installed package away.

    Raises OptionError for a bundled one, ModelError if there is none of this name, OutputError
    if it cannot be deleted or somebody else is installing.
    """
    removable(name)
    with exclusive():
        staging.remove(paths.models_dir() / name)


def removable(name: str) -> Path:
    """The directory of a package that may be removed; raises as `remove` does."""
    if store.is_bundled(name):
        raise OptionError(f"{name} comes with the program and cannot be removed")
    path = store.by_name(name)
    if path is None:
        raise store.unknown(name)
    return path


def _unpack(opened: AbstractContextManager[Parcel], name: str | None, force: bool) -> Package:
    with opened as parcel:
        key = hashlib.sha256(parcel.manifest).hexdigest()[:KEY_DIGITS]
        with exclusive(), staging.stage(key, resume=True) as place:
            manifest = _manifest(parcel)
            target = _target(name or manifest.name, force)
            _check_size(manifest, parcel.source)
            _fill(place, manifest, parcel)
            store.verify(place)
            staging.publish(place, target)
    return Package(target, manifest)


def _convert(student: Path | HubModel, name: str, force: bool) -> Package:
    check_extra()
    with exclusive(), staging.stage("converted", resume=False) as place:
        target = _target(name, force)
        convert(student, place / name)
        manifest = store.verify(place / name)
        staging.publish(place / name, target)
    return Package(target, manifest)


def _target(name: str, force: bool) -> Path:
    """Where a package of this name may go."""
    if not store.is_name(name):
        raise OptionError(
            f"a model cannot be called {name!r}; give it a --name of up to 64 letters, digits "
            "and - _ . between them"
        )
    if store.is_bundled(name):
        raise OptionError(f"{name} is the name of a bundled model; choose another with --name")
    target = paths.models_dir() / name
    if os.path.lexists(target) and not force:
        raise OutputError(f"there is a model {name} already; --force replaces it")
    return target


def _manifest(parcel: Parcel) -> Manifest:
    # `read_manifest` knows directories only.
    with tempfile.TemporaryDirectory(prefix=staging.GONE, dir=paths.models_dir()) as place:
        (Path(place) / MANIFEST_NAME).write_bytes(parcel.manifest)
        try:
            return read_manifest(Path(place))
        except ModelError as error:
            raise ModelError(str(error).replace(place, parcel.source)) from None


def _check_size(manifest: Manifest, source: str) -> None:
    """Before a byte is copied; that files are no longer than they say is seen on the way."""
    if len(manifest.files) > MAX_FILES:
        raise ModelError(f"{source} lists more than {MAX_FILES} files; no model has so many")
    if sum(file.size for file in manifest.files) > MAX_BYTES:
        raise ModelError(f"{source} would take more than {MAX_BYTES} bytes, which no model does")
    for file in manifest.files:
        try:
            os.fsencode(file.name)
        except UnicodeEncodeError:
            raise ModelError(f"{source} lists {file.name!r}, which no file can be called") from None


def _fill(place: Path, manifest: Manifest, parcel: Parcel) -> None:
    missing = {file.name: file for file in manifest.files}
    for name, chunks in parcel.files:
        file = missing.pop(name, None)
        if file is None:
            raise ModelError(f"{parcel.source} holds {name!r}, which its manifest does not list")
        if not _is_complete(place / name, file):
            _copy(chunks, place / name, file, parcel.source)
    if missing:
        raise ModelError(f"{parcel.source} lacks {min(missing)!r}, which its manifest lists")
    _write(place / MANIFEST_NAME, parcel.manifest)  # the last: now it is a package
    staging.sync(place)


def _is_complete(path: Path, file: PackagedFile) -> bool:
    """Whether an earlier run that was interrupted has copied this file."""
    try:
        return path.stat().st_size == file.size and store.describe_file(path) == file
    except OSError:
        return False


def _copy(chunks: Chunks, path: Path, file: PackagedFile, source: str) -> None:
    digest = hashlib.sha256()
    size = 0
    with path.open("wb") as stream:
        for chunk in chunks:
            size += len(chunk)
            if size > file.size:
                break
            digest.update(chunk)
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    if size != file.size:
        than = "more" if size > file.size else "less"
        raise ModelError(f"{file.name} in {source} has {than} than its {file.size} bytes")
    if digest.hexdigest() != file.sha256:
        raise ModelError(f"{file.name} in {source} does not match its checksum; get it anew")


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
