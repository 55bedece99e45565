"""Rows, tables, formats and plans; Ray is not started here."""

import json
import lzma
import os
from dataclasses import asdict

import pytest

pytest.importorskip("ray")
import corpus_engine
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.corpus import files, jsonl
from paraphraser_tui.corpus.files import Kind
from paraphraser_tui.corpus.rows import Unfit, answers, unfit
from paraphraser_tui.corpus.tables import answered, cut, questions
from paraphraser_tui.engine.options import Options

TEXT = "The road to the village was closed. It had rained all night."
ROW = {"text": TEXT}


def jsonl_file(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def answer_table(texts, options=Options()):  # noqa: B008
    return answered(pa.array(range(len(texts))), answers(texts, corpus_engine.Loud(), options))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, Unfit.NOTHING),
        ("", Unfit.NOTHING),
        (3.5, Unfit.NOT_TEXT),
        ({"a": "b"}, Unfit.NOT_TEXT),
        (b"raw", Unfit.NOT_TEXT),
        ("a \ud800", Unfit.CHARACTERS),
        ("x" * 100_001, Unfit.TOO_LONG),
        ("x" * 100_000, None),
    ],
)
def test_what_is_no_text(value, why):
    assert unfit(value) is why


def test_a_row_of_several_sentences_has_variants_of_all():
    (first,) = answers([f"{TEXT} We KEEP it."], corpus_engine.Loud(), Options(num=2))
    assert [p.text for p in first.paraphrases] == [
        f"{TEXT.upper()} We KEEP it.",
        "THE ROAD TO THE VILLAGE WAS CLOSED.! IT HAD RAINED ALL NIGHT.! We KEEP it.",
    ]
    assert [p.warnings for p in first.paraphrases] == [(), ("doubtful",)]
    assert first.paraphrases[0].change == 0.2  # of three sentences, two changed by 0.3


def test_reasons_of_all_sentences_are_told_once():
    (kept,) = answers(["We KEEP it. You KEEP it."], corpus_engine.Loud(), Options())
    assert kept.kept == "no candidate passed the checks (number 2)"


def test_with_a_seed_every_row_is_asked_for_alone():
    asked = []

    class Counting(corpus_engine.Loud):
        def batches(self, groups, options):
            asked.append(list(groups))
            return super().batches(asked[-1], options)

    answers([TEXT, TEXT], Counting(), Options(sampling=True, seed=1))
    answers([TEXT, TEXT], Counting(), Options(sampling=True))
    assert [[len(group) for group in groups] for groups in asked] == [[2], [2], [4]]


def test_one_row_on_which_the_engine_fails_does_not_take_others_along():
    found = answers([TEXT, "They FAIL now.", TEXT], corpus_engine.Loud(), Options())
    assert [answer.kept for answer in found] == [
        None, "the engine failed on it: RuntimeError", None,
    ]  # fmt: skip


@given(
    st.lists(st.integers(0, 5), max_size=8),
    st.lists(st.integers(1, 7), max_size=8),
)
def test_cutting_loses_and_doubles_nothing(lengths, sizes):
    starts = [sum(lengths[:i]) for i in range(len(lengths))]
    tables = [pa.table({"row": range(a, a + n)}) for a, n in zip(starts, lengths, strict=True)]
    found = [table.column("row").to_pylist() for table in cut(tables, sizes)]
    available = min(sum(lengths), sum(sizes))
    assert [row for part in found for row in part] == [*range(available)]
    assert [len(part) for part in found[:-1]] == sizes[: max(0, len(found) - 1)]


json_rows = st.dictionaries(
    st.text(max_size=5).filter(lambda name: name not in ("paraphrases", "kept")),
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner),
        max_leaves=4,
    ),
    max_size=4,
)


