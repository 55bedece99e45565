"""A teacher behind an OpenAI-compatible server: one source in, one checked answer out.

Temporary faults (429 with its retry-after, 5xx, lost connections) are retried by the
`openai` package. What remains comes back as an Outcome; only faults that every further
request would meet are raised, as ModelError without the original exception, since that
carries headers.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from paraphraser_tui.errors import ModelError, OptionError

from .limits import Budget, BudgetSpent, Pace, Usage, tokens_at_most
from .logprobs import read_tops
from .outcome import Failure, Outcome
from .prompts import AnswerError, messages, read_answer, schema
from .secret import Secret

CONNECT_TIMEOUT_S = 10.0
# At temperature 0 a second try would bring the same broken answer.
RETRY_TEMPERATURE = 0.7
DETAIL_CHARS = 200
_NO_MONEY = "insufficient_quota"
# No key, no right, no such model: every further request would meet the same.
_REFUSALS = frozenset({401, 403, 404})
_BUSY = frozenset({408, 409, 429})


class AnswerFormat(StrEnum):
    """What the server is asked to enforce, from strict to not at all."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    TEXT = "text"

    @property
    def weaker(self) -> "AnswerFormat | None":
        """The next format to try with a server that does not know this one."""
        return next(iter(_weaker_than(self)), None)


def _weaker_than(answer_format: AnswerFormat) -> list[AnswerFormat]:
    order = list(AnswerFormat)
    return order[order.index(answer_format) + 1 :]


@dataclass(frozen=True)
class Server:
    """Where the teacher is and how it may be used.

    api_key_env: name of the variable with the key; api_key_file: file that holds it. Neither
    is needed for most local servers. token_field: newer OpenAI models want
    "max_completion_tokens". retries: of one request by the client library; answer_tries: of
    an answer that is broken or cut off.
    """

    base_url: str = "https://api.openai.com/v1"
    api_key_env: str = ""
    # A text, not a Path: the contents of paths in a config are hashed into run.json.
    api_key_file: str = ""
    concurrency: int = 8
    retries: int = 5
    answer_tries: int = 2
    timeout_s: float = 120.0
    give_up_after: int = 25
    token_field: str = "max_tokens"
    max_answer_tokens: int = 1024
    answer_format: AnswerFormat = AnswerFormat.JSON_SCHEMA

    def __post_init__(self) -> None:
        address = urlsplit(self.base_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise OptionError("base_url must be an http or https address")
        if address.username or address.password or address.query:
            raise OptionError("base_url must not hold a key; use api_key_env or api_key_file")
        if min(self.concurrency, self.answer_tries, self.give_up_after) < 1:
            raise OptionError("concurrency, answer_tries and give_up_after must be at least 1")


def request_body(
    server: Server,
    model: str,
    parameters: dict[str, Any],
    text: str,
    count: int,
    *,
    seed: int = 0,
    attempt: int = 0,
    answer_format: AnswerFormat | None = None,
) -> dict[str, Any]:
    """The JSON body of a chat completion; a later attempt gets more room, heat and another seed."""
    answer_format = answer_format or server.answer_format
    body: dict[str, Any] = {
        "model": model,
        "messages": messages(text, count),
        server.token_field: server.max_answer_tokens * 2**attempt,
        "seed": seed + attempt,
        **parameters,
    }
    if attempt and "temperature" in parameters:
        body["temperature"] = max(parameters["temperature"], RETRY_TEMPERATURE)
    if answer_format is AnswerFormat.JSON_SCHEMA:
        form = {"name": "paraphrases", "strict": True, "schema": schema(count)}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
    elif answer_format is AnswerFormat.JSON_OBJECT:
        body["response_format"] = {"type": "json_object"}
    return body


def read_choice(completion: dict[str, Any], count: int) -> Outcome:
    """The outcome in the JSON of a chat completion, whatever its shape."""
    usage = _usage(completion)
    try:
        choice = completion["choices"][0]
        message = choice["message"]
        content, finish = message.get("content"), choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError):
        return Outcome(failure=Failure.BROKEN, detail="not a chat completion", usage=usage)
    if finish == "content_filter":
        return Outcome(failure=Failure.FILTERED, usage=usage)
    if message.get("refusal"):
        return Outcome(failure=Failure.REFUSED, usage=usage)
    if finish == "length":
        return Outcome(failure=Failure.TRUNCATED, usage=usage)
    try:
        if content is not None and not isinstance(content, str):
            raise AnswerError("content is not text")
        paraphrases = read_answer(content, count)
        return Outcome(paraphrases, usage=usage, tops=read_tops(choice, paraphrases))
    except AnswerError as error:
        return Outcome(failure=Failure.BROKEN, detail=str(error), usage=usage)


