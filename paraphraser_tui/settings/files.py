"""Where settings files are, and what stands in them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import paths
from ..engine.presets import Preset
from ..errors import OptionError
from .keys import BY_NAME, KEYS, Key, Kind, check, typed
from .origin import Layer, Origin, Source, Value

USER_FILE = "settings.toml"
PROJECT_FILE = ".paraphraser.toml"
CONFIG_VARIABLE = "PARAPHRASER_CONFIG"
PRESETS = "presets"
# A file that is not meant for us, perhaps; ours has a few hundred bytes.
MAX_BYTES = 1 << 20


@dataclass(frozen=True)
class Place:
    """A file that was looked for."""

    path: Path
    source: Source
    found: bool


@dataclass(frozen=True)
class Contents:
    """What a settings file says, and the presets that it defines."""

    layer: Layer = field(default_factory=dict)
    presets: Mapping[str, Layer] = field(default_factory=dict)


def working_directory() -> Path | None:
    """Where the command was started; None if that was deleted meanwhile."""
    try:
        return Path.cwd()
    except OSError:
        return None


def user_file(environment: Mapping[str, str], directory: Path | None) -> Path | None:
    """The settings file of this user; it may not exist.

    PARAPHRASER_CONFIG names another one, from the directory if it is relative; if it is there but
    empty, there is none.
    """
    named = environment.get(CONFIG_VARIABLE)
    if named is None:
        import platformdirs  # a few milliseconds; a named file does not need it

        return platformdirs.user_config_path(paths.APP) / USER_FILE
    if not named:
        return None
    return directory / named if directory else Path(named)


def places(environment: Mapping[str, str], directory: Path | None) -> tuple[Place, ...]:
    """The files that were looked for: that of the user, then those of the project.

    A project file is looked for in the directory, then in its parent and so on, up to and with
    the home directory or, for a directory outside it, the root of the file system; the first one
    that is found ends the search. Raises OptionError if PARAPHRASER_CONFIG names no file.
    """
    user = user_file(environment, directory)
    looked = [Place(user, Source.USER, _is_file(user))] if user else []
    if environment.get(CONFIG_VARIABLE) and not looked[0].found:
        raise OptionError(
            f"{CONFIG_VARIABLE} names {user}, which is no file; leave it empty to read none"
        )
    for path in _project_files(directory) if directory else ():
        looked.append(Place(path, Source.PROJECT, _is_file(path)))
        if looked[-1].found:
            break
    return tuple(looked)


def read(place: Place) -> Contents:
    """What stands in a settings file; OptionError, naming file and key, for whatever is wrong."""
    table = _parsed(place.path)
    presets = table.pop(PRESETS, {})
    if not isinstance(presets, dict):
        raise OptionError(f"{PRESETS} in {place.path} must be tables, as in [{PRESETS}.NAME]")
    origin = Origin(place.source, str(place.path))
    layer = dict(_values(table, origin, [*KEYS]))
    if "model" in layer:
        layer["model"] = Value(_model(layer["model"].value, place), (origin,))
    return Contents(layer, {name: _preset(name, presets[name], place) for name in presets})


def _project_files(directory: Path) -> Iterator[Path]:
    home = None
    with suppress(RuntimeError, OSError):  # some service accounts have none
        home = Path.home()
    ends = {home, home.resolve()} if home else set()
    for folder in (directory, *directory.parents):
        yield folder / PROJECT_FILE
        if folder in ends:
            break


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a directory that may not be searched
        return False


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib  # only where there is a file

    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise OptionError(f"{path} cannot be read: {error.strerror or error}") from None
    if len(data) > MAX_BYTES:
        raise OptionError(f"{path} is too large for a settings file")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))  # an editor may have put a mark in front
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise OptionError(f"{path} is not valid TOML: not UTF-8 (at line {line})") from None
    except (ValueError, RecursionError) as error:
        # "at end of document" is no line that a person can go to.
        last = f"at the end, line {len(data.splitlines())}"
        reason = str(error).replace("at end of document", last)
        raise OptionError(f"{path} is not valid TOML: {reason}") from None


def _values(
    table: Mapping[str, Any], origin: Origin, allowed: Iterable[Key]
) -> Iterator[tuple[str, Value]]:
    known = [key.name for key in allowed]
    for name, raw in table.items():
        if name not in known:
            raise OptionError(_unknown(name, origin, known))
        key = BY_NAME[name]
        value = typed(key, raw, origin)
        try:
            check(key, value)
        except OptionError as error:
            raise OptionError(f"{origin}: {error}") from None
        yield key.field, Value(value, (origin,))


def _preset(name: str, table: Any, place: Place) -> Layer:
    origin = Origin(place.source, str(place.path), preset=name)
    if not name.strip():
        raise OptionError(f"{place.path}: a preset needs a name")
    if name in list(Preset):
        raise OptionError(f"{place.path}: the preset {name!r} is built in; give yours another name")
    if not isinstance(table, dict):
        raise OptionError(f"{place.path}: the preset {name!r} must be a table, [{PRESETS}.{name}]")
    for key in KEYS:
        if key.name in table and not key.is_option:
            raise OptionError(f"{place.path}: {key.name} may not stand inside the preset {name!r}")
    return dict(_values(table, origin, [key for key in KEYS if key.is_option]))


def _model(name: str, place: Place) -> str:
    """A plain name is one of an installed model; with a slash it is a directory.

    A project file may come from anybody, so it may not have a directory loaded.
    """
    plain = name == Path(name).name and not name.startswith((".", "~"))
    if plain:
        return name
    if place.source is Source.PROJECT:
        raise OptionError(
            f"model in {place.path} must be {Kind.MODEL}, not a directory; "
            "name that in your own settings or with --model"
        )
    with suppress(RuntimeError):  # of an unknown user's home
        return str(place.path.parent / Path(name).expanduser())
    return name


def _unknown(name: str, origin: Origin, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "`paraphrase config --example` lists all"
    return f"{origin}: there is no setting {name!r}; {hint}"
