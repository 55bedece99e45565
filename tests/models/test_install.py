"""A package comes in whole or not at all, and goes at once."""

import json
import os

import pytest
from archives import contents, write_archive
from small_package import FILES, write_package

from paraphraser_tui import paths
from paraphraser_tui.errors import InputError, ModelError, OptionError, OutputError
from paraphraser_tui.models import install as installing
from paraphraser_tui.models import store
from paraphraser_tui.models.install import install, remove
from paraphraser_tui.models.lock import exclusive
from paraphraser_tui.models.manifest import Role
from paraphraser_tui.models.staging import GONE, STAGED


@pytest.fixture
def package(tmp_path):
    return write_package(tmp_path / "package")


def left():
    return sorted(p.name for p in paths.models_dir().iterdir())


def other(path):
    """A package with the same files and another manifest."""
    return write_package(path, licence="MIT")


def licence(name):
    return store.find(name, Role.PARAPHRASER).manifest.licence


def test_a_directory_is_copied(package):
    found = install(str(package))
    assert found.path == paths.models_dir() / "small"
    assert contents(found.path) == contents(package)
    assert store.find("small", Role.PARAPHRASER) == found
    assert left() == ["small"]


def test_under_another_name(package):
    assert install(str(package), "My-model_2.0").manifest.name == "small"
    assert store.find("My-model_2.0", Role.PARAPHRASER)


def test_what_links_lead_to_is_copied(package, tmp_path):
    (package / "model.bin").rename(tmp_path / "blob")
    (package / "model.bin").symlink_to(tmp_path / "blob")
    copy = install(str(package)).path / "model.bin"
    assert not copy.is_symlink() and copy.read_bytes() == FILES["model.bin"]


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", ".hidden", "-f", "a/b", "a\\b", "a b", "a\n", "ä", "x" * 65, "end.", "../up"],
)
def test_names_that_no_package_gets(package, name):
    with pytest.raises(OptionError, match="--name"):
        install(str(write_package(package.with_name("named"), name=name)))
    if name:
        with pytest.raises(OptionError, match="--name"):
            install(str(package), name)
    assert left() == []


@pytest.mark.parametrize("name", ["house", "minilm", "HOUSE"])
@pytest.mark.parametrize("force", [False, True])
def test_bundled_names_are_taken(package, name, force):
    with pytest.raises(OptionError, match="bundled"):
        install(str(package), name, force)
    with pytest.raises(OptionError, match="comes with the program"):
        remove(name)


def test_replacing_needs_force(package, tmp_path):
    install(str(package))
    newer = other(tmp_path / "newer")
    with pytest.raises(OutputError, match="--force"):
        install(str(newer))
    assert licence("small") == "Apache-2.0"
    install(str(newer), force=True)
    assert licence("small") == "MIT"
    assert left() == ["small"]


def test_a_bad_package_replaces_nothing(package, tmp_path):
    install(str(package))
    newer = other(tmp_path / "newer")
    (newer / "model.bin").write_bytes(bytes(256))
    with pytest.raises(ModelError, match=r"model\.bin in .*newer does not match its checksum"):
        install(str(newer), force=True)
    assert licence("small") == "Apache-2.0"
    assert left() == ["small"]


def test_an_installed_package_can_be_its_own_source(package):
    path = install(str(package)).path
    install(str(path), force=True)
    install(str(path), "copy")
    assert left() == ["copy", "small"]


def test_a_link_that_a_person_put_there_is_replaced_and_not_followed(package, tmp_path):
    kept = other(tmp_path / "kept")
    paths.models_dir().mkdir(parents=True)
    (paths.models_dir() / "small").symlink_to(kept)
    install(str(package), force=True)
    assert licence("small") == "Apache-2.0" and store.verify(kept)
    (paths.models_dir() / "linked").symlink_to(kept)
    remove("linked")
    assert store.verify(kept) and left() == ["small"]


@pytest.mark.parametrize("extra", ["directory", "pipe", "dangling link"])
def test_only_files_are_copied(package, extra):
    if extra == "directory":
        (package / "extra").mkdir()
    elif extra == "pipe":
        os.mkfifo(package / "extra")
    else:
        (package / "extra").symlink_to("nowhere")
    with pytest.raises(ModelError, match="'extra', which is not a plain file"):
        install(str(package))
    assert left() == []


def test_a_compiled_leftover_is_no_part_of_a_package(package):
    (package / "__pycache__").mkdir()
    assert "__pycache__" not in contents(install(str(package)).path)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("google/flan-t5-small", "nothing is fetched unasked; .* hub:OWNER/NAME"),
        ("https://example.org/model.tar", "nothing is fetched unasked"),
        ("nobody", "there is no file or directory nobody"),
        ("/dev/null", "neither a file nor a directory"),
    ],
)
def test_sources_that_are_not_there(source, told):
    with pytest.raises(InputError, match=told):
        install(source)
    assert not paths.models_dir().exists()


