"""Which value counts: all sources put together, and where each value came from.

From weak to strong: defaults, user file, project file, environment, command line. The strongest
source that names a preset chooses it, and the values of the preset rank just below that source:
they beat every weaker source, and are beaten by what the same or a stronger one says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from pathlib import Path
from typing import Any

from ..engine.options import Options
from ..engine.presets import SETTINGS
from ..errors import ModelError, OptionError
from ..models import store
from .files import Contents, Place, places, read
from .keys import BY_FIELD, KEYS, SAMPLING_ONLY, check, from_text
from .origin import FILES, Layer, Origin, Source, Value

# Variables for what differs between machines and jobs; an empty one counts as not set.
VARIABLES = {
    "PARAPHRASER_PRESET": "preset",
    "PARAPHRASER_MODEL": "model",
    "PARAPHRASER_THREADS": "threads",
    "PARAPHRASER_DIVERSITY": "diversity",
}
_DEFAULT = (Origin(Source.DEFAULT),)
_COMMAND_LINE = (Origin(Source.COMMAND_LINE),)
_BUILT_IN: Mapping[str, Layer] = {
    name: {
        field: Value(value, (Origin(Source.DEFAULT, preset=name),))
        for field, value in settings.items()
    }
    for name, settings in SETTINGS.items()
}


@dataclass(frozen=True)
class Settings:
    """What counts.

    model: None where nobody asked for one. values: every setting by the name of its field, with
        its origin, in the order of `KEYS`.
    places: the files that were looked for.
    """

    options: Options
    model: str | None
    threads: int | None
    values: Mapping[str, Value]
    places: tuple[Place, ...]


def resolve(
    given: Mapping[str, Any], environment: Mapping[str, str], directory: Path | None
) -> Settings:
    """Put together what the command line, the environment and the files say.

    given: what was set on the command line and nothing else, by field name: those of `Options`,
    preset, model and threads. directory: absolute; None if there is no working directory, and so
    no project file. Raises OptionError for whatever is wrong in a source or between two of them,
    ModelError if a file asks for a model that is not installed.
    """
    looked = places(environment, directory)
    contents = [read(place) for place in looked if place.found]
    layers = [c.layer for c in contents]
    layers += [_from_environment(environment), _from_command_line(given)]
    _insert_preset(layers, contents)
    values = _put_aside(*_merged(layers))
    options = _options(values)
    model, threads = values["model"], values["threads"].value
    check(BY_FIELD["threads"], threads)
    _check_installed(model)
    return Settings(options, model.value, threads, values, looked)


def _from_environment(environment: Mapping[str, str]) -> Layer:
    layer = {}
    for variable, field in VARIABLES.items():
        if text := environment.get(variable):
            origin, key = Origin(Source.ENVIRONMENT, variable), BY_FIELD[field]
            value = from_text(key, text, origin)
            try:
                check(key, value)
            except OptionError as error:
                raise OptionError(f"{origin}: {error}") from None
            layer[field] = Value(value, (origin,))
    return layer


def _from_command_line(given: Mapping[str, Any]) -> Layer:
    layer = {field: Value(value, _COMMAND_LINE) for field, value in given.items()}
    if "freeze" in layer:
        layer["freeze"] = Value(tuple(given["freeze"]), _COMMAND_LINE)
    return layer


def _insert_preset(layers: list[Layer], contents: Sequence[Contents]) -> None:
    """The chosen preset becomes a layer of its own, just below the source that names it."""
    presets = dict(_BUILT_IN)
    for file in contents:
        presets |= file.presets  # the project's preset replaces the user's of the same name
    for position in reversed(range(len(layers))):
        if chosen := layers[position].get("preset"):
            if chosen.value not in presets:
                raise OptionError(_no_preset(chosen, presets))
            layers.insert(position, presets[chosen.value])
            return


def _no_preset(chosen: Value, known: Iterable[str]) -> str:
    place = "" if chosen.origins == _COMMAND_LINE else f"{chosen.origin}: "
    return f"{place}there is no preset {chosen.value!r}; known presets: {', '.join(known)}"


def _merged(layers: Sequence[Layer]) -> tuple[Layer, dict[str, int]]:
    """The strongest value of each field, and which layer it is from; frozen terms are joined."""
    values = {key.field: Value(key.default, _DEFAULT) for key in KEYS}
    ranks = {}
    for rank, layer in enumerate(layers):
        for field, value in layer.items():
            if field == "freeze" and field in ranks:
                value = _joined(values[field], value)
            values[field] = value
            ranks[field] = rank
    return values, ranks


def _joined(one: Value, other: Value) -> Value:
    return Value(tuple(dict.fromkeys(one.value + other.value)), one.origins + other.origins)


def _put_aside(values: Layer, ranks: Mapping[str, int]) -> Layer:
    """What a stronger source made pointless does not count, instead of being a contradiction.

    A file may say how to search and how to draw, and the command line which of them to do.
    """
    aside = {}
    sampling = values["sampling"].value
    if sampling and "beam_size" in ranks:
        if ranks["beam_size"] < ranks["sampling"]:
            aside["beam_size"] = "unused with sample"
        elif ranks["beam_size"] > ranks["sampling"]:
            aside["sampling"] = "unused with beam-size"
            sampling = False
    if not sampling:
        for field in SAMPLING_ONLY:
            # On the command line it is a slip that is told at once.
            if field in ranks and values[field].origins != _COMMAND_LINE:
                aside[field] = "unused without sample"
    width = values["beam_size"].value
    if (
        width is not None
        and width < values["num"].value
        and ranks["beam_size"] < ranks.get("num", -1)
    ):
        aside.setdefault("beam_size", "unused: less than num")
    return values | {field: replace(values[field], unused=why) for field, why in aside.items()}


def _options(values: Layer) -> Options:
    counting = {
        field: value
        for field, value in values.items()
        if BY_FIELD[field].is_option and value.origins != _DEFAULT and not value.unused
    }
    try:
        return _made(counting)
    except OptionError as error:
        raise OptionError(_explained(str(error), counting)) from None


def _made(layer: Layer) -> Options:
    return Options(**{field: value.value for field, value in layer.items()})


def _explained(message: str, layer: Layer) -> str:
    """The message, with the origins of the values that are to blame, if files have a part in it."""
    for fields in chain(combinations(layer, 1), combinations(layer, 2)):
        part = {field: layer[field] for field in fields}
        try:
            _made(part)
        except OptionError as error:
            if str(error) != message:
                continue
            if all(value.origins == _COMMAND_LINE for value in part.values()):
                break
            blamed = (f"{BY_FIELD[f].name}: {value.origin}" for f, value in part.items())
            return f"{message} ({'; '.join(blamed)})"
    return message


def _check_installed(model: Value) -> None:
    """A name in a file never means a directory of that name that happens to be here."""
    in_a_file = model.origins[0].source in FILES
    if in_a_file and model.value == Path(model.value).name and not store.by_name(model.value):
        raise ModelError(f"{model.origin}: {store.unknown(model.value)}")
