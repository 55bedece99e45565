"""Files of the user: settings, and where models are installed."""

import os
from collections.abc import Iterator
from pathlib import Path

from ... import paths
from ...errors import ExitCode, OptionError, ParaphraserError
from ...settings.files import places, read, working_directory
from ...settings.origin import Source
from .finding import Finding, bad, note, ok


def settings() -> Iterator[Finding]:
    """Every settings file that was found, and whether all of them together make sense."""
    looked = places(os.environ, working_directory())
    told = set()
    for place in looked:
        if not place.found:
            continue
        try:
            contents = read(place)
        except OptionError as error:
            told.add(str(error))
            yield bad("settings", str(error), ExitCode.USAGE)
        else:
            holds = f"{len(contents.layer)} settings, {len(contents.presets)} presets"
            yield ok("settings", f"{place.path}, {place.source}: {holds}")
    for source, where in {Source.USER: "there", Source.PROJECT: "there or above"}.items():
        of_source = [place for place in looked if place.source is source]
        if of_source and not any(place.found for place in of_source):
            yield ok("settings", f"{of_source[0].path}, {source}: none {where}")
    yield from _together(told)


def data_directory() -> Iterator[Finding]:
    """Whether models can be installed; nothing is written to find out."""
    name, path = "data", paths.data_dir()
    if path.exists():
        if path.is_dir() and os.access(path, os.W_OK | os.X_OK):
            yield ok(name, f"{path}, writable")
        else:
            yield note(name, f"{path} cannot be written, so no model can be installed")
        return
    above = next((folder for folder in path.absolute().parents if folder.exists()), Path("/"))
    if above.is_dir() and os.access(above, os.W_OK | os.X_OK):
        yield ok(name, f"{path}, made when a model is installed")
    else:
        yield note(name, f"{path} cannot be made, so no model can be installed")


def _together(told: set[str]) -> Iterator[Finding]:
    """What is wrong only between files, or in the environment."""
    from ..arguments import parse

    try:
        parse([])
    except ParaphraserError as error:
        if str(error) not in told:
            yield bad("settings", str(error), ExitCode(error.exit_code))
