"""A file as it is read, and whether it still is so."""

import os
from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError
from .records import sha256

_UNKNOWN = -1


@dataclass(frozen=True)
class Snapshot:
    """A file at one moment: its contents, and what tells sooner that they are the same."""

    digest: str
    size: int = _UNKNOWN
    modified: int = _UNKNOWN  # in nanoseconds

    @classmethod
    def of(cls, data: bytes, status: os.stat_result) -> "Snapshot":
        """The contents with what the system says about them."""
        return cls(sha256(data), status.st_size, status.st_mtime_ns)

    def renewed(self, path: Path) -> "Snapshot | None":
        """The file with these contents as it is now; None if it has others or is gone.

        Contents of the same size and time are not read.
        """
        try:
            status = path.stat()
            if (status.st_size, status.st_mtime_ns) == (self.size, self.modified):
                return self
            found = Snapshot.of(path.read_bytes(), status) if path.is_file() else None
        except OSError:
            return None
        return found if found and found.digest == self.digest else None


def contents(path: Path) -> tuple[bytes, os.stat_result]:
    """The contents of a file, and what it was like just before they were read.

    Raises InputError if it cannot be read or is no ordinary file.
    """
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{path} is no file")
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            return stream.read(), status
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {reason}") from None
