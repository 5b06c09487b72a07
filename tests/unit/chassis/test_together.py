"""Calls that come while one is under way are made together by the next."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from pymongo.errors import AutoReconnect

from chassis.together import Together


class _Work:
    """Doubles numbers when it is let go; remembers what it was asked at once."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.began, self.go = asyncio.Event(), asyncio.Event()
        self.outage: Exception | None = None

    async def __call__(self, numbers: Sequence[int]) -> list[int | Exception]:
        self.asked.append(list(numbers))
        self.began.set()
        await self.go.wait()
        if self.outage:
            raise self.outage
        if 13 in numbers:
            raise ValueError("13 spoils everything")
        return [ValueError("odd") if number % 2 else number * 2 for number in numbers]


async def _under_way(work: _Work, together: Together[int, int], *numbers: int) -> list[asyncio.Task[int]]:
    """The first is asked alone, the others while that is going on."""
    tasks = [asyncio.create_task(together.of(numbers[0]))]
    await work.began.wait()
    tasks += [asyncio.create_task(together.of(number)) for number in numbers[1:]]
    await asyncio.sleep(0)
    return tasks


async def test_what_comes_meanwhile_is_asked_at_once_in_order() -> None:
    work = _Work()
    tasks = await _under_way(work, Together(work), 2, 4, 6, 8)
    work.go.set()

    assert await asyncio.gather(*tasks) == [4, 8, 12, 16]
    assert work.asked == [[2], [4, 6, 8]]


async def test_no_more_at_once_than_may_be() -> None:
    work = _Work()
    tasks = await _under_way(work, Together(work, most=2), 2, 4, 6, 8)
    work.go.set()

    assert await asyncio.gather(*tasks) == [4, 8, 12, 16]
    assert work.asked == [[2], [4, 6], [8]]


async def test_an_answer_that_is_an_exception_is_one_callers_own() -> None:
    work = _Work()
    tasks = await _under_way(work, Together(work), 2, 3, 4)
    work.go.set()

    first, odd, last = await asyncio.gather(*tasks, return_exceptions=True)
    assert (first, last) == (4, 8)
    assert isinstance(odd, ValueError)
    assert work.asked == [[2], [3, 4]]


async def test_what_spoils_a_whole_batch_fails_alone() -> None:
    work = _Work()
    tasks = await _under_way(work, Together(work), 2, 13, 4)
    work.go.set()

    first, spoiling, last = await asyncio.gather(*tasks, return_exceptions=True)
    assert (first, last) == (4, 8)
    assert isinstance(spoiling, ValueError)
    assert work.asked == [[2], [13, 4], [13], [4]]


async def test_in_an_outage_nobody_waits_for_the_next_one() -> None:
    work = _Work()
    together = Together(work)
    tasks = await _under_way(work, together, 2, 4, 6)
    work.outage = AutoReconnect("away")
    work.go.set()

    failed = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one) for one in failed] == [AutoReconnect] * 3
    assert work.asked == [[2]]

    work.outage = None
    assert await together.of(8) == 16


async def test_who_was_cancelled_while_waiting_is_not_asked_for() -> None:
    work = _Work()
    tasks = await _under_way(work, Together(work), 2, 4, 6)
    tasks[1].cancel()
    with pytest.raises(asyncio.CancelledError):
        await tasks[1]
    work.go.set()

    assert await tasks[0] == 4
    assert await tasks[2] == 12
    assert work.asked == [[2], [6]]


async def test_a_cancelled_caller_does_not_stop_the_others() -> None:
    work = _Work()
    tasks = await _under_way(work, Together(work), 2, 4)
    tasks[0].cancel()
    work.go.set()

    assert await tasks[1] == 8
