"""`paraphrase config`: which settings count, and where each came from."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from ...errors import ExitCode, OptionError
from ...parser import Parser
from ...settings.example import example
from ...settings.files import CONFIG_VARIABLE, user_file, working_directory
from ...settings.keys import KEYS
from ...settings.origin import Value
from ...settings.resolve import Settings, resolve
from ...text.sanitize import for_display, one_line
from ..writing import Closed, silence, writer

# A longer value shifts its origin to the right instead of all the others.
WIDEST = 36


def parser() -> Parser:
    """What `paraphrase config` understands."""
    made = Parser(
        prog="paraphrase config",
        description="Show every setting, its value and where it came from.",
    )
    add = made.add_mutually_exclusive_group().add_argument
    add("--json", action="store_true", help="the same for programs")
    add("--path", action="store_true", help="print only where your settings file is, or would be")
    add("--example", action="store_true", help="print a settings file to start from")
    return made


def run(arguments: list[str]) -> int:
    """The command; returns its exit code. Raises OptionError if a source of settings is wrong."""
    found = parser().parse_args(arguments)
    if found.path:
        text = _path()
    elif found.example:
        text = example()
    else:
        settings = resolve({}, os.environ, working_directory())
        text = _json(settings) if found.json else _table(settings)
    _write(text)
    return ExitCode.OK


def _path() -> str:
    path = user_file(os.environ, working_directory())
    if path is None:
        raise OptionError(f"{CONFIG_VARIABLE} is empty, so there is no settings file of your own")
    return f"{path}\n"


def _json(settings: Settings) -> str:
    values = {key.name: _plain(settings.values[key.field]) for key in KEYS}
    files = [{"path": str(p.path), "of": p.source, "found": p.found} for p in settings.places]
    return json.dumps({"settings": values, "files": files}, indent=2) + "\n"


def _plain(value: Value) -> dict[str, Any]:
    plain = {"value": value.value, "origin": value.origin}
    return plain | {"unused": value.unused} if value.unused else plain


def _table(settings: Settings) -> str:
    rows = []
    for key in KEYS:
        value = settings.values[key.field]
        shown = key.without if value.value is None else _shown(value.value)
        note = f"; {value.unused}" if value.unused else ""
        rows.append((key.name, shown, value.origin + note))
    files = [
        ("found" if place.found else "not found", str(place.path)) for place in settings.places
    ]
    return _aligned(rows) + ("\nSettings files:\n" + _aligned(files) if files else "")


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    cells = [[one_line(cell) for cell in row] for row in rows]
    columns = zip(*cells, strict=True)
    widths = [max((len(c) for c in column if len(c) <= WIDEST), default=0) for column in columns]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in cells)
    return "".join(f"{line}\n" for line in lines)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(f'"{term}"' for term in value) or "none"
    return str(value)


def _write(text: str) -> None:
    with writer(None) as out:
        shown = for_display(text) if out.is_terminal else text
        try:
            # A path may hold bytes that are no text; they come out as they are.
            out.write(shown.encode("utf-8", sys.getfilesystemencodeerrors()))
        except Closed:
            silence()
