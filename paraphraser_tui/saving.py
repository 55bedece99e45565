"""Files that are replaced whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from .errors import OutputError

DEFAULT_MODE = 0o666
_START = 50  # characters of a name that its temporary file has too; all may be too many


@contextmanager
def replacing(name: str | Path, backup: str = "") -> Iterator[IO[bytes]]:
    """A stream to a file that appears, or replaces another, only when all is written.

    Permissions and links stay. With a suffix as `backup` the file that it replaces is kept
    under its name with that. What is no ordinary file, as a device, is written to directly.
    Raises OutputError if it cannot be written.
    """
    try:
        # A link is followed, so that it still is one afterwards.
        target = Path(os.path.realpath(name))
    except (OSError, ValueError) as error:
        raise unwritable(name, error) from None
    ordinary = target.is_file() or not target.exists()
    try:
        with _replaced(target, backup) if ordinary else _written_directly(target) as stream:
            yield stream
    except OSError as error:
        raise unwritable(name, error) from None


def unwritable(name: str | Path, error: Exception) -> OutputError:
    """The error for a place that refuses what is written."""
    return OutputError(f"{name} cannot be written: {getattr(error, 'strerror', None) or error}")


@contextmanager
def _written_directly(target: Path) -> Iterator[IO[bytes]]:
    """/dev/null, a named pipe: nothing to replace."""
    # A pipe's reader may have left; what was still to be flushed then has nowhere to go.
    with suppress(BrokenPipeError), target.open("wb") as stream:
        yield stream


@contextmanager
def _replaced(target: Path, backup: str) -> Iterator[IO[bytes]]:
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:_START]}-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(target))
        if backup and target.exists():
            _keep(target, target.with_name(target.name + backup))
        Path(temporary).replace(target)
        sync(target.parent)
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()


def _keep(target: Path, copy: Path) -> None:
    """A copy of the old file, complete whenever it is there."""
    handle, temporary = tempfile.mkstemp(prefix=f".{copy.name[:_START]}-", dir=copy.parent)
    os.close(handle)
    try:
        shutil.copy2(target, temporary)
        Path(temporary).replace(copy)
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those of a new file."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return DEFAULT_MODE & ~mask


def sync(folder: Path) -> None:
    """Make the new name last through a power cut, where a folder can be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
