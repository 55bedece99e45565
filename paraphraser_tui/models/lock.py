"""One writer at a time among the installed models; a lock ends with the process that holds it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from .. import paths
from ..errors import OutputError
from ..locking import lock

# Beside the models, and never deleted: whoever waits for a deleted file waits alone.
LOCK_NAME = "models.lock"


@contextmanager
def exclusive() -> Iterator[None]:
    """Nobody else installs or removes a model meanwhile; makes the directory of the models.

    Raises OutputError if somebody does, or if the directory cannot be made.
    """
    models = paths.models_dir()
    try:
        models.mkdir(parents=True, exist_ok=True)
        handle = os.open(paths.data_dir() / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise OutputError(f"{models} cannot be written: {error.strerror}") from None
    try:
        try:
            lock(handle)
        except OSError:
            raise OutputError(
                f"another command is changing the models in {models}; try again when it is done"
            ) from None
        yield
    finally:
        os.close(handle)  # which unlocks it
