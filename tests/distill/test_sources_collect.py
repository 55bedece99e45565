"""The stage `sources`: reading, checks, counts, sampling, resuming."""

import dataclasses
import gzip
import json
import random

import pytest

from distill import sources
from distill.config import from_table
from distill.records import Pair, Source, read_jsonl, write_jsonl
from distill.sources import Config, Origin, collect, corpora
from distill.sources.corpora import Corpus
from paraphraser_tui.errors import InputError, OptionError

ENGLISH = [
    "The committee will meet again on Thursday morning.",
    "A small dog chased the ball across the park.",
    "How do I learn to play the piano at home?",
    "She bought three apples and a loaf of bread.",
    "Heavy rain is expected in the north of the country tonight.",
    "The museum has been closed since the fire in April.",
]


@pytest.fixture
def text_file(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("\n".join(ENGLISH) + "\n", "utf-8")
    return path


def texts(out_dir):
    return [source.text for source in read_jsonl(out_dir / "sources.jsonl.xz", Source)]


def test_every_loss_is_counted(tmp_path):
    path = tmp_path / "mixed.txt"
    lines = [
        *ENGLISH,
        "Too short.",
        "word " * 70,
        "Der Ausschuss wird sich am Donnerstag wieder treffen.",
        "the committee  will meet again on thursday MORNING",
        "This sentence stands in the test set, I am afraid.",
        "",
    ]
    path.write_text("\n".join(lines), "utf-8")
    tests = tmp_path / "test.jsonl"
    write_jsonl(tests, [{"refs": ["x", "This sentence stands in the test set - I am afraid!"]}])
    config = Config((Origin(path=path, set="mixed", licence="open"),), tests=(tests,))
    counts = sources.run(config, None, tmp_path / "out")
    assert counts == {
        "mixed.read": 11,
        "mixed.too_short": 1,
        "mixed.too_long": 1,
        "mixed.other_language": 1,
        "mixed.same_meaning": 0,
        "mixed.duplicate": 1,
        "mixed.in_test": 1,
        "mixed.kept": 6,
        "sources": 6,
    }
    found = list(read_jsonl(tmp_path / "out" / "sources.jsonl.xz", Source))
    assert found == [Source(text, "mixed", "open") for text in ENGLISH]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.xz", "rows.jsonl.gz"])
def test_json_lines_plain_and_compressed(tmp_path, name):
    path = tmp_path / name
    write_jsonl(path, [{"text": ENGLISH[0]}, {"src": ENGLISH[1], "tgt": ENGLISH[2]}])
    counts = sources.run(Config((Origin(path=path),)), None, tmp_path / "out")
    assert texts(tmp_path / "out") == ENGLISH[:2]
    assert counts["rows.same_meaning"] == 1


def test_human_pairs_go_with_their_source(tmp_path):
    path = tmp_path / "pairs.jsonl"
    write_jsonl(path, [Pair(ENGLISH[0], ENGLISH[1], "x"), {"src": ENGLISH[2]}])
    config = Config((Origin(path=path, licence="research"),), human_pairs=True)
    assert sources.run(config, None, tmp_path / "out")["human_pairs"] == 1
    human = list(read_jsonl(tmp_path / "out" / "human.jsonl.xz", Pair))
    assert human == [Pair(ENGLISH[0], ENGLISH[1], "pairs", licence="research")]


def test_a_long_part_of_a_test_text_is_leakage(tmp_path, text_file):
    tests = tmp_path / "test.jsonl"
    longer = "Reporters say that heavy rain is expected in the north of the country tonight again."
    write_jsonl(tests, [{"text": longer}])
    counts = sources.run(Config((Origin(path=text_file),), tests=(tests,)), None, tmp_path / "out")
    assert counts["mine.in_test"] == 1
    assert ENGLISH[4] not in texts(tmp_path / "out")


def test_a_limit_chooses_by_hash_not_by_order(tmp_path, text_file):
    chosen = {}
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        lines = list(ENGLISH)
        random.Random(name).shuffle(lines)
        text_file.write_text("\n".join(lines), "utf-8")
        config = Config((Origin(path=text_file, limit=3),), seed=seed)
        counts = sources.run(config, None, tmp_path / name)
        assert (counts["mine.kept"], counts["mine.over_limit"]) == (3, 3)
        chosen[name] = texts(tmp_path / name)
    assert chosen["a"] == chosen["b"] != chosen["c"]


def test_scan_reads_no_further(tmp_path, text_file):
    counts = sources.run(Config((Origin(path=text_file, scan=2),)), None, tmp_path / "out")
    assert counts["mine.read"] == 2


def test_a_corpus_that_was_read_is_not_read_again(tmp_path, text_file, monkeypatch):
    other = tmp_path / "other.txt"
    other.write_text("The bridge was built by Roman soldiers long ago.\n", "utf-8")
    config = Config((Origin(path=text_file), Origin(path=other)))
    whole = sources.run(config, None, tmp_path / "whole")

    asked = []

    def killed(name, path):
        asked.append(path.name)
        if path == other and asked.count("other.txt") == 1:
            raise KeyboardInterrupt
        return corpora.groups(name, path)

    monkeypatch.setattr(collect, "groups", killed)
    with pytest.raises(KeyboardInterrupt):
        sources.run(config, None, tmp_path / "out")
    assert sources.run(config, None, tmp_path / "out") == whole
    assert asked == ["mine.txt", "other.txt", "other.txt"]
    for name in ("sources.jsonl.xz", *(p.name for p in (tmp_path / "whole" / "parts").iterdir())):
        folder = "" if name.startswith("sources") else "parts"
        ours = (tmp_path / "out" / folder / name).read_bytes()
        assert ours == (tmp_path / "whole" / folder / name).read_bytes()


def test_a_changed_file_is_read_again(tmp_path, text_file):
    config = Config((Origin(path=text_file),))
    sources.run(config, None, tmp_path / "out")
    text_file.write_text(ENGLISH[0], "utf-8")
    assert sources.run(config, None, tmp_path / "out")["sources"] == 1


def test_twitter_votes(tmp_path):
    path = tmp_path / "Twitter_URL_Corpus_train.txt"
    rows = [
        (ENGLISH[0], ENGLISH[1], "(4, 6)", "http://a.b"),
        (ENGLISH[2], ENGLISH[3], "(3, 6)", "http://a.b"),
    ]
    path.write_text("\n".join("\t".join(row) for row in rows), "utf-8")
    assert list(corpora.groups(Corpus.TWITTER_URL, path)) == [
        (ENGLISH[0], ENGLISH[1]),
        (ENGLISH[2],),
        (ENGLISH[3],),
    ]
    path.write_text("not a corpus\n", "utf-8")
    with pytest.raises(InputError, match="line 1"):
        list(corpora.groups(Corpus.TWITTER_URL, path))


ROWS = {
    Corpus.QQP: [
        {"question1": "a", "question2": "b", "label": 1},
        {"question1": "c", "question2": "d", "label": 0},
    ],
    Corpus.MRPC: [
        {"sentence1": "a", "sentence2": "b", "label": 1},
        {"sentence1": "c", "sentence2": "d", "label": 0},
    ],
    Corpus.PAWS: [
        {"sentence1": "a", "sentence2": "b", "label": 1},
        {"sentence1": "c", "sentence2": "d", "label": 0},
    ],
    Corpus.MSCOCO: [{"caption1": "a", "caption2": "b"}, {"caption1": "c", "caption2": "d"}],
    Corpus.WIKIANSWERS: [{"set": ["a", "b", "e"]}, {"set": ["c"]}],
}
GROUPS = {
    Corpus.MSCOCO: [("a", "b"), ("c", "d")],
    Corpus.WIKIANSWERS: [("a", "b", "e"), ("c",)],
}


@pytest.mark.parametrize("corpus", list(ROWS))
def test_corpora_of_the_hub_through_datasets(corpus, tmp_path, monkeypatch):
    """The real `datasets`, reading Parquet from a directory instead of the Hub."""
    import datasets

    datasets.Dataset.from_list(ROWS[corpus]).to_parquet(tmp_path / "train-00000.parquet")
    local = dataclasses.replace(corpora.HUB[corpus], path=str(tmp_path), name=None)
    monkeypatch.setitem(corpora.HUB, corpus, local)
    expected = GROUPS.get(corpus, [("a", "b"), ("c",), ("d",)])
    assert list(corpora.groups(corpus, None)) == expected


def test_a_corpus_that_cannot_be_had_is_one_line(tmp_path, monkeypatch):
    local = dataclasses.replace(corpora.HUB[Corpus.QQP], path=str(tmp_path / "none"), name=None)
    monkeypatch.setitem(corpora.HUB, Corpus.QQP, local)
    with pytest.raises(InputError, match=r"^qqp: .*none") as caught:
        list(corpora.groups(Corpus.QQP, None))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"corpora": [{}]}, "name or a path"),
        ({"corpora": [{"name": "twitter_url"}]}, "not on the Hub"),
        ({"corpora": [{"name": "qqp", "path": "x.txt"}]}, "takes no path"),
        ({"corpora": [{"name": "qpq"}]}, "did you mean 'qqp'"),
        ({"corpora": [{"name": "qqp", "limit": -1}]}, "negative"),
    ],
)
def test_impossible_settings(table, message):
    with pytest.raises(OptionError, match=message):
        from_table(Config, table)


def test_files_that_are_not_text(tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(b"fine line of text\n\xff\xfe broken")
    with pytest.raises(InputError, match="not UTF-8"):
        sources.run(Config((Origin(path=path),)), None, tmp_path / "out")
    path = tmp_path / "y.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"words": 3}).encode()))
    with pytest.raises(InputError, match=r"y\.jsonl\.gz, line 1"):
        sources.run(Config((Origin(path=path),)), None, tmp_path / "out")
