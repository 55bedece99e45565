"""Every shape of student becomes an intact package that says the same."""

import json
import os
import subprocess
import sys

import pytest

from convert import loaders, parity
from convert.package import build
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.paraphraser import Paraphraser
from paraphraser_tui.engine.tokens import Framer, load_tokenizer
from paraphraser_tui.errors import InputError, OutputError
from paraphraser_tui.models import store
from paraphraser_tui.models.manifest import Role, TokenizerKind

SENTENCES = parity.sample_sentences()[:4]
# Rounding moves random weights of 64 dimensions more than trained ones of 384, and few sentences
# average less of it away: 0.05 nats and an agreement of 0.88 were measured.
WIDE = parity.Limits(logprob_difference=0.15, top1_agreement=0.8)
# What is left without rounding is the order of additions.
EXACT = parity.Limits(logprob_difference=1e-4, top1_agreement=1.0)
SHAPES = ["house", "hub-bart", "t5", "flan-t5"]


@pytest.fixture(scope="module")
def package_of(student_of, tmp_path_factory):
    """package_of(shape, quantization) -> (manifest, directory); leave it as it is."""
    root, built = tmp_path_factory.mktemp("packages"), {}

    def package(shape, quantization="int8"):
        path = root / f"{shape}-{quantization}"
        if path not in built:
            limits = EXACT if quantization == "float32" else WIDE
            built[path] = build(student_of(shape), path, quantization, SENTENCES, limits)
        return built[path], path

    return package


def names(path):
    return sorted(p.name for p in path.iterdir())


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("quantization", ["int8", "float32"])
def test_a_package_is_intact_and_equal_to_its_student(shape, quantization, package_of):
    manifest, path = package_of(shape, quantization)
    assert store.verify(path) == manifest
    assert manifest.role is Role.PARAPHRASER
    assert (manifest.name, manifest.quantization) == (path.name, quantization)
    assert manifest.parity.sentences == len(SENTENCES)
    assert manifest.parity.logprob_difference <= WIDE.logprob_difference
    assert names(path.parent) == sorted(p.name for p in path.parent.iterdir() if p.name[0] != ".")


@pytest.mark.parametrize("shape", SHAPES)
def test_rounding_makes_a_package_smaller(shape, package_of):
    rounded, exact = (
        sum(f.size for f in package_of(shape, q)[0].files if f.name == "model.bin")
        for q in ("int8", "float32")
    )
    assert rounded < 0.4 * exact


@pytest.mark.parametrize("shape", SHAPES)
def test_every_token_of_the_frame_is_in_the_vocabulary(shape, package_of):
    manifest, path = package_of(shape)
    known = set(json.loads((path / "shared_vocabulary.json").read_text(encoding="utf-8")))
    framer = Framer(manifest, load_tokenizer(path, manifest.tokenizer))
    assert set(framer.source("The meeting was postponed.", framer.neutral)) <= known
    assert {framer.end, *framer.target_prefix, *framer.suppress} <= known


@pytest.mark.parametrize("shape", SHAPES)
def test_a_package_runs_in_the_engine(shape, package_of):
    _, path = package_of(shape)
    with Paraphraser.load(str(path), threads=1) as paraphraser:
        results = list(paraphraser.paraphrase_many(SENTENCES[:2], Options(num=2)))
    assert [r.source for r in results] == SENTENCES[:2]
    assert all(r.variants or r.reason for r in results)


def test_what_the_manifest_says_of_a_house_student(package_of):
    manifest, _ = package_of("house")
    assert manifest.tokenizer.kind is TokenizerKind.SENTENCEPIECE
    assert [c.token(c.levels - 1) for c in manifest.controls] == ["<lex2>", "<len2>"]
    assert manifest.licence == "Apache-2.0"
    assert manifest.training == {"training": {"updates": 0}}
    assert manifest.template.after == ("</s>",) and manifest.template.target_prefix == ()


def test_barts_forced_first_token_is_a_prefix(package_of):
    template = package_of("hub-bart")[0].template
    assert (template.before, template.after) == (("<s>",), ("</s>",))
    assert template.target_prefix == ("<s>",)


