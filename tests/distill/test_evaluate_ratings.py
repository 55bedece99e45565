"""The blind sheet, its key, filled sheets, agreement and the judge."""

import asyncio
import csv
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise

import pytest

from distill.evaluate import judge, sheet
from distill.evaluate.chat import NoAnswerError
from distill.evaluate.config import JudgeConfig
from distill.evaluate.metrics import Answers
from distill.evaluate.ratings import Scale, agreement, draw, verdicts
from distill.evaluate.sets import EvalSet, Item
from distill.teacher.client import AnswerFormat, Server
from paraphraser_tui.errors import InputError, ModelError

SIZE = 30
ITEMS = EvalSet("set", tuple(Item(f"source {i}", ("ref",)) for i in range(SIZE)))
ANSWERS = [
    Answers("one", tuple((f"text {i}",) for i in range(SIZE))),
    Answers("two", tuple((f"text {i}" if i % 2 else f"=other {i}",) for i in range(SIZE))),
]
GOOD = '{"fluent": 3, "faithful": 2, "dissimilar": 1}'


@pytest.fixture
def lines():
    return draw([(ITEMS, ANSWERS)], items=SIZE, seed=0)


def rate_all(lines, value):
    return {(line.item, scale): value(line, scale) for line in lines for scale in Scale}


