"""A small server that speaks the OpenAI protocol and misbehaves on request, for tests.

    with TeacherServer() as server:
        ... Server(base_url=server.base_url) ...
        server.misbehave("some text", Fault.RATE_LIMIT, Fault.SERVER_ERROR)

Answers come from a table of paraphrases, else from simple word swaps. Runs in a thread of
this process, or as a command (`python tests/distill/teacher_server.py`), which prints its
address and serves until it is ended.
"""

import json
import re
import sys
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from email import message_from_bytes
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

SWAPS = {
    "big": ("large", "huge"), "small": ("little", "tiny"), "fast": ("quick", "rapid"),
    "buy": ("purchase", "get"), "bought": ("purchased", "got"), "begin": ("start", "commence"),
    "began": ("started", "commenced"), "help": ("assist", "aid"), "show": ("display", "present"),
    "good": ("fine", "great"), "happy": ("glad", "pleased"), "house": ("home", "building"),
    "said": ("stated", "remarked"), "also": ("too", "as well"), "many": ("numerous", "lots of"),
    "important": ("significant", "vital"), "use": ("employ", "apply"), "get": ("obtain", "gain"),
    "make": ("create", "produce"), "think": ("believe", "suppose"), "car": ("vehicle", "auto"),
    "way": ("method", "manner"), "best": ("finest", "top"), "street": ("road", "lane"),
    "walked": ("strolled", "went"), "child": ("kid", "youngster"), "work": ("labour", "job"),
}  # fmt: skip
OPENINGS = ("It is said that ", "In other words, ", "Put differently, ", "To say it again, ")


class Fault(Enum):
    """What can go wrong with one request."""

    RATE_LIMIT = auto()  # 429 with retry-after
    SERVER_ERROR = auto()  # 500
    SLOW = auto()  # answers after `slow_s`
    HANG_UP = auto()  # closes the connection without a word
    CUT_BODY = auto()  # fewer bytes than announced
    NOT_JSON = auto()  # 200 with HTML
    BROKEN_JSON = auto()  # the answer is no JSON object
    WRONG_SHAPE = auto()  # JSON, but not of the schema
    NOT_CHAT = auto()  # 200 with JSON of another kind
    TRUNCATED = auto()  # finish_reason "length"
    FILTERED = auto()  # finish_reason "content_filter"
    REFUSAL = auto()  # the model declines
    CHATTER = auto()  # the answer within talk and a code fence
    BAD_REQUEST = auto()  # 400
    NO_SUCH_MODEL = auto()  # 404
    ECHO_KEY = auto()  # 401 whose message repeats the key


def word_swaps(text: str, count: int) -> list[str]:
    """`count` different texts made from one by swapping words, deterministic."""
    made = []
    for i in range(count):

        def swap(match: re.Match[str], i: int = i) -> str:
            options = SWAPS.get(match[0].lower())
            word = options[i % len(options)] if options else match[0]
            return word.capitalize() if match[0][0].isupper() and options else word

        swapped = re.sub(r"[A-Za-z]+", swap, text)
        if i >= 1 or swapped == text:
            swapped = OPENINGS[i % len(OPENINGS)] + swapped[:1].lower() + swapped[1:]
        made.append(swapped if swapped not in made else f"{swapped[:-1]} ({i}){swapped[-1]}")
    return made


