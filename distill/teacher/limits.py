"""How fast and how much may be asked: requests and tokens per minute, and a budget."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from paraphraser_tui.errors import OptionError

MINUTE_S = 60.0
PER_MILLION = 1_000_000
# Characters per token of English in common vocabularies are about 4; 3 errs on the dear side.
CHARS_PER_TOKEN = 3


@dataclass(frozen=True)
class Usage:
    """Tokens read and written by the teacher."""

    prompt: int = 0
    completion: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.prompt + other.prompt, self.completion + other.completion)

    @property
    def total(self) -> int:
        return self.prompt + self.completion


@dataclass(frozen=True)
class Limits:
    """What may be spent and how fast; 0 is no limit.

    max_cost is in the currency of the two prices, which are per million tokens.
    """

    max_tokens: int = 0
    max_cost: float = 0.0
    prompt_price: float = 0.0
    completion_price: float = 0.0
    requests_per_minute: float = 0.0
    tokens_per_minute: float = 0.0

    def __post_init__(self) -> None:
        if self.max_cost and not (self.prompt_price or self.completion_price):
            raise OptionError("max_cost needs prompt_price and completion_price")

    def cost(self, usage: Usage) -> float:
        """What these tokens cost."""
        dear = usage.prompt * self.prompt_price + usage.completion * self.completion_price
        return dear / PER_MILLION

    def allow(self, usage: Usage) -> bool:
        """Whether this much may be spent in all."""
        tokens_ok = not self.max_tokens or usage.total <= self.max_tokens
        return tokens_ok and (not self.max_cost or self.cost(usage) <= self.max_cost)


class BudgetSpent(Exception):
    """The next request could go beyond the budget."""


class Budget:
    """What was spent and what the requests in flight may still cost at worst."""

    def __init__(self, limits: Limits, spent: Usage):
        self.spent = spent
        self._limits = limits
        self._reserved: list[Usage] = []
        self._settled = asyncio.Condition()

    @asynccontextmanager
    async def reserve(self, worst: Usage) -> AsyncIterator[list[Usage]]:
        """Room for a request of at most `worst`; put what it really used into the list.

        Waits while only requests in flight stand in the way. Raises BudgetSpent.
        """
        async with self._settled:
            while not self._limits.allow(sum(self._reserved, self.spent + worst)):
                if not self._reserved:
                    raise BudgetSpent
                await self._settled.wait()
            self._reserved.append(worst)
        used: list[Usage] = []
        try:
            yield used
        finally:
            # No await before this is done: a cancelled request must give its room back.
            self._reserved.remove(worst)
            self.spent = sum(used, self.spent)
            async with self._settled:
                self._settled.notify_all()


class Pace:
    """Spreads requests evenly; the tokens of an answer delay the requests after it."""

    def __init__(self, limits: Limits):
        per_request, per_token = limits.requests_per_minute, limits.tokens_per_minute
        self._request_s = MINUTE_S / per_request if per_request else 0.0
        self._token_s = MINUTE_S / per_token if per_token else 0.0
        self._next_at = 0.0

    async def wait(self) -> None:
        """Return when the next request may start."""
        now = time.monotonic()
        start = max(now, self._next_at)
        self._next_at = start + self._request_s
        if start > now:
            await asyncio.sleep(start - now)

    def charge(self, usage: Usage) -> None:
        """Account for the tokens of an answer."""
        self._next_at = max(time.monotonic(), self._next_at) + usage.total * self._token_s


def tokens_at_most(chars: int) -> int:
    """An upper estimate of the tokens in an English text of so many characters."""
    return chars // CHARS_PER_TOKEN + 1
