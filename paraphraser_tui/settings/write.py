"""Change single values in a settings file; its comments and its order stay."""

import os
import re
import tempfile
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from ..errors import OptionError, ParaphraserError
from ..saving import replacing, unwritable
from .files import CONFIG_VARIABLE, Place, read
from .keys import BY_FIELD
from .origin import Source
from .resolve import resolve

_MARK = b"\xef\xbb\xbf"  # some editors put it in front


def write(
    path: Path,
    values: Mapping[str, Any],
    environment: Mapping[str, str],
    directory: Path | None,
) -> None:
    """Set these values, by the names of their fields, in the user's file; None takes one out.

    The file may not exist yet. It is replaced whole, once all settings were resolved with the new
    one in its place: the program starts with whatever is written here. Raises OptionError or
    ModelError as `resolve` does and if the file is not valid as it is, OutputError if it cannot
    be written.
    """
    named = {BY_FIELD[field].name: value for field, value in values.items()}
    try:
        mark, text = _content(path)
        data = mark + changed(text, named).encode()
        _try_out(data, path, environment, directory)
        Path(os.path.realpath(path)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from None
    with replacing(path) as stream:
        stream.write(data)


def changed(text: str, values: Mapping[str, Any]) -> str:
    """The TOML text with these keys of its top level set; None takes one out.

    A new key takes the place of a comment that shows it, as those of the example file do.
    Raises OptionError if the text cannot be edited.
    """
    import tomlkit  # only where something is written
    from tomlkit.exceptions import TOMLKitError

    try:
        for name, value in values.items():
            document = tomlkit.parse(text)
            if value is None:
                document.pop(name, None)
            else:
                if name not in document:
                    document = _uncommented(text, name) or document
                document[name] = _plain(value)
            text = tomlkit.dumps(document)
    except TOMLKitError as error:
        raise OptionError(f"the settings file cannot be changed: {error}") from None
    return text


def _uncommented(text: str, name: str) -> Any:
    """The document with the first comment "#name = ..." made a key; None if that cannot be."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    comment = re.search(rf"^#\s*{re.escape(name)}\s*=.*?(?=\r?$)", text, re.MULTILINE)
    if not comment:
        return None
    try:
        document = tomlkit.parse(f"{text[: comment.start()]}{name} = 0{text[comment.end() :]}")
    except TOMLKitError:
        return None
    # Inside a preset, or inside a string of several lines, it is something else.
    return document if name in document else None


def _content(path: Path) -> tuple[bytes, str]:
    """The byte order mark, if there is one, and the text; both empty without a file."""
    if not path.exists():
        return b"", ""
    read(Place(path, Source.USER, True))  # what is wrong must be put right by hand first
    data = path.read_bytes()
    mark = _MARK if data.startswith(_MARK) else b""
    return mark, data.removeprefix(mark).decode()


def _try_out(
    data: bytes, path: Path, environment: Mapping[str, str], directory: Path | None
) -> None:
    """Resolve everything with this as the user's file; errors speak of its path."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, path.name)
        file.write_bytes(data)
        try:
            resolve({}, {**environment, CONFIG_VARIABLE: str(file)}, directory)
        except ParaphraserError as error:
            raise type(error)(str(error).replace(str(file), str(path))) from None


def _plain(value: Any) -> Any:
    """As TOML knows it."""
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
