"""What a package need not consider: the list, its form, and that the engine uses it."""

import json
import shutil

import ctranslate2
import numpy
import pytest

from convert import parity, shortlist
from convert.package import build
from paraphraser_tui.engine.options import Options
from paraphraser_tui.engine.paraphraser import Paraphraser
from paraphraser_tui.engine.tokens import Framer, load_tokenizer
from paraphraser_tui.models import store
from paraphraser_tui.models.manifest import MANIFEST_NAME, SHORTLIST_NAME

SENTENCES = parity.sample_sentences()[:4]
WIDE = parity.Limits(logprob_difference=0.15, top1_agreement=0.8, shortlist_coverage=0.2)
FREQUENT = 150


class Pieces:
    """A vocabulary by its pieces, the most frequent first; <pad> is a control piece."""

    def __init__(self, *names):
        self.names = names

    def __len__(self):
        return len(self.names)

    def id_to_piece(self, i):
        return self.names[i]

    def is_control(self, i):
        return self.names[i] == "<pad>"

    def is_byte(self, i):
        return self.names[i].startswith("<0x")


def rules(text):
    rows = (line.split("\t") for line in text.rstrip("\n").split("\n"))
    return {piece: said.split(" ") for piece, said in rows}


def test_frequent_pieces_spellings_and_neighbours_count():
    pieces = Pieces(
        "<pad>", "▁the", "▁bought", "<0x41>", "x", "▁Bought", "▁purchased", "▁whale", "a b"
    )
    vectors = numpy.zeros((len(pieces), 3), dtype="float32")
    vectors[[2, 5, 6]] = [[1, 0, 0], [0, 1, 0], [0.9, 0, 0.1]]
    vectors[7] = [-1, 0, 0]
    found = rules("".join(shortlist.lines(pieces, vectors, frequent=3, neighbours=1)))
    assert found[""] == ["▁the", "▁bought", "<0x41>", "x"]
    assert found["▁bought"] == ["▁Bought", "▁purchased"]
    assert found["▁Bought"][0] == "▁Bought" and found["▁whale"] == ["▁whale"]
    assert "a b" not in found and "<pad>" not in found


def test_coverage_is_of_tokens(tmp_path):
    path = tmp_path / SHORTLIST_NAME
    path.write_text("\ta b\nc\tc d\n", encoding="utf-8")
    assert shortlist.coverage(path, [["c"], ["e"]], [["a", "d"], ["b", "d", "e", "a"]]) == 4 / 6


@pytest.fixture(scope="module")
def packages(student_of, tmp_path_factory):
    """The tiny house student as packages with a shortlist and without."""
    root = tmp_path_factory.mktemp("shortlists")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shortlist, "FREQUENT", FREQUENT)
        patched.setattr(shortlist, "WORTH_IT", 2 * FREQUENT)
        short = build(student_of("house"), root / "short", "int8", SENTENCES, WIDE)
    whole = build(student_of("house"), root / "whole", "int8", SENTENCES, WIDE)
    assert short.has_shortlist and not whole.has_shortlist
    assert WIDE.shortlist_coverage < short.parity.shortlist_coverage < 1
    assert whole.parity.shortlist_coverage is None
    return root / "short", root / "whole"


def test_the_engine_says_what_is_on_the_list(packages, monkeypatch):
    allowed = rules((packages[0] / SHORTLIST_NAME).read_text(encoding="utf-8"))
    asked = []
    real = ctranslate2.Translator.translate_batch
    pools = []
    for path in packages:
        manifest = store.verify(path)
        framer = Framer(manifest, load_tokenizer(path, manifest.tokenizer))
        translator = ctranslate2.Translator(str(path), intra_threads=1)
        rows = [framer.source(text, framer.neutral) for text in SENTENCES]
        said = real(
            translator, rows, beam_size=2, use_vmap=manifest.has_shortlist, max_decoding_length=12,
            max_batch_size=1,
        )  # fmt: skip
        pools.append([row.hypotheses[0] for row in said])
        known = [set(allowed[""]).union(*(allowed.get(t, ()) for t in row)) for row in rows]
        outside = [set(said) - ok for said, ok in zip(pools[-1], known, strict=True)]
        assert any(outside) != manifest.has_shortlist
        monkeypatch.setattr(
            ctranslate2.Translator,
            "translate_batch",
            lambda *a, **k: (asked.append(k["use_vmap"]), real(*a, **k))[1],
        )
        with Paraphraser.load(str(path), threads=1) as paraphraser:
            paraphraser.paraphrase(SENTENCES[0], Options(num=2))
            assert set(asked) == {manifest.has_shortlist}
            asked.clear()
            # What could stand at one place is looked for everywhere.
            paraphraser.alternatives(SENTENCES[0], 1)
            assert set(asked) <= {False}
            asked.clear()
    assert pools[0] != pools[1]


def test_small_vocabularies_and_other_tokenizers_have_none(student_of, tmp_path, monkeypatch):
    monkeypatch.setattr(shortlist, "WORTH_IT", 2)
    for shape in ("hub-bart", "t5"):
        manifest = build(student_of(shape), tmp_path / shape, "int8", SENTENCES, WIDE)
        assert not manifest.has_shortlist


def test_a_list_that_was_changed_is_noticed(packages, tmp_path):
    package = shutil.copytree(packages[0], tmp_path / "short")
    with (package / SHORTLIST_NAME).open("a", encoding="utf-8") as stream:
        stream.write("a\tb\n")
    with pytest.raises(store.ModelError, match=SHORTLIST_NAME):
        store.verify(package)
    listed = json.loads((package / MANIFEST_NAME).read_text(encoding="utf-8"))["files"]
    assert SHORTLIST_NAME in {file["name"] for file in listed}
