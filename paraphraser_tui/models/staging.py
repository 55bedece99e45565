"""Packages come and go in one step: built under a hidden name, then renamed.

All of this is for whoever holds the lock (`lock.exclusive`); so whatever lies under a hidden
name was left by a process that died.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .. import paths
from ..errors import OutputError
from .store import SET_ASIDE

STAGED = ".new-"
GONE = ".gone-"


@contextmanager
def stage(key: str, resume: bool) -> Iterator[Path]:
    """A directory to build in, named by a key; with `resume`, with what an earlier run put there.

    An error takes the directory away. An interrupt, like a kill, leaves it to be resumed, or
    to be swept up by the next run of another key. Raises OutputError for any OSError.
    """
    place = paths.models_dir() / f"{STAGED}{key}"
    try:
        _sweep(keep=place if resume else None)
        place.mkdir(exist_ok=True)
        yield place
        _delete(place)  # if what was published lay inside
    except OSError as error:
        _delete(place)
        reason = error.strerror or error
        raise OutputError(f"{paths.models_dir()} cannot be written: {reason}") from None
    except Exception:
        _delete(place)
        raise


def publish(built: Path, target: Path) -> None:
    """Rename a complete package into place.

    A directory cannot be replaced in one step: the old one steps aside first, and is found there
    by `store.by_name` should the process die between the two renames. Raises OSError.
    """
    aside = target.with_name(f"{SET_ASIDE}{target.name}")
    if os.path.lexists(target):
        target.rename(aside)
    try:
        built.rename(target)
    except BaseException:
        if os.path.lexists(aside):
            aside.rename(target)
        raise
    sync(target.parent)
    if os.path.lexists(aside):
        with suppress(OSError):  # the new one is in place; the next run tries again
            _dispose(aside)


def remove(target: Path) -> None:
    """Take a package away: at once by name, then file by file. Raises OutputError."""
    try:
        _sweep(keep=None)
        _dispose(target)
    except OSError as error:
        raise OutputError(f"{target} cannot be removed: {error.strerror or error}") from None


def sync(directory: Path) -> None:
    """Names of files are on the disk too, where a system knows how to ask for it."""
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(keep: Path | None) -> None:
    """Put back what was set aside and not replaced; delete all other remains."""
    for entry in list(paths.models_dir().iterdir()):
        if entry.name.startswith(SET_ASIDE):
            original = entry.with_name(entry.name.removeprefix(SET_ASIDE))
            if os.path.lexists(original):
                _dispose(entry)
            else:
                entry.rename(original)
        elif entry.name.startswith((STAGED, GONE)) and entry != keep:
            _delete(entry)


def _dispose(package: Path) -> None:
    """Half deleted, it must not look like a package: so it first goes under another name."""
    bin_ = Path(tempfile.mkdtemp(prefix=GONE, dir=package.parent))
    package.rename(bin_ / package.name)
    sync(package.parent)
    _delete(bin_)


def _delete(directory: Path) -> None:
    shutil.rmtree(directory, ignore_errors=True)
