"""The stage `filter`: order, counts, report, resuming."""

import json

import pytest

from distill import filters
from distill.config import from_table
from distill.filters import Config, semantic
from distill.filters.length import Length
from distill.filters.report import EXAMPLES
from distill.filters.semantic import Semantic
from distill.filters.verdict import KEEP
from distill.records import Pair, read_jsonl, read_rows, write_jsonl
from paraphraser_tui.errors import InputError, OptionError

SOURCE = "The committee approved the new budget for the school on Monday."
GOOD = [
    "On Monday, the panel passed the school's new budget.",
    "The school's new budget won the approval of the committee on Monday.",
]
BAD = {
    "chatter.chatter": "Sure! The panel passed the new school budget on Monday.",
    "length.shortened": "They approved it Monday.",
    "copies.identical": "The committee approved the new budget for the school on Monday!",
    "drift.date": "The panel passed the school's new budget on Friday.",
    "drift.number": "On Monday, the panel passed the school's new budget of 3 million.",
    "duplicates.duplicate": GOOD[0].upper().replace("MONDAY", "Monday"),
    "semantic.too_far": "On Monday the wind blew coldly through an empty desert of stones.",
}
OUTPUTS = ("pairs.jsonl.xz", "rejected.jsonl.xz", "report.json", "report.png")


@pytest.fixture
def inputs(tmp_path):
    path = tmp_path / "pairs.jsonl.xz"
    texts = [*GOOD, *BAD.values()]
    write_jsonl(path, [Pair(SOURCE, text, "tiny", "teacher", "open") for text in texts])
    return path


def test_every_drop_is_counted_with_its_reason(inputs, tmp_path):
    counts = filters.run(Config(), inputs, tmp_path / "out")
    assert counts == {"rows": 9, "kept": 2, **dict.fromkeys(BAD, 1)}
    kept = list(read_jsonl(tmp_path / "out" / "pairs.jsonl.xz", Pair))
    assert [pair.tgt for pair in kept] == GOOD
    assert all(0.6 < pair.features["similarity"] < 1 for pair in kept)
    assert {pair.teacher for pair in kept} == {"teacher"}
    rejected = [row for _, row in read_rows(tmp_path / "out" / "rejected.jsonl.xz")]
    assert {f"{row['filter']}.{row['reason']}": row["tgt"] for row in rejected} == BAD


def test_a_slice_is_the_top_of_each_file(inputs, tmp_path):
    more = tmp_path / "more.jsonl"
    write_jsonl(more, [Pair(SOURCE, BAD["drift.date"], "more")] * 5)
    counts = filters.run(Config(extra=(more,), limit=2), inputs, tmp_path / "out")
    assert counts == {"rows": 4, "kept": 2, "drift.date": 2}
    with pytest.raises(OptionError, match="limit"):
        Config(limit=-1)


def test_the_report_adds_up(inputs, tmp_path):
    extra = tmp_path / "human.jsonl"
    write_jsonl(extra, [Pair(f"Number {i} it is again.", "No.", "human") for i in range(5)])
    filters.run(Config(extra=(extra,)), inputs, tmp_path / "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert (report["rows"], report["kept"]) == (14, 2)
    left = 14
    for row in report["filters"]:
        assert row["seen"] == left
        assert row["dropped"] == sum(row["reasons"].values())
        left -= row["dropped"]
    assert left == 2
    assert report["sets"] == {"human": {"rows": 5, "kept": 0}, "tiny": {"rows": 9, "kept": 2}}
    length = next(row for row in report["filters"] if row["filter"] == "length")
    assert length["reasons"] == {"few_words": 5, "shortened": 1}
    assert len(length["examples"]["few_words"]) == EXAMPLES
    assert (tmp_path / "out" / "report.png").read_bytes().startswith(b"\x89PNG")


def test_equal_runs_write_equal_files(inputs, tmp_path):
    for name in ("a", "b"):
        filters.run(Config(), inputs, tmp_path / name)
    for name in OUTPUTS:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_killed_and_resumed_it_scores_nothing_twice(tmp_path, monkeypatch):
    monkeypatch.setattr("distill.filters.pipeline.CHUNK_PAIRS", 2)
    inputs = tmp_path / "pairs.jsonl.xz"
    write_jsonl(inputs, [Pair(f"{SOURCE[:-1]} and {w}.", f"{w} {GOOD[0]}", "x") for w in "abcdefg"])
    config = Config()
    asked = []

    class Counting:
        def __init__(self, stop_after=None):
            self._encoder = semantic_encoder("minilm", 1)
            self._left = stop_after

        def encode(self, texts):
            if self._left is not None:
                if self._left == 0:
                    raise KeyboardInterrupt
                self._left -= 1
            asked.extend(texts)
            return self._encoder.encode(texts)

    semantic_encoder = semantic.load_encoder
    monkeypatch.setattr(semantic, "load_encoder", lambda model: Counting())
    filters.run(config, inputs, tmp_path / "calm")
    needed = len(asked)
    asked.clear()
    monkeypatch.setattr(semantic, "load_encoder", lambda model: Counting(stop_after=4))
    with pytest.raises(KeyboardInterrupt):
        filters.run(config, inputs, tmp_path / "out")
    assert not (tmp_path / "out" / "pairs.jsonl.xz").exists()
    monkeypatch.setattr(semantic, "load_encoder", lambda model: Counting())
    filters.run(config, inputs, tmp_path / "out")
    assert len(asked) == needed
    for path in sorted((tmp_path / "calm").iterdir()):
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


def test_a_filter_sees_only_what_the_ones_before_it_kept(inputs, tmp_path, monkeypatch):
    seen = []

    def judge(self, workplace):
        def look(pairs):
            seen.extend(pair.tgt for pair in pairs)
            return [KEEP] * len(pairs)

        return look

    monkeypatch.setattr(Semantic, "judge", judge)
    filters.run(Config(), inputs, tmp_path / "out")
    assert seen == [*GOOD, BAD["semantic.too_far"]]


def test_filters_can_be_turned_off_and_set(inputs, tmp_path):
    table = {
        "semantic": {"enabled": False},
        "length": {"min_ratio": 0.1},
        "drift": {"kinds": ["number"]},
    }
    config = from_table(Config, table)
    assert config.length == Length(min_ratio=0.1)
    counts = filters.run(config, inputs, tmp_path / "out")
    assert counts["kept"] == 5
    with pytest.raises(OptionError, match="did you mean 'min_ratio'"):
        from_table(Config, {"length": {"minratio": 1.0}})


def test_nothing_to_filter(tmp_path):
    with pytest.raises(InputError, match="needs pairs"):
        filters.run(Config(), None, tmp_path / "out")


def test_pairs_of_people_alone(inputs, tmp_path):
    counts = filters.run(Config(extra=(inputs,)), None, tmp_path / "out")
    assert counts["kept"] == 2


def test_a_file_without_rows(tmp_path):
    path = tmp_path / "none.jsonl"
    write_jsonl(path, [])
    assert filters.run(Config(), path, tmp_path / "out") == {"rows": 0, "kept": 0}