class TeacherServer:
    """Serves /v1/chat/completions, /v1/files and /v1/batches on a free port of this machine."""

    def __init__(
        self,
        table: Mapping[str, Sequence[str]] | None = None,
        *,
        port: int = 0,
        delay_s: float = 0.0,
        slow_s: float = 1.0,
        retry_after_ms: int = 20,
        formats: Sequence[str] = ("json_schema", "json_object"),
        usage: bool = True,
        batch_polls: int = 2,
    ):
        self.table = dict(table or {})
        self.delay_s, self.slow_s, self.retry_after_ms = delay_s, slow_s, retry_after_ms
        self.formats, self.usage, self.batch_polls = tuple(formats), usage, batch_polls
        self.requests: list[dict[str, Any]] = []
        self.asked: Counter[str] = Counter()
        self.keys: set[str] = set()
        self.most_at_once = 0
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.lose_in_batch: set[str] = set()  # texts whose line has status 0
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._always: dict[str, Fault] = {}
        self._busy = 0
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"teacher": self})
        self._http = _Http(("127.0.0.1", port), handler)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        serve = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        serve.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def serve_forever(self) -> None:
        """Serve in this thread."""
        self._http.serve_forever()

    def misbehave(self, text: str, *faults: Fault, always: bool = False) -> None:
        """The next requests for a text meet these faults; `always`: all meet the first."""
        if always:
            self._always[text] = faults[0]
        else:
            self._faults[text].extend(faults)

    # What follows is called by the handler.

    def enter(self, body: dict[str, Any], text: str, key: str) -> Fault | None:
        with self._lock:
            self.requests.append(body)
            self.asked[text] += 1
            self.keys.add(key)
            self._busy += 1
            self.most_at_once = max(self.most_at_once, self._busy)
            faults = self._faults[text]
            return faults.popleft() if faults else self._always.get(text)

    def leave(self) -> None:
        with self._lock:
            self._busy -= 1

    def completion(self, body: dict[str, Any], fault: Fault | None = None) -> dict[str, Any]:
        """The chat completion for a request."""
        text, count = read_request(body)
        texts = list(self.table.get(text, ()))[:count] or word_swaps(text, count)
        content: str | None = json.dumps({"paraphrases": texts})
        finish = "stop"
        if fault is Fault.BROKEN_JSON:
            content = content[: len(content) // 2]
        elif fault is Fault.WRONG_SHAPE:
            content = json.dumps({"paraphrases": {"1": text}})
        elif fault is Fault.TRUNCATED:
            content, finish = content[:20], "length"
        elif fault is Fault.FILTERED:
            content, finish = None, "content_filter"
        elif fault is Fault.CHATTER:
            content = f"Sure! Here are the paraphrases:\n```json\n{content}\n```\nAnything else?"
        message = {"role": "assistant", "content": content}
        if fault is Fault.REFUSAL:
            message |= {"content": None, "refusal": "I cannot help with that."}
        found = {
            "id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        }  # fmt: skip
        if self.usage:
            prompt = sum(len(m["content"].split()) for m in body["messages"])
            answer = len((content or "").split())
            found["usage"] = {
                "prompt_tokens": prompt,
                "completion_tokens": answer,
                "total_tokens": prompt + answer,
            }
        return found

    def create_batch(self, body: dict[str, Any]) -> dict[str, Any]:
        name = f"batch_{len(self.batches)}"
        self.batches[name] = {
            "id": name, "object": "batch", "endpoint": body["endpoint"], "status": "validating",
            "input_file_id": body["input_file_id"], "completion_window": "24h", "created_at": 0,
            "metadata": body.get("metadata"), "polls": 0,
        }  # fmt: skip
        return self.batches[name]

    def poll_batch(self, name: str) -> dict[str, Any]:
        batch = self.batches[name]
        batch["polls"] += 1
        if batch["polls"] >= self.batch_polls and batch["status"] != "completed":
            good, bad = self._run_batch(self.files[batch["input_file_id"]])
            for kind, lines in (("output", good), ("error", bad)):
                if lines:
                    self.files[f"file_{kind}_{name}"] = b"".join(lines)
                    batch[f"{kind}_file_id"] = f"file_{kind}_{name}"
            batch["status"] = "completed"
        return batch

    def _run_batch(self, content: bytes) -> tuple[list[bytes], list[bytes]]:
        good, bad = [], []
        for line in reversed(content.splitlines()):  # results come in any order
            row = json.loads(line)
            text, _ = read_request(row["body"])
            fault = self.enter(row["body"], text, "batch")
            self.leave()
            status, body = 200, self.completion(row["body"], fault)
            if text in self.lose_in_batch:
                status, body = 0, None
            elif fault is Fault.BAD_REQUEST:
                status, body = 400, {"error": {"message": "bad request"}}
            answer = {"custom_id": row["custom_id"], "error": None}
            answer["response"] = {"status_code": status, "request_id": "r", "body": body}
            (bad if status == 400 else good).append(json.dumps(answer).encode() + b"\n")
        return good, bad


def read_request(body: dict[str, Any]) -> tuple[str, int]:
    """The text and the number of paraphrases that a request of ours asks for."""
    count = int(re.search(r"exactly (\d+) paraphrases", body["messages"][0]["content"])[1])
    return json.loads(body["messages"][-1]["content"])["text"], count


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # clients may hang up
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    teacher: TeacherServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        content = self.rfile.read(length)
        if len(content) < length:  # the client is gone
            self.close_connection = True
            return
        if self.path == "/v1/chat/completions":
            self._chat(json.loads(content))
        elif self.path == "/v1/files":
            self._upload(content)
        elif self.path == "/v1/batches":
            self._reply(200, self.teacher.create_batch(json.loads(content)))
        else:
            self._reply(404, _error("no such path"))

    def do_GET(self) -> None:
        kind, _, name = self.path.removeprefix("/v1/").partition("/")
        name = name.partition("?")[0]
        if kind == "batches" and name:
            self._reply(200, self.teacher.poll_batch(name))
        elif kind.startswith("batches"):
            found = list(self.teacher.batches.values())
            self._reply(200, {"object": "list", "data": found, "has_more": False})
        elif kind == "files" and name.endswith("/content"):
            self._raw(200, self.teacher.files[name.removesuffix("/content")], "application/jsonl")
        else:
            self._reply(404, _error("no such path"))

    def _chat(self, body: dict[str, Any]) -> None:
        key = self.headers.get("authorization", "").removeprefix("Bearer ")
        text, _ = read_request(body)
        fault = self.teacher.enter(body, text, key)
        try:
            time.sleep(self.teacher.delay_s)
            self._answer(body, fault, key)
        finally:
            self.teacher.leave()

    def _answer(self, body: dict[str, Any], fault: Fault | None, key: str) -> None:
        form = body.get("response_format", {}).get("type")
        if form and form not in self.teacher.formats:
            return self._reply(400, _error(f"response_format {form} is not supported"))
        if fault is Fault.RATE_LIMIT:
            wait = {"retry-after-ms": str(self.teacher.retry_after_ms)}
            return self._reply(429, _error("slow down", "rate_limit_exceeded"), wait)
        if fault is Fault.SERVER_ERROR:
            wait = {"retry-after-ms": str(self.teacher.retry_after_ms)}
            return self._reply(500, _error("out of order"), wait)
        if fault is Fault.BAD_REQUEST:
            return self._reply(400, _error("this text is not welcome"))
        if fault is Fault.NO_SUCH_MODEL:
            return self._reply(404, _error("no such model"))
        if fault is Fault.ECHO_KEY:
            return self._reply(401, _error(f"Incorrect API key provided: {key}"))
        if fault is Fault.HANG_UP:
            self.close_connection = True
            return None
        if fault is Fault.NOT_JSON:
            return self._raw(200, b"<html>gateway</html>", "text/html")
        if fault is Fault.NOT_CHAT:
            return self._reply(200, {"status": "ok"})
        if fault is Fault.SLOW:
            time.sleep(self.teacher.slow_s)
        found = self.teacher.completion(body, fault)
        if fault is Fault.CUT_BODY:
            content = json.dumps(found).encode()
            self.close_connection = True
            return self._raw(200, content[:40], "application/json", length=len(content))
        return self._reply(200, found)

    def _upload(self, content: bytes) -> None:
        head = f"content-type: {self.headers['content-type']}\r\n\r\n".encode()
        for part in message_from_bytes(head + content).get_payload():
            if part.get_filename():
                name = f"file_{len(self.teacher.files)}"
                self.teacher.files[name] = part.get_payload(decode=True)
                shown = {"id": name, "object": "file", "bytes": 0, "created_at": 0}
                shown |= {
                    "filename": part.get_filename(),
                    "purpose": "batch",
                    "status": "processed",
                }
                self._reply(200, shown)

    def _reply(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        self._raw(status, json.dumps(body).encode(), "application/json", headers=headers)

    def _raw(
        self,
        status: int,
        content: bytes,
        kind: str,
        *,
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        try:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(content) if length is None else length))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client did not wait


def _error(message: str, code: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": "error", "param": None, "code": code}}


if __name__ == "__main__":
    server = TeacherServer()
    print(server.base_url, flush=True)
    server.serve_forever()
