"""Fetch a student from the Hugging Face Hub: nothing else here opens a socket.

What the libraries say of an error is never shown: an access token could be in it.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from paraphraser_tui.errors import InputError, OutputError, ParaphraserError
from paraphraser_tui.models.address import HubModel

from .student import (
    CONFIG_FILE,
    GENERATION_FILE,
    JSON_TOKENIZER_FILE,
    PICKLES,
    SENTENCEPIECE_FILE,
    STUDENT_FILE,
    WEIGHTS,
    architecture_of,
    read_told,
)

if TYPE_CHECKING:
    from huggingface_hub.errors import HfHubHTTPError

TOKENIZER_FILES = (JSON_TOKENIZER_FILE, SENTENCEPIECE_FILE)
# Fetched first; the weights only if these are of a model that can be converted.
SMALL_FILES = (
    CONFIG_FILE, GENERATION_FILE, STUDENT_FILE, "tokenizer_config.json", *TOKENIZER_FILES
)  # fmt: skip
TOKEN_VARIABLE = "HF_TOKEN"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_HIDDEN = (401, 403, 404)  # the Hub does not tell what is private from what is not there


@dataclass(frozen=True)
class _Found:
    """What the Hub says of a model: its files, the commit that is meant, the card's licence."""

    commit: str
    files: frozenset[str]
    licence: str | None


@contextmanager
def fetched(model: HubModel) -> Iterator[Path]:
    """A student directory of a model of the Hub, for as long as the context lasts.

    What it links to stays in the cache of huggingface_hub, where an interrupted download begins
    again with the files that are missing. When it is there, nothing else in this process can be
    fetched. Raises InputError if the model cannot be had or is none that can be converted,
    OutputError if the cache cannot be written; these, and errors in the context, call the
    directory by the model's address.
    """
    with TemporaryDirectory(prefix="student-") as place:
        try:
            _fetch(model, Path(place))
            yield Path(place)
        except ParaphraserError as error:
            raise type(error)(str(error).replace(place, str(model))) from None


def _fetch(model: HubModel, place: Path) -> None:
    _prepare(model)
    found = _look_up(model)
    _check(model, found.files)
    _download(model, found, SMALL_FILES, place)
    architecture_of(place)
    _download(model, found, (WEIGHTS,), place)
    _go_offline()
    _sign(model, found, place)


def _prepare(model: HubModel) -> None:
    from huggingface_hub import constants, logging
    from huggingface_hub.utils import disable_progress_bars

    if constants.HF_HUB_OFFLINE:
        raise InputError(
            f"{model} is not fetched: HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE forbids it"
        )
    constants.HF_HUB_DISABLE_TELEMETRY = True
    logging.set_verbosity_error()
    if not sys.stderr.isatty():
        disable_progress_bars()


def _look_up(model: HubModel) -> _Found:
    from huggingface_hub import HfApi, constants

    with _in_plain_words(model):
        info = HfApi().model_info(
            model.repository, revision=model.revision, timeout=constants.HF_HUB_ETAG_TIMEOUT
        )
        files = frozenset(file.rfilename for file in info.siblings or ())
        licence = _licence(getattr(info.card_data, "license", None))
        if not _COMMIT.fullmatch(info.sha or ""):
            raise InputError(f"{_host()} names no commit of {model}")
    return _Found(info.sha, files, licence)


def _licence(given: Any) -> str | None:
    """The field of a model card: a word, or a list of them."""
    words = given if isinstance(given, list) else [given]
    return ", ".join(words) if words and all(isinstance(word, str) for word in words) else None


