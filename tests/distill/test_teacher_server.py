"""Generation against a real HTTP server on this machine that misbehaves."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from teacher_server import Fault, TeacherServer, word_swaps

from distill import teacher
from distill.config import from_table
from distill.records import Pair, Source, read_jsonl, read_rows, write_jsonl
from distill.teacher import Config
from distill.teacher.client import Server
from distill.teacher.limits import Limits
from paraphraser_tui.errors import ModelError, OptionError

TEXTS = [f"The big house on street {i} is important to many." for i in range(12)]
OUTPUTS = ("answers.jsonl", "pairs.jsonl.xz", "failures.jsonl")


@pytest.fixture
def inputs(tmp_path):
    path = tmp_path / "sources.jsonl.xz"
    write_jsonl(path, [Source(text, "streets", "open") for text in TEXTS])
    return path


@pytest.fixture
def server():
    with TeacherServer() as running:
        yield running


def config(server, **more):
    settings = {"timeout_s": 10.0, "retries": 2, "concurrency": 4, **more}
    return Config("tiny-teacher", server=Server(base_url=server.base_url, **settings))


def failures(out_dir):
    return [row["failure"] for _, row in read_rows(out_dir / "failures.jsonl")]


def contents(out_dir):
    return {name: (out_dir / name).read_bytes() for name in OUTPUTS}


def test_every_source_gets_its_paraphrases(server, inputs, tmp_path):
    server.table[TEXTS[0]] = ["A table answer.", "Another one."]
    counts = teacher.run(config(server), inputs, tmp_path / "out")
    pairs = list(read_jsonl(tmp_path / "out" / "pairs.jsonl.xz", Pair))
    expected = [
        Pair(text, made, "streets", "tiny-teacher", "open")
        for text in TEXTS
        for made in server.table.get(text) or word_swaps(text, 5)
    ]
    assert pairs == expected
    assert (counts["answered"], counts["pairs"]) == (12, len(expected))
    assert counts["prompt_tokens"] > counts["completion_tokens"] > 0
    body = server.requests[0]
    assert body["temperature"] == 0.0
    assert body["response_format"]["json_schema"]["strict"]
    assert server.keys == {"no-key"}


def test_concurrency_is_bounded_and_used(inputs, tmp_path):
    with TeacherServer(delay_s=0.05) as server:
        teacher.run(config(server, concurrency=3), inputs, tmp_path / "out")
        assert server.most_at_once == 3


PASSING = [
    Fault.RATE_LIMIT, Fault.SERVER_ERROR, Fault.HANG_UP, Fault.CUT_BODY, Fault.NOT_JSON,
    Fault.NOT_CHAT, Fault.BROKEN_JSON, Fault.WRONG_SHAPE, Fault.TRUNCATED, Fault.CHATTER,
]  # fmt: skip


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
def test_a_fault_that_passes_leaves_no_trace(fault, server, inputs, tmp_path):
    teacher.run(config(server), inputs, tmp_path / "calm")
    server.misbehave(TEXTS[3], fault)
    teacher.run(config(server), inputs, tmp_path / "rough")
    names = ("pairs.jsonl.xz", "failures.jsonl")
    calm, rough = contents(tmp_path / "calm"), contents(tmp_path / "rough")
    assert [rough[name] for name in names] == [calm[name] for name in names]
    assert server.asked[TEXTS[3]] == (2 if fault is Fault.CHATTER else 3)


def test_retry_after_is_honoured(inputs, tmp_path):
    with TeacherServer(retry_after_ms=400) as server:
        server.misbehave(TEXTS[0], Fault.RATE_LIMIT)
        started = time.monotonic()
        teacher.run(config(server), inputs, tmp_path / "out")
        assert time.monotonic() - started >= 0.4


STAYING = {
    Fault.RATE_LIMIT: "unavailable",
    Fault.SERVER_ERROR: "unavailable",
    Fault.NOT_JSON: "broken_answer",
    Fault.NOT_CHAT: "broken_answer",
    Fault.BROKEN_JSON: "broken_answer",
    Fault.WRONG_SHAPE: "broken_answer",
    Fault.TRUNCATED: "truncated",
    Fault.FILTERED: "filtered",
    Fault.REFUSAL: "refused",
    Fault.BAD_REQUEST: "rejected",
}


@pytest.mark.parametrize("fault", STAYING, ids=lambda fault: fault.name)
def test_a_poisoned_row_costs_only_itself(fault, server, inputs, tmp_path):
    server.misbehave(TEXTS[3], fault, always=True)
    counts = teacher.run(config(server), inputs, tmp_path / "out")
    assert counts["answered"] == 11
    assert counts[f"failed.{STAYING[fault]}"] == 1
    assert failures(tmp_path / "out") == [STAYING[fault]]


def test_a_timeout_costs_only_its_row(inputs, tmp_path):
    with TeacherServer(slow_s=1.5) as server:
        server.misbehave(TEXTS[3], Fault.SLOW, always=True)
        counts = teacher.run(config(server, timeout_s=0.3, retries=0), inputs, tmp_path / "out")
    assert (counts["answered"], counts["failed.timeout"]) == (11, 1)


def test_a_cut_answer_is_asked_for_with_more_room(server, inputs, tmp_path):
    server.misbehave(TEXTS[3], Fault.TRUNCATED)
    teacher.run(config(server, max_answer_tokens=100), inputs, tmp_path / "out")
    rooms = [b["max_tokens"] for b in server.requests if TEXTS[3] in b["messages"][1]["content"]]
    assert rooms == [100, 200]


@pytest.mark.parametrize("formats", [("json_object",), ()])
def test_a_server_without_schemas_is_asked_for_less(formats, inputs, tmp_path):
    with TeacherServer(formats=formats) as server:
        counts = teacher.run(config(server, concurrency=1), inputs, tmp_path / "out")
        assert counts["answered"] == 12
        # Once it is known, nobody asks in vain again.
        assert len(server.requests) == 12 + (2 - len(formats))


def test_a_restart_asks_only_for_what_is_missing(server, inputs, tmp_path):
    server.misbehave(TEXTS[1], Fault.REFUSAL, always=True)
    server.misbehave(TEXTS[2], *[Fault.SERVER_ERROR] * 6)
    counts = teacher.run(config(server), inputs, tmp_path / "out")
    assert (counts["failed.refused"], counts["failed.unavailable"]) == (1, 1)
    server.requests.clear()
    counts = teacher.run(config(server), inputs, tmp_path / "out")
    assert len(server.requests) == 1
    assert (counts["answered"], counts["failed.refused"]) == (11, 1)


def test_other_parameters_are_other_requests(server, inputs, tmp_path):
    first = config(server)
    teacher.run(first, inputs, tmp_path / "out")
    before = contents(tmp_path / "out")
    warm = replace(first, parameters={"temperature": 1.0, "top_p": 0.9, "min_p": 0.1})
    teacher.run(warm, inputs, tmp_path / "out")
    assert len(server.requests) == 24
    assert server.requests[-1]["min_p"] == 0.1
    # What was paid for is still there.
    teacher.run(first, inputs, tmp_path / "out")
    assert len(server.requests) == 24
    assert contents(tmp_path / "out")["pairs.jsonl.xz"] == before["pairs.jsonl.xz"]


RUN = """
import sys
from pathlib import Path
from distill import teacher
from distill.teacher import Config
from distill.teacher.client import Server
teacher.run(
    Config("tiny-teacher", server=Server(base_url=sys.argv[1], concurrency=3)),
    Path(sys.argv[2]), Path(sys.argv[3]),
)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_killed_and_resumed_it_ends_with_the_same_files(inputs, tmp_path):
    with TeacherServer(delay_s=0.1) as server:
        command = [sys.executable, "-c", RUN, server.base_url, inputs, tmp_path / "out"]
        process = subprocess.Popen(command, cwd=Path(teacher.__file__).parents[2])
        deadline = time.monotonic() + 60
        while len(server.requests) < 6 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert not (tmp_path / "out" / "pairs.jsonl.xz").exists()
        before = sum(server.asked.values())
        settings = config(server, concurrency=3)
        teacher.run(settings, inputs, tmp_path / "out")
        again = sum(server.asked.values()) - len(TEXTS)
        assert before >= 6
        assert again <= 3, "more was asked again than was in flight"
        teacher.run(settings, inputs, tmp_path / "calm")
    assert contents(tmp_path / "out") == contents(tmp_path / "calm")


