"""The Batch API against the local server: any order, lost lines, kills, no batch paid twice."""

from dataclasses import replace

import pytest
from teacher_server import Fault, TeacherServer, word_swaps

from distill import teacher
from distill.journal import Journal
from distill.records import Pair, Source, read_jsonl, read_rows, write_jsonl
from distill.teacher import Config, batch
from distill.teacher.client import Server
from distill.teacher.limits import Limits
from distill.teacher.options import Batch, Via
from distill.teacher.outcome import Failure
from paraphraser_tui.errors import ModelError

TEXTS = [f"The big house on street {i} is important to many." for i in range(10)]


@pytest.fixture
def inputs(tmp_path):
    path = tmp_path / "sources.jsonl.xz"
    write_jsonl(path, [Source(text, "streets", "open") for text in TEXTS])
    return path


@pytest.fixture
def server():
    with TeacherServer() as running:
        yield running


@pytest.fixture
def config(server):
    place = Server(base_url=server.base_url, retries=1)
    return Config("m", via=Via.BATCH, server=place, batch=Batch(poll_s=0.01, max_lines=4))


def test_answers_find_their_sources(server, config, inputs, tmp_path):
    counts = teacher.run(config, inputs, tmp_path / "out")
    assert counts["answered"] == 10
    assert len(server.batches) == 3
    pairs = list(read_jsonl(tmp_path / "out" / "pairs.jsonl.xz", Pair))
    assert [(p.src, p.tgt) for p in pairs] == [(t, m) for t in TEXTS for m in word_swaps(t, 5)]


def test_live_and_batch_ask_the_same(server, config, inputs, tmp_path):
    teacher.run(config, inputs, tmp_path / "out")
    in_batch = sorted(map(str, server.requests))
    server.requests.clear()
    teacher.run(replace(config, via=Via.SERVER), inputs, tmp_path / "live")
    assert sorted(map(str, server.requests)) == in_batch
    names = ("answers.jsonl", "pairs.jsonl.xz")
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "live" / name).read_bytes()


def test_bad_lines_cost_only_themselves(server, config, inputs, tmp_path):
    server.misbehave(TEXTS[0], Fault.BAD_REQUEST, always=True)
    server.misbehave(TEXTS[1], Fault.BROKEN_JSON, always=True)
    counts = teacher.run(config, inputs, tmp_path / "out")
    assert (counts["failed.rejected"], counts["failed.broken_answer"]) == (1, 1)
    assert counts["answered"] == 8


def test_lines_that_were_lost_are_asked_for_again(server, config, inputs, tmp_path):
    server.lose_in_batch = {TEXTS[2]}
    counts = teacher.run(config, inputs, tmp_path / "out")
    assert counts["failed.unavailable"] == 1
    assert server.asked[TEXTS[2]] == 2
    server.lose_in_batch = set()
    counts = teacher.run(config, inputs, tmp_path / "out")
    assert counts["answered"] == 10
    assert [server.asked[text] for text in TEXTS] == [1, 1, 3, *[1] * 7]


@pytest.mark.parametrize("step", ["start", "wait", "lines"])
def test_killed_at_any_step_no_batch_is_started_twice(
    step, server, config, inputs, tmp_path, monkeypatch
):
    """`start` is the worst: the server has the batch, and nothing on disk says so."""
    real = getattr(batch.Service, step)
    calls = []

    def killed(self, *arguments):
        result = real(self, *arguments)
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(batch.Service, step, killed)
    with pytest.raises(KeyboardInterrupt):
        teacher.run(config, inputs, tmp_path / "out")
    counts = teacher.run(config, inputs, tmp_path / "out")
    assert counts["answered"] == 10
    assert set(server.asked.values()) == {1}
    assert len(server.batches) == 3
    teacher.run(config, inputs, tmp_path / "calm")
    for name in ("answers.jsonl", "pairs.jsonl.xz"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "calm" / name).read_bytes()


def test_a_file_that_is_not_accepted_can_be_sent_again(
    server, config, inputs, tmp_path, monkeypatch
):
    fine = TeacherServer.poll_batch

    def refused(self, name):
        errors = {"object": "list", "data": [{"message": "model not found", "code": "x"}]}
        self.batches[name] |= {"status": "failed", "errors": errors}
        return self.batches[name]

    monkeypatch.setattr(TeacherServer, "poll_batch", refused)
    config = replace(config, batch=Batch(poll_s=0.01))
    with pytest.raises(ModelError, match="model not found"):
        teacher.run(config, inputs, tmp_path / "out")
    monkeypatch.setattr(TeacherServer, "poll_batch", fine)
    assert teacher.run(config, inputs, tmp_path / "out")["answered"] == 10


def test_the_budget_is_kept_at_worst(config, inputs, tmp_path):
    full = teacher.run(config, inputs, tmp_path / "full")
    needed = full["prompt_tokens"] + full["completion_tokens"]
    small = replace(config.server, max_answer_tokens=200)
    tight = replace(config, server=small, limits=Limits(max_tokens=needed))
    counts = teacher.run(tight, inputs, tmp_path / "out")
    assert 0 < counts["answered"] < 10
    assert counts["prompt_tokens"] + counts["completion_tokens"] <= needed


def test_request_files_hold_at_most_the_lines_allowed(config, tmp_path):
    sources = {config.key(source): source for source in (Source(t, "x") for t in TEXTS)}
    with Journal(tmp_path / "state.jsonl") as state:
        paths = batch.prepare(config, sources, tmp_path, state)
        assert batch.prepare(config, sources, tmp_path, state) == paths
    rows = [[row for _, row in read_rows(path)] for path in paths]
    assert [len(lines) for lines in rows] == [4, 4, 2]
    assert [row["custom_id"] for lines in rows for row in lines] == list(sources)
    assert all(row["url"] == "/v1/chat/completions" for lines in rows for row in lines)


@pytest.mark.parametrize(
    "line", [b"", b"{", b"[]", b"{}", b'{"custom_id": "a", "response": 3}', b"\xff"]
)
def test_result_lines_that_cannot_be_read(line):
    assert batch.read_line(line, 5) is None


def test_a_completed_line_with_status_0_is_no_answer():
    key, outcome = batch.read_line(
        b'{"custom_id": "a", "response": {"status_code": 0, "body": null}}', 5
    )
    assert (key, outcome.failure) == ("a", Failure.UNAVAILABLE)
