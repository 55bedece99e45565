"""Records survive the way to disk and back; what is broken is named with its line."""

import gzip
import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distill.records import Pair, Source, content_id, from_row, read_jsonl, to_line, write_jsonl
from paraphraser_tui.errors import InputError, OutputError

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
pairs = st.builds(
    Pair,
    src=texts,
    tgt=texts,
    set=texts,
    teacher=st.none() | texts,
    controls=st.none() | st.tuples(texts, texts),
    features=st.none() | st.dictionaries(texts, st.floats(allow_nan=False)),
)


@given(pairs)
def test_a_line_gives_the_record_back(pair):
    import json

    assert from_row(json.loads(to_line(pair)), Pair) == pair


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.xz"])
def test_files_round_trip_and_are_reproducible(tmp_path, name):
    rows = [Source("Ein Satz – “quoted”\u2028end.", "web"), Source("b", "web", "open")]
    assert write_jsonl(tmp_path / name, rows) == 2
    assert list(read_jsonl(tmp_path / name, Source)) == rows
    write_jsonl(tmp_path / "sub" / name, rows)
    assert (tmp_path / name).read_bytes() == (tmp_path / "sub" / name).read_bytes()


def test_the_name_decides_the_compression(tmp_path):
    for suffix, opener in ((".gz", gzip.open), (".xz", lzma.open), ("", open)):
        path = tmp_path / f"a.jsonl{suffix}"
        write_jsonl(path, [Source("x", "s")])
        with opener(path, "rb") as stream:
            assert stream.read() == b'{"text": "x", "set": "s", "licence": "unstated"}\n'


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.jsonl"
    write_jsonl(path, [Source("old", "s")])

    def rows():
        yield Source("new", "s")
        raise KeyError("in the middle")

    with pytest.raises(KeyError):
        write_jsonl(path, rows())
    assert [row.text for row in read_jsonl(path, Source)] == ["old"]
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["a.jsonl"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"src": "a", "set": "s"}', "'tgt'"),
        ('{"src": "a", "tgt": 3, "set": "s"}', "'tgt'"),
        ('{"src": "a", "tgt": "\\ud800", "set": "s"}', "surrogate"),
        ('{"src": "a", "tgt": "b", "set": "s", "controls": "<lex0>"}', "controls"),
        ('{"src": "a", "tgt": "b", "set": "s", "features": {"x": "y"}}', "features"),
        ("[1]", "object"),
        ("{", "line 2"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path, line, reason):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"src": "a", "tgt": "b", "set": "s"}\n' + line + "\n")
    with pytest.raises(InputError, match=rf"bad\.jsonl, line 2.*{reason}|{reason}"):
        list(read_jsonl(path, Pair))


@pytest.mark.parametrize("name", ["none.jsonl", "cut.jsonl.xz", "plain.jsonl.gz"])
def test_an_unreadable_file_is_one_line(tmp_path, name):
    write_jsonl(tmp_path / "whole.jsonl.xz", [Source("x" * 999, "s")])
    (tmp_path / "cut.jsonl.xz").write_bytes((tmp_path / "whole.jsonl.xz").read_bytes()[:-9])
    (tmp_path / "plain.jsonl.gz").write_text("{}")
    with pytest.raises(InputError, match=name) as caught:
        list(read_jsonl(tmp_path / name, Source))
    assert "\n" not in str(caught.value)


def test_an_unwritable_place_is_an_output_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        write_jsonl(tmp_path / "file" / "a.jsonl", [])


def test_ids_are_those_of_the_texts_alone():
    assert Pair("a", "b", "one").id == Pair("a", "b", "two", teacher="t").id
    assert Pair("a", "b", "s").id != Pair("b", "a", "s").id
    assert content_id("ab", "c") != content_id("a", "bc")
    assert len(Source("a", "s").id) == 32
