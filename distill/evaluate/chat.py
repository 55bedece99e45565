"""One chat completion at a time from an OpenAI-compatible server, for the judge."""

from typing import Any

from paraphraser_tui.errors import ModelError

from ..teacher.client import CONNECT_TIMEOUT_S, AnswerFormat, Server
from ..teacher.secret import Secret

Messages = list[dict[str, str]]


class NoAnswerError(Exception):
    """This request has no answer now; others may have one."""


class ServerChat:
    """Deterministic answers (temperature 0) of one model. Use as an async context manager."""

    def __init__(self, server: Server, secret: Secret, model: str):
        import openai

        self._openai = openai
        self._server, self._secret, self._model = server, secret, model
        self._client = openai.AsyncOpenAI(
            base_url=server.base_url,
            api_key=secret.value,
            max_retries=server.retries,
            timeout=openai.Timeout(server.timeout_s, connect=CONNECT_TIMEOUT_S),
        )

    async def __aenter__(self) -> "ServerChat":
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._client.close()

    async def __call__(self, messages: Messages, schema: dict[str, Any]) -> str:
        """The text of an answer. Raises NoAnswerError, and ModelError when none can succeed."""
        openai = self._openai
        body = {
            "model": self._model,
            "messages": messages,
            "temperature": 0,
            self._server.token_field: self._server.max_answer_tokens,
            **self._answer_format(schema),
        }
        try:
            # As plain JSON: not every server's answer fits the typed model.
            found = await self._client.post("/chat/completions", body=body, cast_to=object)
            content = found["choices"][0]["message"]["content"]
        except (
            openai.AuthenticationError,
            openai.PermissionDeniedError,
            openai.NotFoundError,
            openai.BadRequestError,
        ) as error:
            reason = self._secret.redact(" ".join(str(error).split()))
            raise ModelError(f"the judge refuses to work: {reason}") from None
        except (openai.OpenAIError, ValueError, LookupError, TypeError) as error:
            raise NoAnswerError(self._secret.redact(type(error).__name__)) from None
        if not isinstance(content, str):
            raise NoAnswerError("no text")
        return content

    def _answer_format(self, schema: dict[str, Any]) -> dict[str, Any]:
        kind = self._server.answer_format
        if kind is AnswerFormat.JSON_SCHEMA:
            form = {"name": "rating", "strict": True, "schema": schema}
            return {"response_format": {"type": "json_schema", "json_schema": form}}
        if kind is AnswerFormat.JSON_OBJECT:
            return {"response_format": {"type": "json_object"}}
        return {}