def test_name_and_licence_can_be_given(student_of, tmp_path):
    manifest = build(
        student_of("house"), tmp_path / "p", "int8", SENTENCES[:1], WIDE, "other", "MIT"
    )
    assert (manifest.name, manifest.licence) == ("other", "MIT")
    assert store.verify(tmp_path / "p") == manifest


def test_sentences_beyond_the_tokenizer_are_not_compared(student_of, tmp_path):
    text = [*SENTENCES[:2], "It is {odd}."]
    assert build(student_of("t5"), tmp_path / "p", "int8", text, WIDE).parity.sentences == 2
    with pytest.raises(InputError, match="none of the sentences"):
        build(student_of("t5"), tmp_path / "q", "int8", text[2:], WIDE)


def test_the_flan_scaling_bug_is_caught(student_of, tmp_path, monkeypatch):
    monkeypatch.setattr(loaders, "_corrected", lambda model: model)
    with pytest.raises(parity.ParityError, match="logprob_difference"):
        build(student_of("flan-t5"), tmp_path / "p", "float32", SENTENCES, parity.Limits())
    assert names(tmp_path) == ["home"]


def test_plain_t5_needs_no_correction(student_of, tmp_path, monkeypatch):
    monkeypatch.setattr(loaders, "_corrected", lambda model: model)
    assert build(student_of("t5"), tmp_path / "p", "float32", SENTENCES[:2], EXACT)


def test_an_existing_package_is_not_replaced_unasked(student_of, tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "mine").write_bytes(b"x")
    with pytest.raises(OutputError, match="exists; use --force"):
        build(student_of("house"), tmp_path / "p", "int8", SENTENCES[:1], WIDE)
    assert names(tmp_path / "p") == ["mine"]


def test_force_replaces_a_package(student_of, tmp_path):
    first = build(student_of("house"), tmp_path / "p", "float32", SENTENCES[:1], WIDE)
    second = build(student_of("house"), tmp_path / "p", "int8", SENTENCES[:1], WIDE, force=True)
    assert store.verify(tmp_path / "p") == second != first
    assert names(tmp_path) == ["home", "p"]


@pytest.mark.parametrize("what", ["student", "something else"])
def test_force_replaces_nothing_but_packages(what, house, tmp_path):
    if what == "student":
        path = house
    else:
        path = tmp_path / "precious"
        path.mkdir()
        (path / "thesis.txt").write_bytes(b"x")
    before = names(path)
    with pytest.raises(OutputError, match="is not a model package"):
        build(house, path, "int8", SENTENCES[:1], WIDE, force=True)
    assert names(path) == before


@pytest.mark.parametrize("place", ["convert_weights", "_sync", "_describe"])
def test_whatever_fails_the_old_package_stays(place, student_of, tmp_path, monkeypatch):
    first = build(student_of("house"), tmp_path / "p", "int8", SENTENCES[:1], WIDE)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"convert.package.{place}", full)
    with pytest.raises(OutputError, match="No space left on device"):
        build(student_of("house"), tmp_path / "p", "float32", SENTENCES[:1], WIDE, force=True)
    assert store.verify(tmp_path / "p") == first
    assert names(tmp_path) == ["home", "p"]


def test_a_package_that_differs_is_not_put_in_place(student_of, tmp_path):
    strict = parity.Limits(logprob_difference=0.0)
    with pytest.raises(parity.ParityError, match="is above 0"):
        build(student_of("house"), tmp_path / "p", "int8", SENTENCES[:1], strict)
    assert names(tmp_path) == ["home"]


def test_the_command(student_of, tmp_path):
    (tmp_path / "text").write_text("\n".join(SENTENCES[:2]), encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable, "-m", "convert", student_of("house"), "-o", tmp_path / "p",
            "--parity-text", tmp_path / "text", "--name", "tiny",
            "--max-logprob-difference", "0.15", "--min-top1-agreement", "0.8",
        ],
        capture_output=True, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    manifest = store.verify(tmp_path / "p")
    assert (manifest.name, manifest.quantization) == ("tiny", "int8")
    assert done.stdout.count("\n") == 1
    assert f"logprob_difference {manifest.parity.logprob_difference}" in done.stdout
