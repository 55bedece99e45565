"""Packages are found by name or path, and only intact ones are handed out."""

import json
import shutil
import subprocess
import sys
import textwrap

import ctranslate2
import pytest
from small_package import FILES, write_package

from paraphraser_tui import paths
from paraphraser_tui.errors import ModelError
from paraphraser_tui.models import store
from paraphraser_tui.models.manifest import MANIFEST_NAME, Role

FILES_LISTED = sorted(FILES)


@pytest.fixture
def package(tmp_path):
    return write_package(tmp_path / "package")


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_an_intact_package(package):
    assert store.verify(package).name == "small"
    assert store.find(str(package), Role.PARAPHRASER).path == package


@pytest.mark.parametrize("role", ["house", "minilm"])
def test_the_bundled_packages_are_intact(role):
    assert store.verify(store.BUNDLED / role).files


@pytest.mark.parametrize("name", FILES_LISTED)
@pytest.mark.parametrize("at", [0, -1])
def test_one_flipped_bit_is_noticed(package, name, at):
    flip(package / name, at)
    with pytest.raises(ModelError, match=rf"{name} does not match its checksum"):
        store.verify(package)


@pytest.mark.parametrize("name", FILES_LISTED)
def test_a_missing_file_is_noticed(package, name):
    (package / name).unlink()
    with pytest.raises(ModelError, match=rf"{name} cannot be read"):
        store.verify(package)


@pytest.mark.parametrize("name", FILES_LISTED)
def test_a_longer_file_is_noticed(package, name):
    with (package / name).open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(ModelError, match=rf"{name} has \d+ bytes instead of \d+"):
        store.verify(package)


@pytest.mark.parametrize("name", ["vmap.txt", ".hidden", "model.bin~"])
def test_an_extra_file_is_noticed(package, name):
    (package / name).write_bytes(b"")
    with pytest.raises(ModelError, match=f"holds '{name}', which its manifest does not list"):
        store.verify(package)


def test_a_directory_in_place_of_a_file(package):
    (package / "spm.model").unlink()
    (package / "spm.model").mkdir()
    with pytest.raises(ModelError):
        store.verify(package)


def test_a_link_to_an_intact_file_is_as_good(package, tmp_path):
    (package / "spm.model").rename(tmp_path / "elsewhere")
    (package / "spm.model").symlink_to(tmp_path / "elsewhere")
    assert store.verify(package)


def test_a_package_of_another_role(package):
    with pytest.raises(ModelError, match="role paraphraser, not encoder"):
        store.find(str(package), Role.ENCODER)


def test_lookup_by_name_prefers_the_bundled_ones():
    write_package(paths.models_dir() / "house")
    assert store.find("house", Role.PARAPHRASER).path == store.BUNDLED / "house"


def test_lookup_of_an_installed_package():
    path = write_package(paths.models_dir() / "mine")
    assert store.find("mine", Role.PARAPHRASER).path == path
    assert list(store.installed())[-1] == path


def test_lookup_of_a_path_relative_to_the_working_directory(package, monkeypatch):
    monkeypatch.chdir(package.parent)
    assert store.find("package", Role.PARAPHRASER).path.samefile(package)
    assert store.find("./package", Role.PARAPHRASER).path.samefile(package)


@pytest.mark.parametrize("name", ["nobody", "", "../house", "a/b", "no\0such", "~"])
def test_an_unknown_model_is_named_with_the_known_ones(name):
    with pytest.raises(ModelError):
        store.find(name, Role.PARAPHRASER)


def test_the_error_names_what_there_is():
    write_package(paths.models_dir() / "mine")
    with pytest.raises(ModelError, match="no model 'nobody'; known models: house, mine, minilm"):
        store.find("nobody", Role.PARAPHRASER)


def test_directories_without_a_manifest_are_not_listed():
    (paths.models_dir() / "junk").mkdir(parents=True)
    assert [p.name for p in store.installed()] == ["house", "minilm"]


def test_the_data_directory_can_be_chosen(monkeypatch, tmp_path):
    assert paths.models_dir() == tmp_path / "data" / "models"
    monkeypatch.delenv("PARAPHRASER_DATA_DIR")
    assert tmp_path / "home" in paths.models_dir().parents


@pytest.mark.parametrize(
    "name", ["config.json", "model.bin", "shared_vocabulary.json", "spm.model"]
)
def test_a_damaged_model_is_refused_before_any_native_load(name, tmp_path, monkeypatch):
    def load(*_, **__):
        raise AssertionError("a damaged package was loaded")

    from paraphraser_tui import Paraphraser

    damaged = tmp_path / "damaged"
    shutil.copytree(store.BUNDLED / "house", damaged)
    flip(damaged / name, 100)
    monkeypatch.setattr(ctranslate2, "Translator", load)
    with pytest.raises(ModelError, match="does not match its checksum"):
        Paraphraser.load(str(damaged))


def test_a_damaged_model_is_refused_before_the_libraries_are_imported(tmp_path):
    damaged = tmp_path / "damaged"
    shutil.copytree(store.BUNDLED / "house", damaged)
    flip(damaged / "model.bin", 1_000_000)
    script = textwrap.dedent(
        """
        import json, sys
        from paraphraser_tui.cli.main import main
        code = main(["--model", sys.argv[1], "--text", "It rained all day."])
        native = [m for m in ("ctranslate2", "sentencepiece", "tokenizers") if m in sys.modules]
        print(json.dumps([code, native]))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, damaged], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [3, []]
    assert done.stderr.count("\n") == 1
    assert "does not match its checksum" in done.stderr


def test_the_manifest_lists_itself_nowhere(package):
    listed = json.loads((package / MANIFEST_NAME).read_text(encoding="utf-8"))["files"]
    assert MANIFEST_NAME not in {file["name"] for file in listed}
    assert store.verify(package)
