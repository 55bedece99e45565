"""A package on its way in: its manifest first, then its files, one after the other."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..errors import InputError, ModelError
from .address import PREFIX, is_address, read_address
from .manifest import MANIFEST_NAME

GIB = 2**30
MIB = 2**20
MAX_FILES = 100
MAX_BYTES = 4 * GIB
MAX_MANIFEST_BYTES = MIB
CHUNK = MIB

# A student has at least its configuration; what else it lacks the converter says.
STUDENT_FILES = ("student.json", "config.json")
# "owner/name", or an address.
_ELSEWHERE = re.compile(r"[\w.-]+/[\w.-]+|[a-z]+://\S+")

Chunks = Iterator[bytes]


class Kind(StrEnum):
    """What a source can be."""

    PACKAGE = "package"
    ARCHIVE = "archive"
    STUDENT = "student"
    HUB = "hub"


@dataclass(frozen=True)
class Parcel:
    """A package that nobody has checked yet.

    source: what to call it in an error. files: name and content of each file beside the
    manifest, to be read before the next is asked for; ModelError or InputError may come then.
    """

    source: str
    manifest: bytes
    files: Iterator[tuple[str, Chunks]]


def kind_of(source: str) -> Kind:
    """What a source is, from what lies there; a model of the Hub only if it is called one.

    Raises InputError if there is nothing, ModelError if it is a directory of another kind,
    OptionError for a model of the Hub that is not written as it must be.
    """
    if is_address(source):
        read_address(source)
        return Kind.HUB
    path = Path(source)
    try:
        if path.is_file():
            return Kind.ARCHIVE
        if path.is_dir():
            if (path / MANIFEST_NAME).is_file():
                return Kind.PACKAGE
            if any((path / name).is_file() for name in STUDENT_FILES):
                return Kind.STUDENT
            raise ModelError(
                f"{source} holds neither a model package ({MANIFEST_NAME}) nor a student "
                f"({STUDENT_FILES[0]})"
            )
        if path.exists():
            raise InputError(f"{source} is neither a file nor a directory")
    except OSError as error:
        raise InputError(f"{source} cannot be read: {error.strerror}") from None
    if _ELSEWHERE.fullmatch(source):
        raise InputError(
            f"there is no {source} on this machine, and nothing is fetched unasked; a model of "
            f"the Hugging Face Hub is written {PREFIX}OWNER/NAME"
        )
    raise InputError(f"there is no file or directory {source}")


@contextmanager
def opened_directory(path: Path) -> Iterator[Parcel]:
    """The package in a directory; links are followed, as `store.verify` does.

    Raises InputError if it cannot be read, ModelError if it holds what no package holds.
    """
    try:
        with (path / MANIFEST_NAME).open("rb") as stream:
            manifest = stream.read(MAX_MANIFEST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    yield Parcel(str(path), limited(manifest, str(path)), _files(path))


def limited(manifest: bytes, source: str) -> bytes:
    """The manifest's bytes; ModelError if there are too many."""
    if len(manifest) > MAX_MANIFEST_BYTES:
        raise ModelError(f"the manifest of {source} has more than {MAX_MANIFEST_BYTES} bytes")
    return manifest


def _files(package: Path) -> Iterator[tuple[str, Chunks]]:
    with _readable(package):
        names = sorted({p.name for p in package.iterdir()} - {MANIFEST_NAME, "__pycache__"})
    for name in names:
        with _readable(package):
            plain = (package / name).is_file()  # a pipe or a device may have no end
        if not plain:
            raise ModelError(f"{package} holds {name!r}, which is not a plain file")
        yield name, _chunks(package / name)


def _chunks(path: Path) -> Chunks:
    with _readable(path), path.open("rb") as stream:
        while data := stream.read(CHUNK):
            yield data


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
