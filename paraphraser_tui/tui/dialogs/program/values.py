"""Values of settings as a person types them on one line."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from ....engine.dials import Length
from ....engine.options import DIAL_WORDS
from ....engine.presets import Preset
from ....errors import OptionError
from ....settings.keys import Key, Kind, check, from_text, typed

PLACE = "your settings"
_SWITCH = {"true": True, "false": False}
_WORDS: dict[Kind, Iterable[str]] = {
    Kind.SWITCH: _SWITCH,
    Kind.LENGTH: Length,
    Kind.DIAL: DIAL_WORDS,
    Kind.PRESET: Preset,
}


def shown(value: Any) -> str:
    """A value in the words in which it is typed; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(map(_quoted, value))
    return str(value)


def from_line(key: Key, line: str) -> Any:
    """What a typed line stands for, None for an empty one; OptionError if it cannot be."""
    line = line.strip()
    if not line:
        return None
    value = _typed(key, line)
    check(key, value)
    return value


def words(key: Key) -> Sequence[str]:
    """What may be typed for a setting, if that can be listed."""
    return list(_WORDS.get(key.kind, ()))


def _typed(key: Key, line: str) -> Any:
    match key.kind:
        case Kind.SWITCH:
            return typed(key, _SWITCH.get(line.lower(), line), PLACE)
        case Kind.NUMBER:
            try:
                return typed(key, float(line), PLACE)
            except ValueError:
                return typed(key, line, PLACE)  # which says what was expected
        case Kind.TERMS:
            return _terms(line)
    return from_text(key, line, PLACE)


def _terms(line: str) -> tuple[str, ...]:
    """Terms with commas between them; one that has a comma in it stands in quotes."""
    try:
        terms = next(csv.reader([line], skipinitialspace=True))
    except csv.Error as error:
        raise OptionError(f"these are no terms with commas between them: {error}") from None
    return tuple(filter(None, map(str.strip, terms)))


def _quoted(term: str) -> str:
    if not set(term) & set(',"'):
        return term
    return '"{}"'.format(term.replace('"', '""'))
