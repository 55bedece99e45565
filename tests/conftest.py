"""Every test has a home of its own, and properties are tried the same way every time."""

import os
import signal

import pytest
from hypothesis import settings

settings.register_profile("repeatable", deadline=None, database=None, derandomize=True)
settings.register_profile("explore", deadline=None, database=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

# A job in the background of a script ignores Ctrl-C, and so would the commands it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """No test reads or writes the real user's files, or reaches for a model hub."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PARAPHRASER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PARAPHRASER_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("CONFIG", "PRESET", "MODEL", "THREADS", "DIVERSITY"):
        monkeypatch.delenv(f"PARAPHRASER_{name}", raising=False)
