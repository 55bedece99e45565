"""Whole runs through Ray in several processes, with engines that answer at once."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("ray")
import corpus_engine
import pyarrow as pa
import pyarrow.parquet as pq

from paraphraser_tui.corpus import files, pipeline
from paraphraser_tui.corpus.plan import Shard, Share
from paraphraser_tui.engine.options import Options
from paraphraser_tui.errors import InputError

LOAD = pipeline.load
COMMAND = Path(__file__).with_name("corpus_command.py")
PATIENCE = 120  # seconds, for a machine that is busy


def sentence(number):
    return f"This is the sentence with the number {number} in it."


def lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def shards(directory):
    return sorted(directory.glob("part-*"))


def rows_of(directory):
    return [json.loads(line) for path in shards(directory) for line in path.open()]


def plain(directory):
    return {path.name: path.read_bytes() for path in shards(directory)}


def test_rows_keep_their_order_and_their_columns(corpus, tmp_path):
    first = (
        '{"id": 1e2,  "text": "It was a long day for all of us."}\n\n{"text": null, "x": [1.50]}\n'
    )
    (tmp_path / "a.jsonl").write_text(first)
    rows = [{"id": i, "text": sentence(i)} for i in range(45)]
    poison = [
        7,
        "",
        ["a"],
        "a \ud800 b",
        "x" * 100_001,
        "We KEEP what we have.",
        "We FAIL here.",
        "...",
    ]
    for place, value in zip(range(3, 45, 5), poison, strict=False):
        rows[place]["text"] = value
    rows[40]["text"] = "We KEEP this one.  But that one is new."
    del rows[44]["text"]
    with gzip.open(tmp_path / "b.jsonl.gz", "wt") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    done = corpus(
        tmp_path / "a.jsonl",
        tmp_path / "b.jsonl.gz",
        "-o",
        tmp_path / "out",
        "--shard-rows",
        20,
        "-n",
        2,
    )
    assert (done.code, done.err.splitlines()[-1]) == (
        0, "paraphrase: 4 shards with 47 rows written, 10 rows kept",
    )  # fmt: skip
    out = shards(tmp_path / "out")
    assert [path.name for path in out] == [f"part-0000{i}.jsonl" for i in range(4)]
    assert [len(path.read_text().splitlines()) for path in out] == [2, 20, 20, 5]
    begun = out[0].read_text().splitlines()
    assert begun[0].startswith(
        '{"id": 1e2,  "text": "It was a long day for all of us.", "paraphrases": [{"text": "IT'
    )
    assert begun[1] == '{"text": null, "x": [1.50], "paraphrases": [], "kept": "no text"}'
    found = rows_of(tmp_path / "out")[2:]
    kept = {i: row["kept"] for i, row in enumerate(found) if row["kept"]}
    assert kept == {
        3: "not a text",
        8: "no text",
        13: "not a text",
        18: "has characters that the model does not know",
        23: "longer than 100000 characters",
        28: "no candidate passed the checks (number 2)",
        33: "the engine failed on it: RuntimeError",
        38: "no sentence in it",
        44: "no text",
    }
    assert [
        {k: v for k, v in row.items() if k not in ("paraphrases", "kept")} for row in found
    ] == rows
    for row in found:
        if row["kept"]:
            assert row["paraphrases"] == []
        elif row["id"] != 40:
            upper = row["text"].upper()
            assert row["paraphrases"] == [
                {"text": upper, "meaning": 0.9, "change": 0.3, "fluency": 0.5, "warnings": []},
                {
                    "text": upper + "!", "meaning": 0.9, "change": 0.3, "fluency": 0.5,
                    "warnings": ["doubtful"],
                },
            ]  # fmt: skip
    assert found[40]["paraphrases"][0] == {
        "text": "We KEEP this one.  BUT THAT ONE IS NEW.",
        "meaning": 0.9, "change": 0.15, "fluency": 0.5, "warnings": [],
    }  # fmt: skip


def test_parquet_keeps_its_types_and_a_second_run_does_nothing(corpus, tmp_path, monkeypatch):
    table = pa.table(
        {
            "said": pa.array(
                [sentence(i) if i % 7 else None for i in range(30)], pa.large_string()
            ),
            "tags": pa.array([["a", None]] * 30, pa.list_(pa.string())),
            "when": pa.array(range(30), pa.timestamp("ms", "UTC")),
            "kind": pa.array(["x", "y"] * 15).dictionary_encode(),
        }
    ).replace_schema_metadata({"made": "by us"})
    (tmp_path / "in/deep").mkdir(parents=True)
    pq.write_table(table, tmp_path / "in/deep/a.parquet", row_group_size=7)
    command = [tmp_path / "in", "-o", tmp_path / "out", "--column", "said", "--shard-rows", 16]
    assert corpus(*command).code == 0
    made = [pq.read_table(path) for path in shards(tmp_path / "out")]
    assert [part.num_rows for part in made] == [16, 14]
    both = pa.concat_tables(made)
    assert both.schema.metadata[b"made"] == b"by us"
    assert both.select(table.column_names).cast(table.schema).equals(table)
    assert both.column("kept").to_pylist() == [None if i % 7 else "no text" for i in range(30)]
    texts = [[p["text"] for p in row] for row in both.column("paraphrases").to_pylist()]
    assert texts == [[sentence(i).upper()] if i % 7 else [] for i in range(30)]

    monkeypatch.setattr(corpus_engine, "loud", None)  # nothing is asked any more
    before = plain(tmp_path / "out")
    done = corpus(*command, "--actors", 2)
    assert (done.code, done.err) == (
        0, "paraphrase: 0 shards with 0 rows written, 0 rows kept, 2 were there\n",
    )  # fmt: skip
    assert plain(tmp_path / "out") == before


def test_ctrl_c_leaves_whole_shards_and_the_same_command_goes_on(corpus, ray_alone, tmp_path):
    rows = [{"id": i, "text": sentence(i)} for i in range(60)]
    rows[50]["text"] = "They WAIT for us."
    source, out = lines(tmp_path / "in.jsonl", rows), tmp_path / "out"
    command = [source, "-o", out, "--shard-rows", "20", "--batch-size", "4"]
    with subprocess.Popen(
        [sys.executable, COMMAND, *command, "--address", ray_alone, "--actors", "1"],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, process_group=0,
    ) as process:  # fmt: skip
        limit = time.monotonic() + PATIENCE
        while len(shards(out)) < 2 and process.poll() is None and time.monotonic() < limit:
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        said, complained = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (130, ""), complained
    last = (
        "paraphrase: 2 shards with 40 rows written, 0 rows kept, 1 to do: the same command goes on"
    )
    assert complained.splitlines()[-1] == last
    assert all(line.startswith("paraphrase: ") for line in complained.splitlines())
    before = plain(out)
    assert [*before] == ["part-00000.jsonl", "part-00001.jsonl"]
    (out / ".part-00002.jsonl.part").write_text("half a r")

    done = corpus(*command, load=corpus_engine.patient)
    last = "paraphrase: 1 shards with 20 rows written, 0 rows kept, 2 were there"
    assert (done.code, done.err.splitlines()[-1]) == (0, last)
    assert {**plain(out), **before} == plain(out)
    assert [row["id"] for row in rows_of(out)] == [*range(60)]
    assert {path.name for path in out.iterdir()} == {*plain(out), "run.json", ".lock"}


def test_a_killed_worker_loses_nothing_and_doubles_nothing(corpus, tmp_path):
    rows = [{"id": i, "text": sentence(i)} for i in range(120)]
    rows[37]["text"] = "They DIE here."
    marker = tmp_path / "died"
    done = corpus(
        lines(tmp_path / "in.jsonl", rows), "-o", tmp_path / "out", "--shard-rows", 50,
        "--batch-size", 5, load=partial(corpus_engine.stumbling, marker), actors=2,
    )  # fmt: skip
    assert (done.code, marker.exists()) == (0, True)
    found = rows_of(tmp_path / "out")
    assert [row["id"] for row in found] == [*range(120)]
    assert all(row["paraphrases"][0]["text"] == row["text"].upper() for row in found)


def test_a_row_that_always_kills_stops_the_run_in_one_line(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "RETRIES", 1)
    rows = [{"text": sentence(i)} for i in range(40)] + [{"text": "They DIE here."}]
    command = [lines(tmp_path / "in.jsonl", rows), "-o", tmp_path / "out", "--shard-rows", 20]
    done = corpus(*command, "--batch-size", 4, load=corpus_engine.doomed)
    assert done.code == 5
    assert done.error.startswith("Ray gave up: ")
    assert done.error.endswith("; the same command goes on")
    before = plain(tmp_path / "out")
    assert len(before) < 3 and all(data.count(b"\n") == 20 for data in before.values())

    assert corpus(*command, load=corpus_engine.patient).code == 0
    assert {**plain(tmp_path / "out"), **before} == plain(tmp_path / "out")
    assert [row["text"] for row in rows_of(tmp_path / "out")] == [row["text"] for row in rows]


def test_what_goes_wrong_in_a_process_is_one_line(corpus, tmp_path):
    source = lines(tmp_path / "in.jsonl", [{"text": sentence(1)}])
    done = corpus(source, "-o", tmp_path / "out", load=corpus_engine.missing)
    assert (done.code, done.error) == (3, "there is no model 'house'")
    assert shards(tmp_path / "out") == []

    share = Share(files.inspect(source, "text", None), (Shard(0, 0, 1, tmp_path / "part"),))
    source.write_text("")  # before Ray has read it
    work = pipeline.Work("house", "", Options(), 1)
    with pytest.raises(InputError, match=r"in\.jsonl has changed since the run began$"):
        list(pipeline.run([share], "text", 9, work, 1, 9))


def test_the_real_engine(corpus, tmp_path):
    text = "The meeting was postponed because the manager had fallen ill."
    source = lines(tmp_path / "in.jsonl", [{"text": text}, {"text": "Kind regards"}])
    done = corpus(source, "-o", tmp_path / "out", load=LOAD)
    reworded, greeting = rows_of(tmp_path / "out")
    assert (done.code, reworded["kept"], greeting["kept"]) == (0, None, "a greeting or closing")
    (paraphrase,) = reworded["paraphrases"]
    assert paraphrase["text"] != text and paraphrase["meaning"] > 0.8


def test_ray_keeps_to_this_machine(ray_alone):
    import ray

    @ray.remote(num_cpus=0)
    def way_out():
        return {os.environ[name] for name in ("http_proxy", "HTTPS_PROXY")}

    assert ray.get(way_out.remote()) == {"http://127.0.0.1:9"}
    assert {node["NodeManagerAddress"] for node in ray.nodes()} == {"127.0.0.1"}
    assert ray_alone.startswith("127.0.0.1:")
