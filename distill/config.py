"""Settings from TOML into frozen dataclasses: every key known, every value of its type."""

import difflib
import tomllib
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from paraphraser_tui.errors import InputError, OptionError

T = TypeVar("T")


def read_toml(path: Path) -> dict[str, Any]:
    """The table of a TOML file; raises InputError in one line."""
    try:
        with Path(path).open("rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    except ValueError as error:
        raise InputError(f"{path}: not valid TOML: {error}") from None


def from_table(cls: type[T], table: Mapping[str, Any], where: str = "") -> T:
    """A dataclass from a table by the types of its fields; `where` leads in messages.

    Knows str, int, float, bool, Path, Enum, Literal, X | None, tuple[X, ...], list[X],
    dict[str, X] and nested dataclasses. Checks of the dataclass itself belong in its
    `__post_init__`. Raises OptionError.
    """
    if not isinstance(table, Mapping):
        raise OptionError(f"{where or cls.__name__}: must be a table")
    known = {field.name: field for field in fields(cls) if field.init}
    for key in table:
        if key not in known:
            raise OptionError(f"{_join(where, key)}: unknown key{_nearest(key, known)}")
    hints = get_type_hints(cls)
    values = {}
    for name, field in known.items():
        if name in table:
            values[name] = _convert(hints[name], table[name], _join(where, name))
        elif field.default is MISSING and field.default_factory is MISSING:
            raise OptionError(f"{_join(where, name)}: missing")
    try:
        return cls(**values)
    except OptionError as error:
        # What the dataclass checks itself does not know the table it stands in.
        raise OptionError(f"{where}: {error}" if where else str(error)) from None


def _convert(kind: Any, value: Any, where: str) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Any:
        return value
    if origin in (Union, types.UnionType):
        return _convert_union(arguments, value, where)
    if origin is Literal:
        return _choose(value, arguments, where)
    if origin in (tuple, list):
        return _convert_sequence(origin, arguments, value, where)
    if origin in (dict, Mapping):
        if not isinstance(value, Mapping):
            raise OptionError(f"{where}: must be a table")
        return {key: _convert(arguments[1], item, _join(where, key)) for key, item in value.items()}
    if is_dataclass(kind):
        return from_table(kind, value, where)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(_choose(value, [member.value for member in kind], where))
    return _convert_scalar(kind, value, where)


def _convert_scalar(kind: Any, value: Any, where: str) -> Any:
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser()
    if kind is float and type(value) is int:
        return float(value)
    # By the exact type: True is no number of steps.
    if type(value) is not kind:
        raise OptionError(f"{where}: must be of type {_name(kind)}, not {value!r}")
    return value


def _convert_union(kinds: tuple[Any, ...], value: Any, where: str) -> Any:
    kinds = tuple(kind for kind in kinds if kind is not types.NoneType)
    for kind in kinds[:-1]:
        try:
            return _convert(kind, value, where)
        except OptionError:
            continue
    return _convert(kinds[-1], value, where)


def _convert_sequence(origin: Any, arguments: tuple[Any, ...], value: Any, where: str) -> Any:
    if not isinstance(value, list):
        raise OptionError(f"{where}: must be a list")
    if origin is tuple and arguments[-1] is not Ellipsis:
        if len(value) != len(arguments):
            raise OptionError(f"{where}: must have {len(arguments)} items")
        kinds = arguments
    else:
        kinds = (arguments[0],) * len(value)
    items = zip(kinds, value, strict=True)
    return origin(_convert(kind, item, f"{where}[{i}]") for i, (kind, item) in enumerate(items))


def _choose(value: Any, choices: Any, where: str) -> Any:
    if value not in choices:
        listed = ", ".join(map(str, choices))
        raise OptionError(f"{where}: {value!r} is not one of {listed}{_nearest(value, choices)}")
    return value


def _nearest(word: Any, known: Any) -> str:
    close = difflib.get_close_matches(str(word), [str(k) for k in known], n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else str(key)
