"""The model that a user chose as the default: its name in a small file."""

from pathlib import Path

from .. import paths
from ..errors import ModelError, OptionError
from ..saving import replacing, unwritable
from . import store
from .manifest import Role
from .store import DEFAULT_MODEL

FILE_NAME = "default-model"
MAX_CHARACTERS = 100  # more than a name has
_WAY_BACK = f"'paraphrase models use {DEFAULT_MODEL}' goes back to the bundled model"


def chosen() -> str:
    """The name that was chosen, the bundled model's if none was; it may have been removed since.

    Raises ModelError if the file holds no name.
    """
    path = _file()
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            name = stream.read(MAX_CHARACTERS).strip()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return DEFAULT_MODEL  # a place that is closed to a user is not where that user chose
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}") from None
    if not store.is_name(name):
        raise ModelError(f"{path} does not hold the name of a model; {_WAY_BACK}")
    return name


def default_model() -> str:
    """The name of the model to load where none is asked for.

    Raises ModelError, saying what to do, if the chosen one is not there any more.
    """
    name = chosen()
    if store.by_name(name) is None:
        raise ModelError(f"the default model {name} is not installed any more; {_WAY_BACK}")
    return name


def choose(name: str) -> None:
    """Make an intact paraphraser the default; with the bundled model's name, undo that.

    Raises ModelError if there is no such model, it is damaged or of another role, OptionError
    if it was put there under an odd name, and OutputError if the choice cannot be written.
    """
    path = store.by_name(name)
    if path is None:
        raise store.unknown(name)
    if not store.is_name(name):
        raise OptionError(f"{name!r} cannot be the default: first rename {path} to plain letters")
    store.find(str(path), Role.PARAPHRASER)
    target = _file()
    try:
        if name == DEFAULT_MODEL:
            target.unlink(missing_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            with replacing(target) as stream:
                stream.write(f"{name}\n".encode())
    except OSError as error:
        raise unwritable(target, error) from None


def _file() -> Path:
    return paths.data_dir() / FILE_NAME