def _check(model: HubModel, files: frozenset[str]) -> None:
    """InputError if what is needed is not there."""
    pickles = sorted(name for name in files if Path(name).suffix.lower() in PICKLES)
    if WEIGHTS not in files and f"{WEIGHTS}.index.json" in files:
        raise InputError(f"{model} has its weights in several files; only one {WEIGHTS} is read")
    if WEIGHTS not in files and pickles:
        raise InputError(
            f"{model} has no {WEIGHTS}, only pickles such as {pickles[0]}, which run code when "
            "they are opened"
        )
    for name in (WEIGHTS, CONFIG_FILE):
        if name not in files:
            raise InputError(f"{model} has no {name}")
    if files.isdisjoint(TOKENIZER_FILES):
        raise InputError(f"{model} has neither {' nor '.join(TOKENIZER_FILES)}")


def _download(model: HubModel, found: _Found, names: tuple[str, ...], place: Path) -> None:
    """Put these files of the model into a directory, those that it has."""
    from huggingface_hub import snapshot_download

    with _in_plain_words(model):
        snapshot = snapshot_download(
            model.repository, revision=found.commit, allow_patterns=list(names)
        )
        # The cache may hold more, of other programs: pickles too.
        for name in names:
            if (Path(snapshot) / name).is_file():
                _link((Path(snapshot) / name).resolve(), place / name)


def _link(file: Path, place: Path) -> None:
    try:
        place.symlink_to(file)
    except OSError:  # not everybody may make links on Windows
        shutil.copyfile(file, place)


def _go_offline() -> None:
    """Whatever a library would like to look up from here on, it cannot."""
    from huggingface_hub import constants

    constants.HF_HUB_OFFLINE = True
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")


def _sign(model: HubModel, found: _Found, place: Path) -> None:
    """Add to the student's own description where it comes from, and the licence of its card."""
    licence = {"licence": found.licence} if found.licence else {}
    told = licence | read_told(place) | {"hub": model.repository, "commit": found.commit}
    path = place / STUDENT_FILE
    path.unlink(missing_ok=True)  # a link into the cache
    path.write_text(json.dumps(told), encoding="utf-8")


@contextmanager
def _in_plain_words(model: HubModel) -> Iterator[None]:
    """Errors of the libraries as ours, without a word of theirs."""
    from huggingface_hub import errors

    try:
        yield
    except ParaphraserError:
        raise
    except errors.HfHubHTTPError as error:
        raise _refused(model, error) from None
    except errors.LocalEntryNotFoundError as error:
        if isinstance(error.__cause__, errors.HfHubHTTPError):
            raise _refused(model, error.__cause__) from None
        raise _cut_off(model) from None
    except errors.HTTPError:  # of the HTTP library, whichever it is
        raise _cut_off(model) from None
    except OSError as error:
        if error.errno is None:
            raise _cut_off(model) from None
        raise OutputError(f"{model} cannot be stored: {error.strerror}") from None
    except Exception as error:
        raise InputError(f"{model} cannot be fetched: {type(error).__name__}") from None


def _refused(model: HubModel, error: "HfHubHTTPError") -> InputError:
    """The error for an answer that is none."""
    from huggingface_hub import errors, get_token

    if isinstance(error, errors.GatedRepoError):
        return InputError(
            f"{model} is gated: accept its conditions on its page, and put an access token into "
            f"the environment variable {TOKEN_VARIABLE}"
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return InputError(f"{model}: {model.repository} has no such revision")
    status = error.response.status_code
    if status in _HIDDEN:
        need = (
            "the access token that is set does not open it"
            if get_token()
            else f"needs an access token in the environment variable {TOKEN_VARIABLE}"
        )
        return InputError(f"{_host()} has no {model}, or it is private and {need}")
    return InputError(f"{_host()} answers {status} when asked for {model}; try again later")


def _cut_off(model: HubModel) -> InputError:
    return InputError(
        f"{_host()} cannot be reached, or the connection broke, so {model} was not fetched; the "
        "same command begins with what is missing"
    )


def _host() -> str:
    """Without what else an address may hold: a name and a password."""
    from huggingface_hub import constants

    return urlsplit(constants.ENDPOINT).hostname or "the Hub"
