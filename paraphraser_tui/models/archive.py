"""Read a package out of an archive that nobody vouches for.

The libraries find the members and decompress; nothing is extracted by them. A member that is no
regular file, or that does not lie flat with the others, ends the reading with an error.
"""

import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_IFDIR, S_IFMT, S_IFREG
from typing import IO

from ..errors import InputError, ModelError, ParaphraserError
from .compressed import decompressed
from .manifest import MANIFEST_NAME
from .parcel import CHUNK, MAX_BYTES, MAX_FILES, MIB, Chunks, Parcel, limited

# Weights hardly shrink: 1.2 times is usual, and zeros alone reach 1000.
MAX_RATIO = 100
# Small archives may say what they like.
RATIO_FLOOR = 16 * MIB
# Headers of a tar member are held in memory; a long name takes some 2 KiB.
MAX_HEADER_BYTES = MIB
# Header, padding and end mark of a tar archive, for each of at most MAX_FILES entries.
TAR_OVERHEAD = MAX_FILES * MIB
MAX_NAME_SHOWN = 80

_ZIP_MAGIC = (b"PK\3\4", b"PK\5\6")


@dataclass(frozen=True)
class _Member:
    """An entry as the archive has it; chunks: None if it is not a regular file."""

    name: str
    is_folder: bool
    chunks: Chunks | None


@contextmanager
def opened_archive(path: Path) -> Iterator[Parcel]:
    """The package in an archive: tar, plain or with gzip or xz, or zip.

    Raises InputError if it cannot be read, ModelError if it is not one package and nothing else.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    with stream:
        folder, manifest = _manifest(stream, path)
        yield Parcel(str(path), manifest, _files(stream, path, folder))


def _manifest(stream: IO[bytes], path: Path) -> tuple[tuple[str, ...], bytes]:
    """Where the first manifest lies, and its bytes: without it nothing else has a meaning."""
    for parts, chunks in _entries(stream, path):
        if parts[-1] == MANIFEST_NAME:
            data = b""
            for chunk in chunks:
                data = limited(data + chunk, str(path))
            return parts[:-1], data
    raise ModelError(
        f"{path} holds no model package: no {MANIFEST_NAME} at its top or in a folder there"
    )


def _files(stream: IO[bytes], path: Path, folder: tuple[str, ...]) -> Iterator[tuple[str, Chunks]]:
    seen = set()
    for parts, chunks in _entries(stream, path):
        name = parts[-1]
        if parts[:-1] != folder:
            raise _refused(path, "/".join(parts), "is beside its one model package")
        if name in seen:
            raise _refused(path, name, "is there twice")
        seen.add(name)
        if name != MANIFEST_NAME:
            yield name, chunks


def _entries(stream: IO[bytes], path: Path) -> Iterator[tuple[tuple[str, ...], Chunks]]:
    """Folder and name of each regular file, and its content."""
    for number, member in enumerate(_members(stream, path)):
        if number == MAX_FILES:
            raise ModelError(f"{path} holds more than {MAX_FILES} entries; no model does")
        parts = _parts(member.name, path)
        if member.is_folder:
            continue
        if member.chunks is None:
            raise _refused(path, member.name, "is not a regular file")
        if not 1 <= len(parts) <= 2:
            raise _refused(path, member.name, "lies deeper than a model's files do")
        yield parts, member.chunks


def _parts(name: str, path: Path) -> tuple[str, ...]:
    """The steps of a path that leads nowhere but down."""
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if name.startswith("/") or ".." in parts or set(name) & set("\\:\0"):
        raise _refused(path, name, "is not a place inside a package")
    return parts


def _members(stream: IO[bytes], path: Path) -> Iterator[_Member]:
    with _understood(path):
        size = stream.seek(0, 2)
        stream.seek(0)
        magic = stream.read(len(_ZIP_MAGIC[0]))
        stream.seek(0)
        meter = _Meter(path, min(max(RATIO_FLOOR, MAX_RATIO * size), MAX_BYTES + TAR_OVERHEAD))
        read = _zip_members if magic in _ZIP_MAGIC else _tar_members
        yield from read(stream, path, meter)


def _tar_members(stream: IO[bytes], path: Path, meter: "_Meter") -> Iterator[_Member]:
    rationed = _Rationed(decompressed(stream, path), meter)
    # As a stream: nothing is read twice, and nothing is skipped without being counted.
    with tarfile.open(fileobj=rationed, mode="r|") as tar:
        for member in tar:
            if member.size < 0:
                raise _refused(path, member.name, "has an impossible size")
            rationed.allow(member.size)
            # A sparse file's holes cost nothing in the archive.
            plain = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()
            chunks = _chunks(lambda m=member: tar.extractfile(m), path) if plain else None
            yield _Member(member.name, member.isdir(), chunks)


def _zip_members(stream: IO[bytes], path: Path, meter: "_Meter") -> Iterator[_Member]:
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            # The other methods may unpack a few bytes to any number at once.
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _refused(path, info.filename, "is compressed in a way that is not read here")
            plain = S_IFMT(info.external_attr >> 16) in (0, S_IFREG, S_IFDIR)
            chunks = _chunks(lambda i=info: archive.open(i), path, meter) if plain else None
            yield _Member(info.filename, plain and info.is_dir(), chunks)


def _chunks(opened: Callable[[], IO[bytes]], path: Path, meter: "_Meter | None" = None) -> Chunks:
    with _understood(path), opened() as stream:
        while data := stream.read(CHUNK):
            if meter:
                meter.count(len(data))
            yield data


class _Meter:
    """Counts what comes out of an archive, as it comes: headers may lie about it."""

    def __init__(self, path: Path, limit: int) -> None:
        self._path = path
        self._limit = self._left = limit

    def count(self, size: int) -> None:
        """ModelError if that is more than the archive may unpack to."""
        self._left -= size
        if self._left < 0:
            raise ModelError(
                f"{self._path} unpacks to more than {self._limit} bytes, which no model does"
            )

    def refuse_headers(self) -> ModelError:
        """The error for headers that do not end."""
        return ModelError(f"{self._path} has headers of more than {MAX_HEADER_BYTES} bytes")


class _Rationed:
    """What tarfile reads from: between two members it gets no more than headers need."""

    def __init__(self, stream: IO[bytes], meter: _Meter) -> None:
        self._stream = stream
        self._meter = meter
        self._ration = MAX_HEADER_BYTES

    def allow(self, size: int) -> None:
        """The next `size` bytes are a member's content."""
        self._ration = size + MAX_HEADER_BYTES

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._meter.count(len(data))
        self._ration -= len(data)
        if self._ration < 0:
            raise self._meter.refuse_headers()
        return data


@contextmanager
def _understood(path: Path) -> Iterator[None]:
    """What the libraries raise over hostile bytes is anybody's guess."""
    try:
        yield
    except ParaphraserError:
        raise
    except Exception as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise InputError(
            f"{path} is no archive that can be read here, or is damaged: {reason}"
        ) from None


def _refused(path: Path, name: str, reason: str) -> ModelError:
    return ModelError(f"{path} holds {name[:MAX_NAME_SHOWN]!r}, which {reason}")
