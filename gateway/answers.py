"""A service's answer, and how it becomes ours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from chassis.problems import Problem

_CHUNK = 64 * 1024
_PASSED_OUT = (
    "accept-ranges",
    "cache-control",
    "content-disposition",
    "content-length",
    "content-range",
    "content-type",
    "etag",
    "last-modified",
    "location",
    "retry-after",
)


_KEPT_OF_A_PROBLEM = ("ETag", "Retry-After")


class UpstreamProblem(Problem):
    """A service answered with an error, or (`is_away`) did not answer at all."""

    def __init__(self, status: int, detail: str, *, is_away: bool = False, **more: Any) -> None:
        super().__init__(status, detail, **more)
        self.is_away = is_away


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return orjson.loads(self.body) if self.body else None

    def raise_for_problem(self) -> None:
        """An error of the service becomes the same error of ours."""
        if self.status >= 400:
            raise _problem_of(self)


def passed_on(answer: Answer) -> Response:
    if answer.status == 401:
        return _misunderstood().response()
    return Response(answer.body, answer.status, _passed_out(answer.headers))


def streamed_on(response: aiohttp.ClientResponse) -> Response:
    """The rest of the answer passes through in chunks; the connection is given back at its end."""
    return StreamingResponse(
        _chunks(response),
        response.status,
        _passed_out(response.headers),
        background=BackgroundTask(response.release),
    )


async def _chunks(response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    try:
        async for chunk in response.content.iter_chunked(_CHUNK):
            yield chunk
    finally:
        response.close()


def _passed_out(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name in _PASSED_OUT if (value := headers.get(name)) is not None}


def _problem_of(answer: Answer) -> UpstreamProblem:
    if answer.status == 401:
        return _misunderstood()
    try:
        body = answer.json()
        known = {"type", "title", "status", "detail", "errors"}
        return UpstreamProblem(
            answer.status,
            body.get("detail", ""),
            kind=body.get("type", "about:blank"),
            errors=[(error["field"], error["message"]) for error in body.get("errors", [])],
            headers={name: answer.headers[name] for name in _KEPT_OF_A_PROBLEM if name in answer.headers},
            **{name: value for name, value in body.items() if name not in known},
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return UpstreamProblem(answer.status, "")


def _misunderstood() -> UpstreamProblem:
    """A service that refuses our own signature says nothing about the caller, whose token is good."""
    return UpstreamProblem(
        503, "The parts of the system do not trust each other just now.", headers={"Retry-After": "5"}
    )