def test_equal_outputs_are_one_line_for_both_systems(lines):
    shared = [line for line in lines if line.systems == ("one", "two")]
    assert (len(lines), len(shared)) == (SIZE + SIZE // 2, SIZE // 2)
    assert [line.item for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        number = line.source.removeprefix("source ")
        assert line.paraphrase in (f"text {number}", f"=other {number}")


def test_the_order_is_shuffled_and_repeatable(lines):
    assert draw([(ITEMS, ANSWERS)], items=SIZE, seed=0) == lines
    assert draw([(ITEMS, ANSWERS)], items=SIZE, seed=1) != lines
    together = sum(a.source == b.source for a, b in pairwise(lines))
    assert together < SIZE // 2  # as many as there are sources with two lines
    few = draw([(ITEMS, ANSWERS)], items=4, seed=0)
    assert len({line.source for line in few}) == 4


def fill(path, target, ratings):
    """What a rater does: fills in the cells, in a program that drops the quote in front."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["paraphrase"] = row["paraphrase"].removeprefix("'")
        for scale in Scale:
            row[scale.value] = ratings.get((int(row["item"]), scale), "")
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, sheet.SHEET_FIELDS)
        writer.writeheader()
        writer.writerows(rows)
    return target


def test_sheet_hides_the_systems_and_comes_back(lines, tmp_path):
    blank, key = tmp_path / "sheet.csv", tmp_path / "key.csv"
    sheet.write(lines, blank, key)
    text = blank.read_text("utf-8-sig")
    assert "one" not in text
    assert "two" not in text
    assert "'=other" in text  # not a formula
    assert sheet.read(blank, lines) == {}
    with key.open(encoding="utf-8-sig", newline="") as stream:
        named = [(int(row["item"]), row["system"]) for row in csv.DictReader(stream)]
    assert named == [(line.item, system) for line in lines for system in line.systems]
    ratings = rate_all(lines, lambda line, scale: 1 + line.item % 3)
    del ratings[1, Scale.FLUENT]
    assert sheet.read(fill(blank, tmp_path / "filled.csv", ratings), lines) == ratings


def test_filled_sheets_are_checked(lines, tmp_path):
    blank = tmp_path / "sheet.csv"
    sheet.write(lines, blank, tmp_path / "key.csv")
    with pytest.raises(InputError, match=r"line 2: fluent must be 1 to 3, not '4'"):
        sheet.read(fill(blank, tmp_path / "a.csv", {(1, Scale.FLUENT): 4}), lines)
    other = draw([(ITEMS, ANSWERS)], items=SIZE, seed=1)
    with pytest.raises(InputError, match="another run"):
        sheet.read(blank, other)
    (tmp_path / "b.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no column"):
        sheet.read(tmp_path / "b.csv", lines)


def test_verdicts_by_hand(lines):
    # The second system's own texts get 1, shared ones 3; the second rater gave nothing.
    first = rate_all(lines, lambda line, scale: 1 if line.systems == ("two",) else 3)
    one, two = sorted(verdicts(lines, [first, {}], 200, seed=0), key=lambda v: v.system)
    assert (one.scores[Scale.FLUENT].value, two.scores[Scale.FLUENT].value) == (3, 2)
    assert (one.scores[Scale.FLUENT].low, one.scores[Scale.FLUENT].high) == (3, 3)
    assert two.scores[Scale.FLUENT].low < 2 < two.scores[Scale.FLUENT].high
    assert one.ratings == two.ratings == SIZE * len(Scale)


def test_agreement_by_hand(lines):
    a, b = lines[0].item, lines[1].item
    first = {(a, Scale.FLUENT): 1, (b, Scale.FLUENT): 3}
    swapped = {(a, Scale.FLUENT): 3, (b, Scale.FLUENT): 1}
    assert agreement(lines, [first, first], Scale.FLUENT) == pytest.approx(1)
    # 1 - (n - 1) o13 / (n1 n3) with n = 4 ratings and o13 = n1 = n3 = 2.
    assert agreement(lines, [first, swapped], Scale.FLUENT) == pytest.approx(-0.5)
    assert agreement(lines, [first], Scale.FLUENT) is None
    assert agreement(lines, [first, first], Scale.FAITHFUL) is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (GOOD, {"fluent": 3, "faithful": 2, "dissimilar": 1}),
        (f"Sure:\n```json\n{GOOD}\n```", {"fluent": 3, "faithful": 2, "dissimilar": 1}),
        (GOOD.replace("3", "4"), None),
        (GOOD.replace("3", "true"), None),
        ('{"fluent": 3}', None),
        ("three", None),
        ("", None),
    ],
)
def test_answers_of_a_judge(answer, expected):
    assert judge.read_rating(answer) == expected


def ask(chat, lines, path, tries=2):
    config = JudgeConfig(len(lines), "judge", Server(answer_tries=tries, concurrency=3))
    return asyncio.run(judge.rate_with(chat, lines, config, path))


def test_the_judge_is_asked_once_and_sees_no_system(lines, tmp_path):
    asked = []

    async def chat(messages, schema):
        asked.append(json.loads(messages[1]["content"]))
        return GOOD

    first = ask(chat, lines, tmp_path / "j.jsonl")
    assert first == ask(chat, lines, tmp_path / "j.jsonl")
    assert first[lines[0].item, Scale.FAITHFUL] == 2
    assert len(first) == len(lines) * len(Scale)
    assert sorted(map(str, asked)) == sorted(
        str({"source": line.source, "paraphrase": line.paraphrase}) for line in lines
    )


def test_bad_answers_are_asked_for_again_then_left_out(lines, tmp_path):
    bad, worse, lost = (line.paraphrase for line in lines[:3])
    count = dict.fromkeys((bad, worse, lost), 0)

    async def chat(messages, schema):
        text = json.loads(messages[1]["content"])["paraphrase"]
        if text in count:
            count[text] += 1
        if text == lost:
            raise NoAnswerError
        return "?" if text == worse or (text == bad and count[bad] == 1) else GOOD

    found = ask(chat, lines, tmp_path / "j.jsonl")
    missing = {line.item for line in lines} - {item for item, _ in found}
    assert missing == {lines[1].item, lines[2].item}
    assert count == {bad: 2, worse: 2, lost: 1}


def test_a_refusal_stops_the_judge_in_one_line(lines, tmp_path):
    async def chat(messages, schema):
        raise ModelError("no")

    with pytest.raises(ModelError, match="no"):
        ask(chat, lines, tmp_path / "j.jsonl")


@pytest.fixture
def server():
    """A judge's server: answers GOOD, or the status put into `status`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            http.seen.append((self.path, self.headers["Authorization"], body))
            answer = {"choices": [{"message": {"content": GOOD}}]}
            if http.status != 200:
                answer = {"error": {"message": f"key {self.headers['Authorization']} is bad"}}
            data = json.dumps(answer).encode()
            self.send_response(http.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    http = HTTPServer(("127.0.0.1", 0), Handler)
    http.seen, http.status = [], 200
    threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
    yield http
    http.shutdown()
    http.server_close()


def judge_config(server, **settings):
    base = f"http://127.0.0.1:{server.server_port}/v1"
    return JudgeConfig(3, "m", Server(base, "JUDGE_KEY", retries=0, **settings))


def test_the_judge_over_http(lines, tmp_path, server, monkeypatch):
    monkeypatch.setenv("JUDGE_KEY", "sk-secret-123456")
    few = lines[:3]
    found = judge.rate(few, judge_config(server), tmp_path / "j.jsonl")
    assert found == {
        (line.item, scale): value
        for line in few
        for scale, value in zip(Scale, (3, 2, 1), strict=True)
    }
    path, key, body = server.seen[0]
    assert (path, key) == ("/v1/chat/completions", "Bearer sk-secret-123456")
    assert (body["model"], body["temperature"]) == ("m", 0)
    assert body["response_format"]["json_schema"]["schema"] == judge.schema()
    plain = judge_config(server, answer_format=AnswerFormat.TEXT)
    judge.rate(few[:1], plain, tmp_path / "k.jsonl")
    assert "response_format" not in server.seen[-1][2]


def test_a_wrong_key_is_an_error_that_does_not_show_it(lines, tmp_path, server, monkeypatch):
    monkeypatch.setenv("JUDGE_KEY", "sk-secret-123456")
    server.status = 401
    with pytest.raises(ModelError, match="the judge refuses to work") as caught:
        judge.rate(lines[:1], judge_config(server), tmp_path / "j.jsonl")
    assert "secret" not in str(caught.value)


def test_a_server_in_trouble_costs_its_lines_only(lines, tmp_path, server, monkeypatch):
    monkeypatch.setenv("JUDGE_KEY", "sk-secret-123456")
    server.status = 500
    assert judge.rate(lines[:2], judge_config(server), tmp_path / "j.jsonl") == {}
    server.status = 200
    assert judge.rate(lines[:2], judge_config(server), tmp_path / "j.jsonl")
