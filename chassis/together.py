"""Calls that come while one is under way are made together by the next (docs/decisions/0105)."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

from chassis.problems import OUTAGES

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")
_MOST = 100


class Together(Generic[Asked, Answered]):
    """`work` is given what was asked meanwhile, in order and at most `most` at once, and answers each of it.

    Who comes alone is served at once. An answer that is an Exception is raised to its caller alone. What
    fails as a whole is tried one by one, so that nobody suffers for another's mistake.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Asked]], Awaitable[Sequence[Answered | Exception]]],
        *,
        most: int = _MOST,
    ) -> None:
        self._work = work
        self._most = most
        self._waiting: deque[tuple[Asked, asyncio.Future[Answered]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def of(self, asked: Asked) -> Answered:
        """The answer to this. A caller that is cancelled meanwhile may have been served all the same."""
        answer: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._running is None or self._running.done():
            # It works for everybody: nothing of the first caller's context is taken along.
            self._running = asyncio.create_task(self._run(), context=Context())
        return await answer

    async def _run(self) -> None:
        # Whoever asks at this very moment belongs to it.
        await asyncio.sleep(0)
        while self._waiting:
            count = min(self._most, len(self._waiting))
            some = [self._waiting.popleft() for _ in range(count)]
            await self._serve([one for one in some if not one[1].done()])

    async def _serve(self, some: Sequence[tuple[Asked, asyncio.Future[Answered]]]) -> None:
        try:
            answers = await self._work([asked for asked, _ in some]) if some else ()
        except OUTAGES as error:
            # Whoever waits behind them would only wait as long again for the same.
            behind = list(self._waiting)
            self._waiting.clear()
            _tell((answer for _, answer in (*some, *behind)), error)
        except Exception as error:
            if len(some) == 1:
                _tell((answer for _, answer in some), error)
                return
            for one in some:
                await self._serve([one])
        else:
            for (_, waiting), answered in zip(some, answers, strict=True):
                _tell([waiting], answered)


def _tell(waiting: Iterable[asyncio.Future[Answered]], answered: Answered | Exception) -> None:
    for one in waiting:
        if one.done():
            continue
        if isinstance(answered, Exception):
            one.set_exception(answered)
        else:
            one.set_result(answered)