def test_a_directory_of_something_else(tmp_path):
    (tmp_path / "photos").mkdir()
    with pytest.raises(ModelError, match="neither a model package"):
        install(str(tmp_path / "photos"))


def test_a_directory_that_cannot_be_written(package, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PARAPHRASER_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(OutputError, match="cannot be written"):
        install(str(package))


def test_a_full_disk_leaves_nothing(package, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        install(str(package))
    assert left() == []


def test_no_more_is_read_than_the_manifest_lists(package, tmp_path):
    def endless():
        yield bytes(256)
        yield b"x"
        raise AssertionError("read on")

    (listed,) = (f for f in store.verify(package).files if f.name == "model.bin")
    with pytest.raises(ModelError, match=r"model\.bin in there has more than its 256 bytes"):
        installing._copy(endless(), tmp_path / "copy", listed, "there")
    assert (tmp_path / "copy").stat().st_size == 256


def test_two_at_once(package, tmp_path, monkeypatch):
    newer = other(tmp_path / "newer")
    fill = installing._fill

    def meanwhile(*arguments):
        for change in (lambda: install(str(newer)), lambda: remove("there")):
            with pytest.raises(OutputError, match="another command is changing the models"):
                change()
        fill(*arguments)

    install(str(package), "there")
    monkeypatch.setattr(installing, "_fill", meanwhile)
    install(str(package))
    assert licence("small") == "Apache-2.0"
    assert left() == ["small", "there"]


def test_the_lock_ends_with_its_holder():
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), exclusive():
            raise ZeroDivisionError


@pytest.mark.parametrize("as_archive", [False, True])
def test_an_interrupted_copy_goes_on_where_it_was(package, tmp_path, monkeypatch, as_archive):
    source = str(
        write_archive(tmp_path / "a.tar.gz", "tar.gz", tmp_path) if as_archive else package
    )
    copied = []
    copy = installing._copy

    def interrupted(chunks, path, file, shown):
        copied.append(file.name)
        if len(copied) == 3:
            path.write_bytes(b"part")
            raise KeyboardInterrupt
        copy(chunks, path, file, shown)

    monkeypatch.setattr(installing, "_copy", interrupted)
    with pytest.raises(KeyboardInterrupt):
        install(source)
    assert [name[: len(STAGED)] for name in left()] == [STAGED]
    assert [p.name for p in store.installed()] == ["house", "minilm"]
    assert store.by_name(left()[0]) is None
    install(source)
    names = sorted(FILES)
    assert copied == names[:3] + names[2:]
    assert left() == ["small"]


def test_what_was_left_half_right_is_copied_again(package, monkeypatch):
    def interrupted(place, manifest, parcel):
        for name in FILES:
            (place / name).write_bytes(FILES[name][::-1])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(installing, "_fill", interrupted)
        with pytest.raises(KeyboardInterrupt):
            install(str(package))
    assert contents(install(str(package)).path) == contents(package)


def test_remains_of_others_are_swept_up(package, tmp_path):
    models = paths.models_dir()
    for name in (f"{STAGED}0123", f"{GONE}xyz", f"{store.SET_ASIDE}small"):
        (models / name / "deep").mkdir(parents=True)
    write_package(models / "small")
    (models / ".mine").mkdir()
    other(models / f"{store.SET_ASIDE}lost")
    install(str(package), "new")
    assert left() == [".mine", "lost", "new", "small"]
    assert licence("lost") == "MIT"


def test_a_package_that_is_being_replaced_is_still_found(package):
    paths.models_dir().mkdir(parents=True)
    package.rename(paths.models_dir() / f"{store.SET_ASIDE}small")
    assert licence("small") == "Apache-2.0"
    remove("small")
    assert left() == []


def test_removing(package):
    install(str(package))
    install(str(package), "other")
    (paths.models_dir() / "other" / "manifest.json").write_text("{")
    remove("other")  # damaged or not
    assert left() == ["small"]
    for name in ("other", "nobody", "", "..", str(package), "../models/small"):
        with pytest.raises(ModelError, match="no model"):
            remove(name)
    assert left() == ["small"]


def test_a_manifest_may_say_odd_things_and_still_be_verified(tmp_path):
    path = write_package(tmp_path / "odd")
    manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"].append({"name": "\ud800", "size": -1, "sha256": ""})
    (path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="no file can be called"):
        store.verify(path)