@pytest.mark.parametrize("fault", [Fault.ECHO_KEY, Fault.NO_SUCH_MODEL])
def test_a_server_that_will_never_answer_ends_the_run_in_one_line(fault, server, inputs, tmp_path):
    for text in TEXTS:
        server.misbehave(text, fault, always=True)
    with pytest.raises(ModelError, match="refuses") as caught:
        teacher.run(config(server), inputs, tmp_path / "out")
    assert "\n" not in str(caught.value)
    assert len(server.requests) <= 4


def test_a_server_that_is_gone_ends_the_run(inputs, tmp_path):
    with TeacherServer() as server:
        gone = config(server, retries=0, give_up_after=5)
    with pytest.raises(ModelError, match="5 requests in a row"):
        teacher.run(gone, inputs, tmp_path / "out")
    assert not (tmp_path / "out" / "pairs.jsonl.xz").exists()


def test_the_token_budget_is_never_passed_and_can_be_raised(server, inputs, tmp_path):
    plain = config(server, max_answer_tokens=200)
    full = teacher.run(plain, inputs, tmp_path / "full")
    needed = full["prompt_tokens"] + full["completion_tokens"]
    tight = replace(plain, limits=Limits(max_tokens=needed // 2))
    counts = teacher.run(tight, inputs, tmp_path / "out")
    assert 0 < counts["answered"] < 12
    assert counts["answered"] + counts["not_asked"] == 12
    assert counts["prompt_tokens"] + counts["completion_tokens"] <= needed // 2
    # The journal's spending counts, so the same budget buys nothing more.
    assert teacher.run(tight, inputs, tmp_path / "out") == counts
    assert teacher.run(plain, inputs, tmp_path / "out") == full
    assert contents(tmp_path / "out") == contents(tmp_path / "full")


def test_tokens_of_answers_in_vain_are_counted(server, inputs, tmp_path):
    fine = teacher.run(config(server), inputs, tmp_path / "fine")
    server.misbehave(TEXTS[3], Fault.BROKEN_JSON, *[Fault.SERVER_ERROR] * 6)
    counts = teacher.run(config(server), inputs, tmp_path / "out")
    # Once in vain, then six times 500 in two rounds of three tries.
    assert counts["answered"] == 11
    again = teacher.run(config(server), inputs, tmp_path / "out")
    assert again["answered"] == 12
    assert again["prompt_tokens"] == fine["prompt_tokens"] * 13 // 12


def test_the_cost_budget(server, inputs, tmp_path):
    limits = Limits(max_cost=0.01, prompt_price=10.0, completion_price=20.0)
    counts = teacher.run(replace(config(server), limits=limits), inputs, tmp_path / "out")
    spent = counts["prompt_tokens"] * 10e-6 + counts["completion_tokens"] * 20e-6
    assert spent <= 0.01
    assert counts["not_asked"] > 0


def test_servers_that_do_not_count_are_counted_for(inputs, tmp_path):
    with TeacherServer(usage=False) as server:
        counts = teacher.run(config(server), inputs, tmp_path / "out")
    assert counts["prompt_tokens"] > 1000
    assert counts["completion_tokens"] > 100


def test_the_pace_is_kept(server, inputs, tmp_path):
    slow = replace(config(server), limits=Limits(requests_per_minute=1200))
    started = time.monotonic()
    teacher.run(slow, inputs, tmp_path / "out")
    assert time.monotonic() - started >= 11 * 0.05


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"model": "m", "server": {"base_url": "ftp://x"}}, "server: base_url"),
        ({"model": "m", "server": {"base_url": "http://me:pw@x/v1"}}, "must not hold a key"),
        ({"model": "m", "server": {"base_url": "http://x/v1?key=1"}}, "must not hold a key"),
        ({"model": "m", "server": {"concurrency": 0}}, "at least 1"),
        ({"model": "m", "paraphrases": 0}, "between 1 and 50"),
        ({"model": "m", "limits": {"max_cost": 1.0}}, "prompt_price"),
        ({"model": "m", "via": "telepathy"}, "not one of"),
    ],
)
def test_impossible_settings(table, message):
    with pytest.raises(OptionError, match=message) as caught:
        from_table(Config, table)
    assert ":pw@" not in str(caught.value)


def test_ctrl_c_keeps_what_was_answered(inputs, tmp_path):
    with TeacherServer(delay_s=0.1) as server:
        command = [sys.executable, "-c", RUN, server.base_url, inputs, tmp_path / "out"]
        process = subprocess.Popen(
            command, cwd=Path(teacher.__file__).parents[2], stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while len(server.requests) < 6 and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) != 0
    with contextlib.suppress(FileNotFoundError):
        assert (tmp_path / "out" / "answers.jsonl").read_bytes().count(b"\n") >= 3
