"""Budget and pace."""

import asyncio

import pytest

from distill.teacher.limits import Budget, BudgetSpent, Limits, Pace, Usage


def test_a_budget_waits_for_requests_in_flight():
    """Two requests of 60 at worst do not fit into 100 at once, but one after the other."""

    async def main():
        budget = Budget(Limits(max_tokens=100), Usage())
        at_once, most = 0, 0

        async def request():
            nonlocal at_once, most
            async with budget.reserve(Usage(30, 30)) as used:
                at_once += 1
                most = max(most, at_once)
                await asyncio.sleep(0.01)
                used.append(Usage(10, 10))
                at_once -= 1

        async with asyncio.TaskGroup() as group:
            for _ in range(3):
                group.create_task(request())
        return budget.spent, most

    assert asyncio.run(main()) == (Usage(30, 30), 1)


def test_a_spent_budget_lets_nothing_through():
    async def main():
        budget = Budget(Limits(max_tokens=100), Usage(40, 40))
        with pytest.raises(BudgetSpent):
            async with budget.reserve(Usage(20, 10)):
                pass
        async with budget.reserve(Usage(10, 10)):
            pass

    asyncio.run(main())


def test_a_request_that_fails_gives_its_room_back():
    async def main():
        budget = Budget(Limits(max_tokens=100), Usage())
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                async with budget.reserve(Usage(100, 0)):
                    raise ZeroDivisionError
        return budget.spent

    assert asyncio.run(main()) == Usage()


def test_costs():
    limits = Limits(max_cost=1.0, prompt_price=2.0, completion_price=8.0)
    assert limits.cost(Usage(250_000, 62_500)) == 1.0
    assert limits.allow(Usage(250_000, 62_500))
    assert not limits.allow(Usage(250_000, 62_501))


def test_tokens_delay_the_requests_after_them(monkeypatch):
    now, slept = 100.0, []

    async def sleep(seconds):
        slept.append(round(seconds, 3))

    monkeypatch.setattr("distill.teacher.limits.time.monotonic", lambda: now)
    monkeypatch.setattr("distill.teacher.limits.asyncio.sleep", sleep)

    async def main():
        pace = Pace(Limits(requests_per_minute=60, tokens_per_minute=6000))
        await pace.wait()
        await pace.wait()
        pace.charge(Usage(100, 100))
        await pace.wait()

    asyncio.run(main())
    assert slept == [1.0, 4.0]