class Client:
    """Asks a server for paraphrases within a pace and a budget. Close it when done."""

    def __init__(
        self,
        server: Server,
        secret: Secret,
        model: str,
        parameters: dict[str, Any],
        count: int,
        seed: int,
        pace: Pace,
        budget: Budget,
    ):
        import openai

        self._openai = openai
        self._server, self._secret = server, secret
        self._model, self._parameters, self._count, self._seed = model, parameters, count, seed
        self._pace, self._budget = pace, budget
        self._format = server.answer_format
        self._client = openai.AsyncOpenAI(
            base_url=server.base_url,
            api_key=secret.value,
            max_retries=server.retries,
            timeout=openai.Timeout(server.timeout_s, connect=CONNECT_TIMEOUT_S),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def ask(self, text: str) -> Outcome:
        """Paraphrases of a text. Raises BudgetSpent, and ModelError when no request can succeed."""
        usage = Usage()
        for attempt in range(self._server.answer_tries):
            try:
                outcome = await self._attempt(text, attempt)
            except BudgetSpent:
                if not attempt:
                    raise
                break  # what the first try cost must be recorded
            usage += outcome.usage
            if outcome.failure not in (Failure.BROKEN, Failure.TRUNCATED):
                break
        return replace(outcome, usage=usage)

    async def _attempt(self, text: str, attempt: int) -> Outcome:
        """One answer; a server that rejects the answer format gets a weaker one."""
        answer_format = self._format
        while True:
            outcome = await self._request(text, attempt, answer_format)
            if outcome.failure is not Failure.REJECTED:
                break
            if answer_format.weaker is None:
                # A row that is bad in every format says nothing about the format.
                return outcome
            answer_format = answer_format.weaker
        if answer_format in _weaker_than(self._format):
            self._format = answer_format
        return outcome

    async def _request(self, text: str, attempt: int, answer_format: AnswerFormat) -> Outcome:
        body = request_body(
            self._server,
            self._model,
            self._parameters,
            text,
            self._count,
            seed=self._seed,
            attempt=attempt,
            answer_format=answer_format,
        )
        asked = sum(len(message["content"]) for message in body["messages"])
        worst = Usage(tokens_at_most(asked), body[self._server.token_field])
        async with self._budget.reserve(worst) as used:
            await self._pace.wait()
            outcome = await self._send(body, worst)
            used.append(outcome.usage)
            self._pace.charge(outcome.usage)
        return outcome

    async def _send(self, body: dict[str, Any], worst: Usage) -> Outcome:
        failed: Exception | None = None
        try:
            # As plain JSON: the typed method would refuse parameters it does not know.
            found = await self._client.post("/chat/completions", body=body, cast_to=object)
        except Exception as error:  # one row must not stop the run
            failed = error
        if failed is not None:
            # Judged here, lest what is raised carry the request and its headers as context.
            return self._judge(failed)
        outcome = read_choice(found, self._count)
        if outcome.usage == Usage():  # some servers do not count
            answer = sum(map(len, outcome.paraphrases))
            outcome = replace(outcome, usage=Usage(worst.prompt, tokens_at_most(answer)))
        return outcome

    def _judge(self, error: Exception) -> Outcome:
        """What an exception means for the row; raises ModelError if it means the end."""
        openai = self._openai
        said = what_it_said(error, self._secret)
        status = getattr(error, "status_code", 0)
        if status in _REFUSALS or getattr(error, "code", "") == _NO_MONEY:
            raise ModelError(f"the teacher refuses to work: {said}")
        if isinstance(error, openai.APITimeoutError):
            failure = Failure.TIMEOUT
        elif isinstance(error, openai.APIConnectionError) or status in _BUSY or status >= 500:
            failure = Failure.UNAVAILABLE
        elif isinstance(error, openai.APIStatusError):
            failure = Failure.REJECTED
        elif isinstance(error, ValueError):  # the body is not JSON
            failure = Failure.BROKEN
        else:
            failure = Failure.UNEXPECTED
        return Outcome(failure=failure, detail=said)


def what_it_said(error: Exception, secret: Secret) -> str:
    """The message of an exception on one line, without keys."""
    said = " ".join(str(error).split()) or type(error).__name__
    return secret.redact(said)[:DETAIL_CHARS]


def _usage(completion: Any) -> Usage:
    found = completion.get("usage") if isinstance(completion, dict) else None
    if not isinstance(found, dict):
        return Usage()
    counts = (found.get("prompt_tokens"), found.get("completion_tokens"))
    return Usage(*(n if type(n) is int and n > 0 else 0 for n in counts))
