"""Students are converted in a process of their own, or the user is told what that takes."""

import shutil
import subprocess
from pathlib import Path

import pytest
from archives import contents
from small_package import write_package

from paraphraser_tui import paths
from paraphraser_tui.errors import InputError, ModelError, OptionError, OutputError
from paraphraser_tui.models import conversion
from paraphraser_tui.models.install import install

CONVERT_TESTS = Path(__file__).parents[1] / "convert"
# Random weights lose more by rounding than trained ones.
OFFLINE = {"HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"}
WIDE = ["--max-logprob-difference", "0.15", "--min-top1-agreement", "0.8"]


@pytest.fixture
def student(tmp_path):
    path = tmp_path / "student"
    path.mkdir()
    (path / "student.json").write_text("{}")
    return path


@pytest.fixture
def converter(monkeypatch):
    """converter(act): in place of a process, `act(command)` gives exit code and stderr."""
    monkeypatch.setattr(conversion, "find_spec", lambda name: name)

    def replace(act):
        def run(command, **settings):
            replace.environment = settings["env"]
            code, told = act(command)
            return subprocess.CompletedProcess(command, code, "", told)

        monkeypatch.setattr(conversion.subprocess, "run", run)

    return replace


def left():
    models = paths.models_dir()
    return sorted(p.name for p in models.iterdir()) if models.exists() else []


def test_without_the_extra(student, monkeypatch):
    monkeypatch.setattr(conversion, "find_spec", lambda name: None if name == "torch" else name)
    with pytest.raises(ModelError, match=r"pip install 'paraphraser-tui\[convert\]'"):
        install(str(student))
    assert left() == []


def test_a_package_is_made_checked_and_moved(student, converter):
    def act(command):
        assert command[-3:-1] == [str(student), "-o"]
        write_package(Path(command[-1]))
        return 0, ""

    converter(act)
    assert install(str(student)).path == paths.models_dir() / "student"
    assert left() == ["student"]
    with pytest.raises(OutputError, match="--force"):
        install(str(student))
    with pytest.raises(OptionError, match="bundled"):
        install(str(student), "house")
    install(str(student), "other")
    assert left() == ["other", "student"]


@pytest.mark.parametrize("source", ["student", "hub:tiny/model@v1"])
def test_only_a_model_of_the_hub_is_not_converted_offline(student, converter, monkeypatch, source):
    for name in OFFLINE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(student.parent)

    def act(command):
        assert command[-3].endswith(source)
        write_package(Path(command[-1]))
        return 0, ""

    converter(act)
    name = "student" if source == "student" else "model"
    assert install(source).path == paths.models_dir() / name
    offline = OFFLINE & converter.environment.keys()
    assert offline == (OFFLINE if source == "student" else set())


def test_a_directory_that_is_called_like_a_model_of_the_hub(student, converter, monkeypatch):
    monkeypatch.chdir(student.parent)
    shutil.copytree(student, "hub:tiny/model")
    converter(lambda command: (4, f"convert: error: {command[-3]}\n"))
    with pytest.raises(InputError, match=r"^hub:tiny/model$"):
        install("hub:tiny/model")
    with pytest.raises(InputError, match=r"^/.*/hub:tiny/model$"):
        install("./hub:tiny/model")


def test_what_the_converter_makes_is_checked_too(student, converter):
    def act(command):
        (write_package(Path(command[-1])) / "model.bin").write_bytes(b"")
        return 0, ""

    converter(act)
    with pytest.raises(ModelError, match="bytes instead of"):
        install(str(student))
    assert left() == []


@pytest.mark.parametrize(
    ("code", "told", "error", "line"),
    [
        (4, "Loading...\nconvert: error: it has no weights\n", InputError, "^it has no weights$"),
        (5, "convert: error: disk full\n", OutputError, "^disk full$"),
        (3, "convert: error: it differs\n", ModelError, "^it differs$"),
        (1, "Traceback\nBoom: why\n", ModelError, "student was not converted: Boom: why$"),
        (-9, "", ModelError, "student was not converted: exit code -9$"),
    ],
)
def test_what_the_converter_complains_of(student, converter, code, told, error, line):
    converter(lambda command: (code, told))
    with pytest.raises(error, match=line):
        install(str(student))
    assert left() == []


def test_a_real_student(tmp_path, monkeypatch):
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    monkeypatch.syspath_prepend(CONVERT_TESTS)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "torch.py").write_text("raise SystemExit('not this one')")
    import tiny_students

    run = subprocess.run
    monkeypatch.setattr(conversion.subprocess, "run", lambda c, **k: run([*c, *WIDE], **k))
    tiny_students.write_house(tmp_path / "tiny")
    package = install("tiny", "mine")
    assert package.manifest.name == "mine"
    assert {"model.bin", "spm.model", "manifest.json"} <= set(contents(package.path))
    (tmp_path / "tiny" / "model.safetensors").unlink()
    with pytest.raises(InputError, match=r"tiny has no model\.safetensors"):
        install("tiny", "mine", force=True)
    assert left() == ["mine"]
