"""The manifest: written, read again, and never trusted."""

import copy
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_package import MANIFEST, write_package

from paraphraser_tui.errors import ModelError
from paraphraser_tui.models.manifest import (
    MANIFEST_NAME,
    Control,
    PackagedFile,
    Role,
    read_manifest,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
FILES = [{"name": "spm.model", "size": 3, "sha256": "0" * 64}]
GOOD = json.loads(MANIFEST.to_json()) | {"files": FILES}


def read(text, path):
    (path / MANIFEST_NAME).write_text(text, encoding="utf-8")
    return read_manifest(path)


def test_round_trip(tmp_path):
    path = write_package(tmp_path / "small")
    assert read_manifest(path) == replace(MANIFEST, files=read_manifest(path).files)
    path = write_package(tmp_path / "p", name="naïve „name“", parity=None)
    assert read_manifest(path).name == "naïve „name“"
    assert read_manifest(path).parity is None


@given(st.text() | JSON.map(json.dumps))
def test_arbitrary_json_is_a_model_error(text):
    with tempfile.TemporaryDirectory() as path, pytest.raises(ModelError):
        read(text, Path(path))


@given(st.data())
def test_a_manifest_with_something_else_inside_is_read_or_refused(data):
    tree = copy.deepcopy(GOOD)
    place = tree
    while True:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(JSON)
        break
    with tempfile.TemporaryDirectory() as path:
        try:
            manifest = read(json.dumps(tree), Path(path))
        except ModelError:
            return
    assert isinstance(manifest.name, str) and isinstance(manifest.role, Role)
    assert all(isinstance(f, PackagedFile) for f in manifest.files)


@pytest.mark.parametrize("key", ["name", "role", "tokenizer", "files", "max_source_tokens"])
def test_a_missing_key_is_a_model_error(key, tmp_path):
    with pytest.raises(ModelError, match="is not a model manifest"):
        read(json.dumps({k: v for k, v in GOOD.items() if k != key}), tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"surprise": 1},
        {"role": "dictator"},
        {"max_source_tokens": "64"},
        {"max_source_tokens": True},
        {"max_source_tokens": 6.5},
        {"files": {}},
        {"files": [{"name": "a", "size": 1}]},
        {"training": []},
        {"tokenizer": {"kind": "pickle", "file": "a"}},
        {"controls": [{"name": "lex", "thresholds": ["a"]}]},
        {"controls": [{"name": "lex", "thresholds": [10**400]}]},
    ],
    ids=str,
)
def test_a_wrong_value_is_a_model_error(changes, tmp_path):
    with pytest.raises(ModelError, match="is not a model manifest"):
        read(json.dumps(GOOD | changes), tmp_path)


def test_another_schema_is_refused(tmp_path):
    with pytest.raises(ModelError, match="has schema 2; this program reads 1"):
        read(json.dumps(GOOD | {"schema": 2}), tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "nul", '{"name": NaN'])
def test_broken_json(text, tmp_path):
    with pytest.raises(ModelError, match="not valid JSON"):
        read(text, tmp_path)


def test_bytes_that_are_no_text(tmp_path):
    (tmp_path / MANIFEST_NAME).write_bytes(b"\xff\xfe{}")
    with pytest.raises(ModelError, match="not valid JSON"):
        read_manifest(tmp_path)


def test_no_manifest(tmp_path):
    with pytest.raises(ModelError, match="no model package at"):
        read_manifest(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/passwd", "a/b", "a\\b", "..", ".", "", "C:x", "a\0b", MANIFEST_NAME],
)
def test_only_plain_file_names(name, tmp_path):
    files = [{"name": name, "size": 1, "sha256": "0" * 64}]
    with pytest.raises(ModelError, match="which is not a plain file name"):
        read(json.dumps(GOOD | {"files": [*FILES, *files]}), tmp_path)


@pytest.mark.parametrize("name", ["../spm.model", "/etc/passwd", "other.model", ""])
def test_the_tokenizer_is_one_of_the_files(name, tmp_path):
    path = write_package(tmp_path / "p")
    tree = json.loads((path / MANIFEST_NAME).read_text(encoding="utf-8"))
    tree["tokenizer"]["file"] = name
    with pytest.raises(ModelError, match="as tokenizer and does not list it"):
        read(json.dumps(tree), path)


def test_levels_and_tokens_of_a_control():
    control = Control("lex", (0.1, 0.5))
    assert control.levels == 3
    assert [control.token(i) for i in range(3)] == ["<lex0>", "<lex1>", "<lex2>"]