@given(st.lists(json_rows, min_size=1, max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_a_json_row_is_written_as_it_was_read(tmp_path_factory, rows, ascii_only, indent):
    path = tmp_path_factory.mktemp("json") / "a.jsonl"
    separators = (",", ":") if indent else None
    lines = [json.dumps(r, ensure_ascii=ascii_only, separators=separators) for r in rows]
    path.write_bytes("\r\n \n".join(lines).encode("utf-8", "surrogatepass"))
    (piece,) = jsonl.pieces(path, len(rows))
    found = answer_table(["Here it is for you."] * len(rows))
    files.write(path.with_name("out"), Kind.JSONL, path, piece, found)
    written = path.with_name("out").read_bytes().splitlines()
    for line, source, row in zip(written, lines, rows, strict=True):
        assert line.startswith(source[:-1].encode("utf-8", "surrogatepass"))
        added = json.loads(line)
        assert (added.pop("kept"), len(added.pop("paraphrases"))) == (None, 1)
        assert added == row


def test_json_becomes_parquet(tmp_path):
    path = jsonl_file(tmp_path / "a.jsonl", {"text": TEXT, "n": 1}, {"text": "Go.", "x": [None]})
    (piece,) = files.pieces(path, 9)
    files.write(tmp_path / "out.parquet", Kind.PARQUET, path, piece, answer_table([TEXT, "Go."]))
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [(row["text"], row["n"], row["x"], row["kept"]) for row in found] == [
        (TEXT, 1, None, None), ("Go.", None, [None], None),
    ]  # fmt: skip
    assert found[0]["paraphrases"][0]["text"] == TEXT.upper()


def test_json_of_several_kinds_does_not_become_parquet(tmp_path):
    path = jsonl_file(tmp_path / "a.jsonl", {"n": 1}, {"n": "one"})
    (piece,) = files.pieces(path, 9)
    with pytest.raises(files.InputError, match=r"a.jsonl: the values of 'n' are of several kinds"):
        files.write(tmp_path / "out", Kind.PARQUET, path, piece, answer_table(["a", "b"]))
    assert [p.name for p in tmp_path.iterdir() if p.name != "home"] == ["a.jsonl"]


def test_parquet_becomes_json(tmp_path):
    when = pa.array([0], pa.timestamp("s"))
    table = pa.table({"text": [TEXT], "when": when, "raw": [b"\x00\xff"], "n": [2**53 + 1]})
    pq.write_table(table, tmp_path / "a.parquet")
    (piece,) = files.pieces(tmp_path / "a.parquet", 9)
    files.write(tmp_path / "out", Kind.JSONL, tmp_path / "a.parquet", piece, answer_table([TEXT]))
    row = json.loads((tmp_path / "out").read_text())
    assert (row["text"], row["when"], row["raw"], row["n"]) == (
        TEXT, "1970-01-01 00:00:00", "AP8=", 2**53 + 1,
    )  # fmt: skip
    assert row["paraphrases"][0]["text"] == TEXT.upper()


def test_broken_texts_in_parquet_are_kept(tmp_path):
    broken = pa.array([b"fine", b"\xff", None]).view(pa.binary()).cast(pa.string(), safe=False)
    pq.write_table(pa.table({"text": broken}), tmp_path / "a.parquet")
    (piece,) = files.pieces(tmp_path / "a.parquet", 9)
    found = files.values(tmp_path / "a.parquet", piece, "text")
    assert [unfit(value) for value in found] == [None, Unfit.NOT_TEXT, Unfit.NOTHING]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson.xz", "a.jsonl.zst"])
def test_compressed_files(tmp_path, name):
    import gzip

    data = "\ufeff".encode() + b'{"text": "a"}\n{"text": "b"}'
    pack = {".gz": gzip.compress, ".xz": lzma.compress, ".zst": zstd}
    path = tmp_path / name
    path.write_bytes(pack.get(path.suffix, bytes)(data))
    assert files.inspect(path, "text", None).rows == 2
    pieces = list(files.pieces(path, 1))
    assert [files.values(path, piece, "text") for piece in pieces] == [["a"], ["b"]]
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(files.InputError, match=r"a\.\w+"):
        files.inspect(path, "text", None)


def zstd(data):
    return pa.compress(data, codec="zstd", asbytes=True)


def test_questions_have_a_text_or_a_reason():
    table = questions(7, ["a", None], [None, Unfit.NOTHING])
    assert table.to_pylist() == [
        {"row": 7, "text": "a", "kept": None},
        {"row": 8, "text": None, "kept": "no text"},
    ]


# What the command refuses, before Ray is started.


def refused(outcome, code):
    assert outcome.code == code
    assert len(outcome.err.splitlines()) == 1
    return outcome.error


@pytest.fixture
def never(monkeypatch):
    from paraphraser_tui.corpus import cluster

    monkeypatch.setattr(cluster, "alone", None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "the following arguments are required"),
        (("a.jsonl", "-o", "out", "--shard-rows", "0"), "shard-rows must be 1 or more, not 0"),
        (("a.jsonl", "-o", "out", "--actors", "-1"), "actors must be 1 or more, not -1"),
        (("a.jsonl", "-o", "out", "--num", "0"), "num must be between 1 and 20, not 0"),
        (("a.jsonl", "-o", "out", "--threads", "0"), "threads must be between 1 and 256, not 0"),
        (("a.jsonl", "b.parquet", "-o", "out"), "the input has several formats"),
        ((".", "-o", "out"), "lies in the input"),
        (("a.jsonl", "-o", "full"), "is not empty, and no run was begun in it"),
        (("a.jsonl", "-o", "out", "--address", "ray://host:1"), "does not work through ray://"),
    ],
)
def test_usage(command, never, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    jsonl_file(tmp_path / "a.jsonl", ROW)
    pq.write_table(pa.table({"text": ["a"]}), "b.parquet")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").touch()
    assert message in refused(command(*arguments), 2)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.jsonl", b'{"text": "a"}\n{"text": \n', "a.jsonl, row 2: this is no JSON object"),
        ("a.jsonl", b'["text"]', "row 1: this is no JSON object"),
        ("a.jsonl", b"\xff\xfe{\0}\0", "row 1: this is no JSON object"),
        ("a.jsonl", b'{"said": "a", "\\u001b[2J": 1}', "has no column 'text'; its columns: said, "),
        ("a.jsonl", b'{"text": "a", "kept": 1}', "row 1 has a column 'kept' already"),
        ("a.parquet", b"PAR1", "a.parquet cannot be read"),
        ("a.txt", b"a", "a.txt: a corpus is a file whose name ends in .jsonl"),
        ("b", None, "b: a corpus is a file whose name ends in"),
        ("b.jsonl", None, "b.jsonl cannot be read: No such file or directory"),
        ("", b"", "holds no files whose name ends in"),
    ],
)
def test_input_that_is_none(command, never, tmp_path, monkeypatch, name, data, message):
    place = tmp_path / "in"
    place.mkdir()
    if data and name:
        (place / name).write_bytes(data)
    error = refused(command(place / name, "-o", tmp_path / "out"), 4)
    assert message in error
    assert "\x1b" not in error


