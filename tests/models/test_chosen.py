"""The chosen default is remembered, can be taken back, and is never guessed."""

import pytest
from small_package import write_package

from paraphraser_tui import paths
from paraphraser_tui.errors import ModelError, OptionError, OutputError
from paraphraser_tui.models.catalogue import catalogue
from paraphraser_tui.models.chosen import choose, chosen, default_model
from paraphraser_tui.models.install import install, remove
from paraphraser_tui.models.manifest import Role


@pytest.fixture
def mine(tmp_path):
    return install(str(write_package(tmp_path / "package")), "mine").path


def files():
    return sorted(p.name for p in paths.data_dir().iterdir())


def test_without_a_choice():
    assert default_model() == chosen() == "house"
    assert not paths.data_dir().exists()


def test_a_choice_and_the_way_back(mine):
    choose("mine")
    assert default_model() == "mine"
    assert files() == ["default-model", "models", "models.lock"]
    assert [e.name for e in catalogue() if e.is_default] == ["mine"]
    choose("house")
    assert default_model() == "house"
    assert files() == ["models", "models.lock"]
    choose("house")


def test_a_choice_that_was_removed_since(mine):
    choose("mine")
    remove("mine")
    with pytest.raises(ModelError, match="mine is not installed any more; 'paraphrase models use"):
        default_model()
    assert chosen() == "mine"
    assert not any(e.is_default for e in catalogue())


@pytest.mark.parametrize("content", [b"", b"\n", b"../mine", b"a\nb", b"\xff", b"x" * 10**6])
def test_a_file_that_holds_no_name(mine, content):
    (paths.data_dir() / "default-model").write_bytes(content)
    with pytest.raises(ModelError, match="does not hold the name of a model; 'paraphrase models"):
        default_model()
    assert not any(e.is_default for e in catalogue())
    choose("house")
    assert default_model() == "house"


def test_only_what_can_be_loaded_is_chosen(mine, tmp_path):
    choose("mine")
    write_package(paths.models_dir() / "encoder", role=Role.ENCODER)
    (write_package(paths.models_dir() / "damaged") / "spm.model").write_bytes(b"SPM")
    write_package(paths.models_dir() / "odd name")
    for name, told in (
        ("minilm", "role encoder"),
        ("encoder", "role encoder"),
        ("damaged", "checksum"),
        ("nobody", "no model 'nobody'; known models: damaged, encoder, house, mine, minilm"),
        (str(mine), "no model"),
        ("", "no model"),
    ):
        with pytest.raises(ModelError, match=told):
            choose(name)
    with pytest.raises(OptionError, match="rename"):
        choose("odd name")
    assert default_model() == "mine"


def test_a_choice_that_cannot_be_written(mine, monkeypatch):
    choose("mine")
    (paths.data_dir() / "default-model").unlink()
    (paths.data_dir() / "default-model").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        choose("mine")
    assert files() == ["default-model", "models", "models.lock"]
