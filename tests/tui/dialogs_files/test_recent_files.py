"""Files that were opened lately."""

import os
import stat
from pathlib import Path

import pytest

from paraphraser_tui.tui.recent import FILE_NAME, KEPT, recent_files, remember_file


@pytest.fixture
def state(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "state" / "deep"
    monkeypatch.setenv("PARAPHRASER_STATE_DIR", str(folder))
    return folder


def test_nothing_is_recent_at_first(state):
    assert recent_files() == ()


def test_the_latest_comes_first_and_once(state):
    for name in ("/a", "/b", "/c", "/a"):
        remember_file(Path(name))
    assert recent_files() == (Path("/a"), Path("/c"), Path("/b"))


def test_old_ones_are_forgotten(state):
    for number in range(KEPT + 5):
        remember_file(Path(f"/{number}"))
    assert len(recent_files()) == KEPT
    assert recent_files()[-1] == Path("/5")


def test_a_path_is_kept_whole(state, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    odd = Path(os.fsdecode(b"caf\xe9\n\x1b.txt"))
    remember_file(odd)
    assert recent_files() == (tmp_path / odd,)


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b'{"a": 1}', b"\xff\xfe", b"[" * 100_000, b'[1, null, ["/a"], "relative"]', b"7"],
)
def test_a_damaged_file_is_an_empty_one(state, damage):
    state.mkdir(parents=True)
    (state / FILE_NAME).write_bytes(damage)
    assert recent_files() == ()
    remember_file(Path("/a"))
    assert recent_files() == (Path("/a"),)


def test_a_damaged_entry_leaves_the_others(state):
    state.mkdir(parents=True)
    (state / FILE_NAME).write_text('[3, "/a", {}, "/b"]')
    assert recent_files() == (Path("/a"), Path("/b"))


def test_where_nothing_can_be_written_nothing_breaks(state):
    state.parent.mkdir()
    state.write_text("a file where the folder should be")
    remember_file(Path("/a"))
    assert recent_files() == ()


def test_a_folder_in_its_place_breaks_nothing(state):
    (state / FILE_NAME).mkdir(parents=True)
    remember_file(Path("/a"))
    assert recent_files() == ()


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_only_the_user_reads_it(state):
    remember_file(Path("/a"))
    remember_file(Path("/b"))
    assert stat.S_IMODE((state / FILE_NAME).stat().st_mode) == 0o600
    assert [file.name for file in state.iterdir()] == [FILE_NAME]
