"""Whenever an install dies, the old state is there, and the next install clears up."""

import io
import os
import signal
import subprocess
import sys
import textwrap
from itertools import count

import pytest
from archives import contents
from small_package import write_package

from paraphraser_tui import paths
from paraphraser_tui.models import install as installing
from paraphraser_tui.models import store
from paraphraser_tui.models.install import install, remove
from paraphraser_tui.models.manifest import Role

CHANGING = ("mkdir", "rename", "replace", "unlink", "rmdir", "fsync")


class Killed(BaseException):
    """The process is dead: nothing catches this, and nothing on the disk changes after it."""


@pytest.fixture
def dies(monkeypatch):
    """dies(step): from that change of the disk on, counted from 0, no change happens any more."""

    def prepare(patch, step):
        changes = count()

        def wrap(real):
            def wrapped(*arguments, **settings):
                if next(changes) >= step:
                    raise Killed
                return real(*arguments, **settings)

            return wrapped

        def opened(file, mode="r", *arguments, **settings):
            if set(mode) & set("wax+"):
                return wrap(real_open)(file, mode, *arguments, **settings)
            return real_open(file, mode, *arguments, **settings)

        real_open = io.open
        for name in CHANGING:
            patch.setattr(os, name, wrap(getattr(os, name)))
        patch.setattr(io, "open", opened)

    return prepare


def left():
    return sorted(p.name for p in paths.models_dir().iterdir())


def killed_at_every_step(dies, monkeypatch, tmp_path, change):
    """Yields the data directory's state after a death at each step of `change`."""
    for step in count():
        monkeypatch.setenv("PARAPHRASER_DATA_DIR", str(tmp_path / f"data{step}"))
        install(str(tmp_path / "old"), "mine")
        with monkeypatch.context() as patch:
            dies(patch, step)
            try:
                change()
            except Killed:
                pass
            else:
                assert step > 5
                return
        yield step


@pytest.fixture
def packages(tmp_path):
    return write_package(tmp_path / "old"), write_package(tmp_path / "new", licence="MIT")


def test_replacing(dies, monkeypatch, tmp_path, packages):
    old, new = packages
    seen = []
    for _ in killed_at_every_step(
        dies, monkeypatch, tmp_path, lambda: install(str(new), "mine", force=True)
    ):
        found = store.find("mine", Role.PARAPHRASER)
        seen.append(found.manifest.licence)
        assert contents(found.path) == contents(old if seen[-1] == "Apache-2.0" else new)
        assert {p.name for p in store.installed()} <= {"house", "minilm", "mine"}
        install(str(new), "mine", force=True)
        assert left() == ["mine"]
    assert seen == sorted(seen) and set(seen) == {"Apache-2.0", "MIT"}


def test_adding(dies, monkeypatch, tmp_path, packages):
    old, new = packages
    for _ in killed_at_every_step(dies, monkeypatch, tmp_path, lambda: install(str(new), "more")):
        assert contents(paths.models_dir() / "mine") == contents(old)
        for path in store.installed():
            store.verify(path)
        install(str(new), "more", force=True)
        assert left() == ["mine", "more"]


def test_removing(dies, monkeypatch, tmp_path, packages):
    for _ in killed_at_every_step(dies, monkeypatch, tmp_path, lambda: remove("mine")):
        for path in store.installed():
            store.verify(path)
        install(str(packages[1]), "more")
        assert left() in (["mine", "more"], ["more"])


@pytest.mark.parametrize("where", ["installing._copy", "installing.store.verify", "os.rename"])
def test_a_real_kill(where, tmp_path, packages):
    old, new = packages
    install(str(old), "mine")
    script = f"""
        import os, signal, sys
        from paraphraser_tui.models import install as installing

        real, calls = {where}, []

        def once(*arguments):
            if calls:
                os.kill(os.getpid(), signal.SIGKILL)
            calls.append(1)
            return real(*arguments)

        {where} = once
        installing.install(sys.argv[1], "mine", force=True)
    """
    if where == "installing.store.verify":
        script = script.replace("if calls", "if True")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(new)],
        capture_output=True,
        check=False,
        env=os.environ,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    found = store.find("mine", Role.PARAPHRASER)
    assert contents(found.path) == contents(old)
    assert left() != ["mine"]
    install(str(new), "mine", force=True)
    assert contents(paths.models_dir() / "mine") == contents(new)
    assert left() == ["mine"]


def test_an_error_at_the_last_step_puts_the_old_one_back(monkeypatch, packages):
    old, new = packages
    install(str(old), "mine")
    rename = os.rename

    def refused(source, target):
        if ".new-" in str(source):
            raise OSError(13, "Permission denied")
        rename(source, target)

    monkeypatch.setattr(os, "rename", refused)
    with pytest.raises(installing.OutputError, match="Permission denied"):
        install(str(new), "mine", force=True)
    assert contents(paths.models_dir() / "mine") == contents(old)
    assert left() == ["mine"]
