"""Settings of the stage `generate`."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from distill.records import Source, content_id
from paraphraser_tui.errors import OptionError

from .client import Server
from .limits import Limits
from .prompts import PROMPT_VERSION

MOST_PARAPHRASES = 50


class Via(StrEnum):
    """How the teacher is reached."""

    SERVER = "server"
    BATCH = "batch"
    LOCAL = "local"


@dataclass(frozen=True)
class Batch:
    """How the Batch API is used; 50,000 lines per file is OpenAI's limit."""

    poll_s: float = 60.0
    max_lines: int = 50_000


@dataclass(frozen=True)
class Local:
    """A Hugging Face model in this process; only safetensors are loaded, no code of the model.

    prefix: put before the source for sequence-to-sequence models; chat models get the prompt.
    generation: arguments of `generate`, such as top_p or num_beams.
    """

    device: str = "auto"
    dtype: str = "auto"
    batch_size: int = 8
    prefix: str = "paraphrase: "
    max_new_tokens: int = 512
    generation: dict[str, Any] = field(default_factory=lambda: {"do_sample": True, "top_p": 0.95})


@dataclass(frozen=True)
class Config:
    """Who is asked for what.

    model: name at the server, on the Hub, or a directory. teacher: the name written into the
    pairs, by default the model. paraphrases: per source (5 in arXiv 2404.12596).
    parameters: sent to the server as they are, such as temperature, top_p, reasoning_effort.
    """

    model: str
    via: Via = Via.SERVER
    teacher: str = ""
    paraphrases: int = 5
    seed: int = 0
    parameters: dict[str, Any] = field(default_factory=lambda: {"temperature": 0.0})
    server: Server = field(default_factory=Server)
    limits: Limits = field(default_factory=Limits)
    batch: Batch = field(default_factory=Batch)
    local: Local = field(default_factory=Local)

    def __post_init__(self) -> None:
        if not 1 <= self.paraphrases <= MOST_PARAPHRASES:
            raise OptionError(f"paraphrases must be between 1 and {MOST_PARAPHRASES}")

    def key(self, source: Source) -> str:
        """The id of the request for a source: equal requests have equal ids.

        Where the server is, and what may be spent there, are no part of it.
        """
        how: dict[str, Any] = {"parameters": self.parameters}
        if self.via is Via.LOCAL:
            how = {"generation": self.local.generation, "prefix": self.local.prefix}
        asked = [self.model, self.paraphrases, self.seed, how]
        return content_id(source.text, PROMPT_VERSION, json.dumps(asked, sort_keys=True))
