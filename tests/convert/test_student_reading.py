"""What is refused before anything heavy is imported."""

import json
import subprocess
import sys
import textwrap

import pytest

from convert.__main__ import main
from convert.student import PICKLES, WEIGHTS, read_student
from paraphraser_tui.errors import InputError


def edit(path, **changes):
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | changes), encoding="utf-8")


@pytest.mark.parametrize("name", [f"weights{ending}" for ending in PICKLES] + ["Model.BIN"])
def test_a_pickle_is_refused(name, house):
    (house / name).write_bytes(b"\x80\x04.")
    with pytest.raises(InputError, match=f"holds {name}; remove it: only safetensors"):
        read_student(house)


def test_a_pickle_is_refused_before_torch_is_imported(house, tmp_path):
    (house / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    script = textwrap.dedent(
        """
        import json, sys
        from convert.__main__ import main
        code = main([sys.argv[1], "-o", sys.argv[2]])
        heavy = {"torch", "transformers", "ctranslate2", "safetensors", "pickle"}
        print(json.dumps([code, sorted(heavy & sys.modules.keys() - {"pickle"})]))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, house, tmp_path / "p"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == [4, []]
    assert done.stderr.count("\n") == 1 and "pytorch_model.bin" in done.stderr


@pytest.mark.parametrize("name", [WEIGHTS, "config.json", "spm.model"])
def test_a_missing_file_is_named(name, house):
    (house / name).unlink()
    with pytest.raises(InputError, match=name):
        read_student(house)


@pytest.mark.parametrize("kind", ["gpt2", "", None, [], {"a": 1}])
def test_an_unknown_architecture(kind, house):
    edit(house / "config.json", model_type=kind)
    with pytest.raises(InputError, match="known are bart, t5, bert"):
        read_student(house)


@pytest.mark.parametrize("name", ["config.json", "student.json"])
@pytest.mark.parametrize("text", ["", "{", "[]", "3", "[" * 100_000])
def test_broken_json(name, text, house):
    (house / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=name):
        read_student(house)


@pytest.mark.parametrize(
    "changes",
    [
        {"controls": []},
        {"controls": {"lex": 0.1}},
        {"controls": {"lex": ["a"]}},
        {"max_source_tokens": "many"},
        {"licence": 3},
        {"source_prefix": None},
    ],
    ids=str,
)
def test_a_student_file_with_something_else_inside(changes, house):
    edit(house / "student.json", **changes)
    with pytest.raises(InputError, match=r"student\.json"):
        read_student(house)


def test_a_file_is_no_student(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for name in ("file", "missing"):
        with pytest.raises(InputError, match="is not a directory"):
            read_student(tmp_path / name)


def test_damaged_weights_are_an_input_error(house, tmp_path, capsys):
    data = (house / WEIGHTS).read_bytes()
    (house / WEIGHTS).write_bytes(data[: len(data) // 2])
    assert main([str(house), "-o", str(tmp_path / "p")]) == 4
    assert "convert: error: " in capsys.readouterr().err
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("text", [None, b"", b"\n\n", b"\xff"])
def test_parity_text_that_cannot_be_used(text, house, tmp_path, capsys):
    if text is not None:
        (tmp_path / "text").write_bytes(text)
    code = main([str(house), "-o", str(tmp_path / "p"), "--parity-text", str(tmp_path / "text")])
    assert code == 4
    assert "text" in capsys.readouterr().err


def test_a_control_code_is_never_emitted(house):
    student = read_student(house)
    codes = {c.token(i) for c in student.controls for i in range(c.levels)}
    assert codes and codes <= set(student.template.suppress)


def test_a_shorter_window_can_be_stated(house):
    assert read_student(house).positions == 40
    edit(house / "student.json", max_source_tokens=20)
    assert read_student(house).positions == 20
    edit(house / "student.json", max_source_tokens=2000)
    assert read_student(house).positions == 40
