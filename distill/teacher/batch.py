"""Ask through the Batch API: half the price, within a day, results in any order.

Three steps, each taken up where a killed run left it: `prepare` writes request files,
`submit` uploads them and starts a batch for each, `collect` waits and moves the answers
into the journal by their custom_id. Which batch belongs to which file is on disk, and
also in the metadata of the batch, so that a batch is never started (and paid) twice.
"""

import json
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from distill.journal import Journal
from distill.records import Source, content_id, to_line, write_jsonl
from paraphraser_tui.errors import ModelError

from .client import Server, read_choice, request_body, what_it_said
from .limits import Usage, tokens_at_most
from .options import Config
from .outcome import Failure, Outcome, is_missing, total
from .secret import Secret, keep_out_of_logs

ENDPOINT = "/v1/chat/completions"
WINDOW = "24h"
DIRECTORY = "batches"
STATE_FILE = "batches.jsonl"
METADATA_KEY = "requests"
# OpenAI takes files up to 200 MB; some room is left.
MAX_FILE_BYTES = 190_000_000
OK = 200
_REJECTED = range(400, 429)
_ENDED = frozenset({"completed", "expired", "cancelled", "failed"})


def ask_batch(config: Config, missing: dict[str, Source], journal: Journal, out_dir: Path) -> bool:
    """Ask for all missing answers; False when the budget left some out. Raises ModelError."""
    secret = Secret.read(config.server.api_key_env, config.server.api_key_file)
    directory = out_dir / DIRECTORY
    with keep_out_of_logs(secret), Journal(directory / STATE_FILE) as state:
        service = Service(config.server, secret)
        collect(service, state, journal, config)  # what a killed run had submitted
        missing = {key: source for key, source in missing.items() if is_missing(journal, key)}
        affordable = _affordable(config, missing, journal)
        for path in prepare(config, affordable, directory, state):
            submit(service, state, path)
        collect(service, state, journal, config)
        return len(affordable) == len(missing)


def prepare(
    config: Config, sources: dict[str, Source], directory: Path, state: Journal
) -> list[Path]:
    """Write the requests to files named after their ids; returns the files."""
    paths = []
    for lines in _files(config, sources):
        ids = [line["custom_id"] for line in lines]
        names = (content_id(*ids, str(again)) for again in count())
        # Asked for once more after a batch that brought nothing, they need another name.
        name = next(name for name in names if not (state.get(name) or {}).get("collected"))
        paths.append(directory / f"{name}.jsonl")
        write_jsonl(paths[-1], lines)
    return paths


def submit(service: "Service", state: Journal, path: Path) -> None:
    """Upload a file and start its batch, unless that was done before."""
    if path.stem not in state:
        batch = service.find(path.stem) or service.start(path)
        state.append({"id": path.stem, "batch": batch})


def collect(service: "Service", state: Journal, journal: Journal, config: Config) -> None:
    """Wait for all batches and put their answers into the journal. Raises ModelError."""
    for row in list(state.rows()):
        if row.get("collected"):
            continue
        batch = service.wait(row["batch"], config.batch.poll_s)
        if batch["status"] == "failed":
            state.append({**row, "collected": True})
            raise ModelError(service.why_failed(batch))
        for kind in ("output_file_id", "error_file_id"):
            for line in service.lines(batch.get(kind)):
                found = read_line(line, config.paraphrases)
                if found:
                    key, outcome = found
                    journal.append(outcome.row(key))
        state.append({**row, "collected": True})


def read_line(line: bytes, paraphrases: int) -> tuple[str, Outcome] | None:
    """The id and outcome in one line of a result file; None if it cannot be read."""
    try:
        row = json.loads(line)
        key, response = row["custom_id"], row.get("response") or {}
        # Seen in the wild: a request "completed" with status 0 and no body.
        status, body = response.get("status_code", 0), response.get("body")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if status == OK and isinstance(body, dict):
        return key, read_choice(body, paraphrases)
    failure = Failure.REJECTED if status in _REJECTED else Failure.UNAVAILABLE
    return key, Outcome(failure=failure, detail=f"status {status}")


class Service:
    """The few calls of the Files and Batch API that are needed; faults become ModelError."""

    def __init__(self, server: Server, secret: Secret):
        import openai

        self._secret = secret
        self._client = openai.OpenAI(
            base_url=server.base_url,
            api_key=secret.value,
            max_retries=server.retries,
            timeout=server.timeout_s,
        )

    def find(self, name: str) -> str | None:
        """The id of a batch that was started for a request file and has not failed."""
        batches = self._call(lambda: self._client.batches.list(limit=100).data)
        for batch in batches:
            ours = (batch.metadata or {}).get(METADATA_KEY) == name
            if ours and batch.status not in ("failed", "cancelling", "cancelled"):
                return batch.id
        return None

    def start(self, path: Path) -> str:
        """Upload a request file and start its batch; returns the batch's id."""
        file = self._call(lambda: self._client.files.create(file=path, purpose="batch"))
        batch = self._call(
            lambda: self._client.batches.create(
                input_file_id=file.id,
                endpoint=ENDPOINT,
                completion_window=WINDOW,
                metadata={METADATA_KEY: path.stem},
            )
        )
        return batch.id

    def wait(self, batch_id: str, poll_s: float) -> dict[str, Any]:
        """Poll a batch until it has ended."""
        while True:
            batch = self._call(lambda: self._client.batches.retrieve(batch_id))
            if batch.status in _ENDED:
                return batch.model_dump()
            time.sleep(poll_s)

    def why_failed(self, batch: dict[str, Any]) -> str:
        """One line about a batch whose file was not accepted."""
        errors = (batch.get("errors") or {}).get("data") or []
        reasons = "; ".join(error.get("message") or "" for error in errors) or "no reason given"
        return self._secret.redact(f"batch {batch['id']} was not accepted: {reasons}")

    def lines(self, file_id: str | None) -> list[bytes]:
        """The lines of a result file."""
        if not file_id:
            return []
        return self._call(lambda: self._client.files.content(file_id).read()).splitlines()

    def _call(self, function: Callable[[], Any]) -> Any:
        try:
            return function()
        except Exception as error:
            said = what_it_said(error, self._secret)
        raise ModelError(f"the batch service: {said}; run again to continue")


def _files(config: Config, sources: dict[str, Source]) -> Iterator[list[dict[str, Any]]]:
    lines: list[dict[str, Any]] = []
    size = 0
    for key, source in sources.items():
        line = {"custom_id": key, "method": "POST", "url": ENDPOINT, "body": _body(config, source)}
        length = len(to_line(line))
        if lines and (len(lines) == config.batch.max_lines or size + length > MAX_FILE_BYTES):
            yield lines
            lines, size = [], 0
        lines.append(line)
        size += length
    if lines:
        yield lines


def _affordable(config: Config, missing: dict[str, Source], journal: Journal) -> dict[str, Source]:
    """As many sources, from the first on, as the budget allows at worst."""
    planned, found = total(journal.rows()), {}
    for key, source in missing.items():
        asked = sum(len(message["content"]) for message in _body(config, source)["messages"])
        planned += Usage(tokens_at_most(asked), config.server.max_answer_tokens)
        if not config.limits.allow(planned):
            break
        found[key] = source
    return found


def _body(config: Config, source: Source) -> dict[str, Any]:
    return request_body(
        config.server,
        config.model,
        config.parameters,
        source.text,
        config.paraphrases,
        seed=config.seed,
    )
