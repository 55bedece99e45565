"""A user with a home, a project in it, and settings files for both."""

from pathlib import Path

import pytest

from paraphraser_tui.settings.files import CONFIG_VARIABLE, PROJECT_FILE
from paraphraser_tui.settings.resolve import VARIABLES, resolve


class World:
    """Where files are written and settings resolved."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.project = home / "project"
        self.directory = self.project / "deep" / "down"
        self.directory.mkdir(parents=True)
        self.user_file = home / ".config" / "paraphraser-tui" / "settings.toml"
        self.project_file = self.project / PROJECT_FILE

    def user(self, text):
        """Write the user's settings."""
        return self._write(self.user_file, text)

    def of_project(self, text):
        """Write the settings of the project."""
        return self._write(self.project_file, text)

    def resolve(self, environment=None, **given):
        """The settings in a folder of the project."""
        return resolve(given, environment or {}, self.directory)

    def _write(self, path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path


@pytest.fixture
def world(tmp_path, monkeypatch):
    """Nothing is set; the working directory is deep inside a project."""
    for variable in (CONFIG_VARIABLE, *VARIABLES):
        monkeypatch.delenv(variable, raising=False)
    # On other systems the place of the user's file differs, and so it is fixed here.
    monkeypatch.setattr(
        "platformdirs.user_config_path", lambda app: tmp_path / "home" / ".config" / app
    )
    made = World(tmp_path / "home")
    monkeypatch.chdir(made.directory)
    return made
