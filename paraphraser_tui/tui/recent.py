"""The files that were opened lately, kept in a small file of their own."""

import json
from contextlib import suppress
from pathlib import Path

from .. import paths
from ..errors import OutputError
from ..saving import replacing

FILE_NAME = "recent.json"
KEPT = 20
_MOST_BYTES = 1_000_000  # a longer file was not written here


def recent_files() -> tuple[Path, ...]:
    """The latest first; none if they cannot be read. They may not exist any more."""
    try:
        with _file().open("rb") as stream:
            found = json.loads(stream.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return ()
    names = found if isinstance(found, list) else []
    files = [Path(name) for name in names if isinstance(name, str)]
    return tuple(file for file in files if file.is_absolute())[:KEPT]


def remember_file(path: Path) -> None:
    """Put a file first. Where nothing can be written, nothing is remembered."""
    path = path.absolute()
    others = [file for file in recent_files() if file != path]
    names = [str(file) for file in (path, *others)][:KEPT]
    with suppress(OSError, OutputError):
        _write(json.dumps(names, indent=1).encode())


def _file() -> Path:
    return paths.state_dir() / FILE_NAME


def _write(data: bytes) -> None:
    target = _file()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600)  # nobody else's business
    with replacing(target) as stream:
        stream.write(data)