def test_columns_of_parquet_are_checked(command, never, tmp_path):
    pq.write_table(pa.table({"id": [1], "text": ["a"], "kept": ["b"]}), tmp_path / "a.parquet")
    start = (tmp_path / "a.parquet", "-o", tmp_path / "out")
    assert "has no column 'x'; its columns: id, text" in refused(
        command(*start, "--column", "x"), 4
    )
    assert "holds no texts but int64" in refused(command(*start, "--column", "id"), 4)
    assert "has a column 'kept' already" in refused(command(*start), 4)


def test_a_missing_model(command, never, tmp_path):
    source = jsonl_file(tmp_path / "a.jsonl", ROW)
    error = refused(command(source, "-o", tmp_path / "out", "--model", "nobody"), 3)
    assert error.startswith("there is no model 'nobody'")
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written(command, never, tmp_path):
    source = jsonl_file(tmp_path / "a.jsonl", ROW)
    assert "cannot be written" in refused(command(source, "-o", source / "out"), 5)


@pytest.fixture
def begun(command, never, tmp_path, capsys):
    """A run that was begun, and stopped before Ray."""
    source = jsonl_file(tmp_path / "a.jsonl", ROW)
    arguments = [source, "-o", tmp_path / "out", "--shard-rows", 2]
    with pytest.raises(TypeError):  # there is no Ray
        command(*arguments)
    assert capsys.readouterr().err == ""
    return arguments


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (("--num", 2), "with another num: 1 and not 2"),
        (("--freeze", "Denver"), "with another freeze: [] and not ['Denver']"),
        (("--shard-rows", 3), "with another shard-rows: 2 and not 3"),
        (("--format", "parquet"), "with another format: jsonl and not parquet"),
        (("--column", "x"), "with another column: text and not x"),
    ],
)
def test_other_settings_are_refused(begun, command, changed, message):
    assert message in refused(command(*begun, *changed), 2)


def test_other_input_is_refused(begun, command, tmp_path):
    source = begun[0]
    stat = source.stat()
    jsonl_file(tmp_path / "b.jsonl", ROW, ROW)
    error = refused(command(source, tmp_path / "b.jsonl", *begun[1:]), 2)
    assert f"with other input ({tmp_path / 'b.jsonl'} differs)" in error
    source.write_text(source.read_text().replace("road", "path"))
    os.utime(source, ns=(0, stat.st_mtime_ns + 1))
    assert "with other input" in refused(command(*begun), 2)
    run = json.loads((tmp_path / "out/run.json").read_text())
    assert run["inputs"][0]["rows"] == 1
    assert run["recipe"]["options"] == json.loads(json.dumps(asdict(Options())))


def test_a_copy_of_the_input_goes_on(begun, command, tmp_path):
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(begun[0].read_bytes())
    with pytest.raises(TypeError):  # it would start Ray
        command(copy, *begun[1:])


def test_a_damaged_journal_is_told(begun, command, tmp_path):
    (tmp_path / "out/run.json").write_text("{}")
    assert "run.json is damaged" in refused(command(*begun), 5)


def test_two_commands_do_not_write_to_one_place(begun, command, tmp_path):
    from filelock import FileLock

    with FileLock(tmp_path / "out/.lock"):
        assert "another command is writing to" in refused(command(*begun), 5)


def test_without_ray_the_extra_is_named(command, never, tmp_path, monkeypatch):
    from paraphraser_tui.cli.commands import corpus

    monkeypatch.setattr(corpus, "find_spec", lambda name: None)
    error = refused(command("a.jsonl", "-o", tmp_path / "out"), 2)
    assert error == "paraphrase corpus needs Ray: pip install 'paraphraser-tui[ray]'"


def test_nothing_heavy_is_imported_for_help():
    import subprocess
    import sys

    script = (
        "import sys; from paraphraser_tui.cli.commands import corpus; corpus.parser();"
        "print({'ray', 'pyarrow', 'filelock'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "set()\n", done.stderr
