"""A settings file to start from."""

from typing import Any

from .files import PROJECT_FILE
from .keys import KEYS, Key

_HEAD = f"""\
# Settings of `paraphrase`, as a file of your own (`paraphrase config --path` says where) or, in
# a project's folder, {PROJECT_FILE}. Lines like "#num = 1" are the defaults, or an example
# where there is none: take the "#" away and change the value. What is left out can still be
# set elsewhere; what stands here beats the preset that is named here.
"""

_PRESETS = """\
# Presets of your own, used with `preset` above or --preset:
#[presets.gentle]
#diversity = 15
#min-meaning = 0.9
"""


def example() -> str:
    """All settings, each with its default, and all of them comments."""
    return "\n".join([_HEAD, *map(_entry, KEYS), _PRESETS])


def _entry(key: Key) -> str:
    about = f"{key.about} (default: {key.without})" if key.without else key.about
    value = key.example if key.default is None else key.default
    return f"# {key.name}: {about}\n#{key.name} = {_toml(value)}\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)
