"""What a path leads to, asked without ever raising."""

import stat
from contextlib import suppress
from enum import StrEnum
from pathlib import Path


class Place(StrEnum):
    """What was found at a path; the value tells a user why it cannot be opened."""

    FILE = "a file"
    FOLDER = "a folder"
    NOTHING = "there is no such file"
    ODD = "that is not an ordinary file"
    CLOSED = "that cannot be reached"


def look(path: Path) -> Place:
    """What is at the path, through links."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return Place.NOTHING
    except (OSError, ValueError):  # no permission, a name too long, a NUL in it
        return Place.CLOSED
    if stat.S_ISREG(mode):
        return Place.FILE
    return Place.FOLDER if stat.S_ISDIR(mode) else Place.ODD


def nearest_folder(path: Path) -> Path:
    """The path itself if it is a folder, else the closest one above it."""
    path = path.absolute()
    return next((at for at in (path, *path.parents) if look(at) is Place.FOLDER), path)


def typed(text: str, folder: Path) -> Path:
    """The path that a user typed, which may begin with ~ or be relative to the folder."""
    path = Path(text)
    with suppress(RuntimeError):  # no such user: a file may well begin with ~
        path = path.expanduser()
    return folder / path
