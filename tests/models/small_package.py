"""A package with the right shape and no model in it: enough for everything before a load."""

from dataclasses import replace

from paraphraser_tui.models.manifest import (
    MANIFEST_NAME,
    Control,
    Manifest,
    Parity,
    Role,
    Template,
    TokenizerFile,
    TokenizerKind,
)
from paraphraser_tui.models.store import describe_file

FILES = {
    "config.json": b"{}",
    "model.bin": bytes(range(256)),
    "shared_vocabulary.json": b'["a"]',
    "spm.model": b"spm",
}

MANIFEST = Manifest(
    name="small",
    role=Role.PARAPHRASER,
    architecture="bart",
    quantization="int8",
    licence="Apache-2.0",
    tokenizer=TokenizerFile(TokenizerKind.SENTENCEPIECE, "spm.model"),
    max_source_tokens=64,
    max_target_tokens=64,
    files=(),
    controls=(Control("lex", (0.1, 0.5)),),
    template=Template("", (), ("</s>",), (), ("<pad>",)),
    parity=Parity(3, 0.01, 0.99),
    training={"data": ["one", {"two": 2}]},
)


def write_package(path, **changes):
    """Write a small package to `path`, with some of its manifest changed."""
    path.mkdir(parents=True)
    for name, data in FILES.items():
        (path / name).write_bytes(data)
    files = tuple(describe_file(path / name) for name in FILES)
    manifest = replace(MANIFEST, **{"files": files} | changes)
    (path / MANIFEST_NAME).write_text(manifest.to_json(), encoding="utf-8")
    return path
