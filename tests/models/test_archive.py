"""A hostile archive ends in one clear line, and nothing of it stays; an honest one is installed."""

import io
import tarfile

import pytest
from archives import HONEST, HOSTILE, contents, tar_of, write_archive
from hypothesis import given, settings
from hypothesis import strategies as st
from small_package import write_package

from paraphraser_tui import paths
from paraphraser_tui.errors import ParaphraserError
from paraphraser_tui.models import archive, store
from paraphraser_tui.models.install import install

# Each example writes a few files.
EXAMPLES = 60


def left():
    """Names in the directory of the models."""
    models = paths.models_dir()
    return sorted(p.name for p in models.iterdir()) if models.exists() else []


@pytest.fixture
def files(tmp_path):
    return contents(write_package(tmp_path / "package"))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_archive(kind, files, tmp_path):
    write, code, reason = HOSTILE[kind]
    source = tmp_path / "source"
    source.write_bytes(write(files))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ParaphraserError, match=reason) as caught:
        install(str(source), "mine")
    assert caught.value.exit_code == code
    assert "\n" not in str(caught.value) and str(source) in str(caught.value)
    assert left() == []
    data = tmp_path / "data"
    new = set(tmp_path.rglob("*")) - set(before) - {data, data / "models", data / "models.lock"}
    assert new == set()


@pytest.mark.parametrize("folder", ["", ".", "small-1.0", "./small"])
@pytest.mark.parametrize("kind", HONEST)
def test_an_honest_archive(kind, folder, tmp_path):
    source = write_archive(tmp_path / "any-name", kind, tmp_path, folder)
    package = install(str(source))
    assert package.path == paths.models_dir() / "small"
    assert contents(package.path) == contents(tmp_path / "to-pack")
    assert left() == ["small"]


def test_folders_have_entries_too_and_the_manifest_may_come_first(files, tmp_path):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for name in (".", "./small"):
            info = tarfile.TarInfo(name)
            info.type = tarfile.DIRTYPE
            tar.addfile(info)
        for name in sorted(files, key=lambda n: n != "manifest.json"):
            info = tarfile.TarInfo(f"./small/{name}")
            info.size = len(files[name])
            tar.addfile(info, io.BytesIO(files[name]))
    (tmp_path / "source").write_bytes(stream.getvalue())
    assert contents(install(str(tmp_path / "source")).path) == files


def test_an_archive_of_gnu_tar_with_a_long_name(files, tmp_path):
    folder = "f" * 150
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(f"{folder}/{name}")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    (tmp_path / "source").write_bytes(stream.getvalue())
    assert contents(install(str(tmp_path / "source")).path) == files


def test_xz_streams_may_follow_each_other(files, tmp_path):
    import lzma

    data = tar_of(files)
    (tmp_path / "source").write_bytes(
        lzma.compress(data[:1000]) + bytes(8) + lzma.compress(data[1000:])
    )
    assert contents(install(str(tmp_path / "source")).path) == files


def test_the_limit_holds_for_all_files_together(files, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "RATIO_FLOOR", 1000)
    monkeypatch.setattr(archive, "MAX_RATIO", 0)
    (tmp_path / "source").write_bytes(tar_of(files))
    with pytest.raises(ParaphraserError, match="unpacks to more than 1000 bytes"):
        install(str(tmp_path / "source"))


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    place = tmp_path_factory.mktemp("honest")
    return {kind: write_archive(place / kind, kind, place).read_bytes() for kind in HONEST}


@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_whatever_is_damaged_all_or_nothing_is_installed(data, honest, tmp_path_factory):
    whole = honest[data.draw(st.sampled_from(sorted(HONEST)))]
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    flipped = bytes([whole[at] ^ data.draw(st.integers(1, 255))])
    place = tmp_path_factory.mktemp("damaged")
    source = place / "source"
    source.write_bytes(whole[:at] if cut else whole[:at] + flipped + whole[at + 1 :])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARAPHRASER_DATA_DIR", str(place / "data"))
        try:
            install(str(source), "mine")
        except ParaphraserError as error:
            assert "\n" not in str(error)
            assert left() == []
        else:
            assert left() == ["mine"]
            assert store.verify(paths.models_dir() / "mine")
