"""Where this program keeps things on a user's machine."""

import os
from pathlib import Path

APP = "paraphraser-tui"
DATA_VARIABLE = "PARAPHRASER_DATA_DIR"
STATE_VARIABLE = "PARAPHRASER_STATE_DIR"


def data_dir() -> Path:
    """The directory for installed models; PARAPHRASER_DATA_DIR overrides it. It may not exist."""
    override = os.environ.get(DATA_VARIABLE)
    if override:
        return Path(override)
    import platformdirs  # 17 ms, and bundled models need no such place

    return platformdirs.user_data_path(APP)


def state_dir() -> Path:
    """The directory for what is remembered between runs; PARAPHRASER_STATE_DIR overrides it.

    It may not exist.
    """
    override = os.environ.get(STATE_VARIABLE)
    if override:
        return Path(override)
    import platformdirs

    return platformdirs.user_state_path(APP)


def models_dir() -> Path:
    """One folder per installed model package."""
    return data_dir() / "models"
