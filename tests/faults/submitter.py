"""A steady stream of submissions from several devices, tried again under the same key like Бюрократ does."""

from __future__ import annotations

import asyncio
import io
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle

import aiohttp
from PIL import Image

from tests.faults.ledger import Ledger, Submission

_ANSWER_SECONDS = 30.0
_LONGEST_PAUSE_SECONDS = 2.0
# One in so many has a screenshot; one in so many gives up when its first attempt stays unanswered.
_PICTURE_EVERY, _GIVE_UP_EVERY = 4, 10


@dataclass(frozen=True)
class Pace:
    """Submissions begun per second."""

    per_second: float = 8.0


class Submitter:
    """Begins submissions at a pace and sees each through; what happened stands in the ledger."""

    def __init__(self, urls: Sequence[str], tokens: Sequence[str], ledger: Ledger, pace: Pace) -> None:
        self._urls = cycle(urls)
        self._tokens = cycle(tokens)
        self._ledger = ledger
        self._pace = pace
        self._under_way: set[asyncio.Task[None]] = set()
        self._picture = _picture()
        self._http: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def submitting(self) -> AsyncIterator[None]:
        """Submit while the context is; at its end every submission begun is seen through."""
        # A connection for each attempt: what is lost is the product's doing, not our pool's.
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with aiohttp.ClientSession(
            connector=connector, timeout=aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
        ) as self._http:
            beginning = asyncio.create_task(self._begin())
            try:
                yield
            finally:
                beginning.cancel()
                await asyncio.gather(beginning, return_exceptions=True)
                await asyncio.gather(*self._under_way)

    async def _begin(self) -> None:
        count = 0
        while True:
            count += 1
            submission = self._ledger.attempt(next(self._tokens), has_picture=count % _PICTURE_EVERY == 0)
            task = asyncio.create_task(self._see_through(submission, gives_up=count % _GIVE_UP_EVERY == 0))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            await asyncio.sleep(1 / self._pace.per_second)

    async def _see_through(self, submission: Submission, *, gives_up: bool) -> None:
        while not submission.acknowledged:
            answered, pause = await self._attempt(submission)
            if answered and not pause:
                return
            if not answered and gives_up:
                return
            await asyncio.sleep(pause)

    async def _attempt(self, submission: Submission) -> tuple[bool, float]:
        """Whether there was an answer, and how long to wait before the next attempt (0: none is wanted)."""
        submission.attempts += 1
        try:
            status, retry_after = await self._post(submission)
        except (aiohttp.ClientError, TimeoutError, OSError):
            self._ledger.unanswered += 1
            return False, random.uniform(0.1, 0.5)
        if status == 202:
            submission.acknowledged = True
            return True, 0
        if status in (429, 503) and retry_after:
            self._ledger.refused += 1
            return True, min(float(retry_after), _LONGEST_PAUSE_SECONDS)
        self._ledger.wrong.append(f"{submission.title}: {status}, Retry-After {retry_after}")
        return True, 0

    async def _post(self, submission: Submission) -> tuple[int, str | None]:
        assert self._http is not None
        headers = {"Authorization": f"Bearer {submission.device}", "Idempotency-Key": str(submission.id)}
        url = f"{next(self._urls)}/api/v1/submissions"
        async with self._http.post(url, data=self._form(submission), headers=headers) as answer:
            await answer.read()
            return answer.status, answer.headers.get("Retry-After")

    def _form(self, submission: Submission) -> aiohttp.FormData:
        form = aiohttp.FormData(default_to_multipart=True)
        form.add_field("title", submission.title)
        form.add_field("description", "Принтер снова не печатает. " * 5)
        if submission.has_picture:
            form.add_field("screenshot", self._picture, filename="screen.png", content_type="image/png")
        return form


def _picture() -> bytes:
    """A screenshot of some 100 KB that compresses no further: it travels in several chunks."""
    noise = random.Random(1).randbytes(180 * 180 * 3)
    written = io.BytesIO()
    Image.frombytes("RGB", (180, 180), noise).save(written, "PNG")
    return written.getvalue()
