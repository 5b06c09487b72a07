"""Errors as RFC 9457 problem+json, the same from every service."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from pymongo.errors import ConnectionFailure, ExecutionTimeout, WTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

_log = structlog.get_logger(__name__)
_MOST_ERRORS, _LONGEST_FIELD = 20, 100

# MongoDB is away or does not answer in time: nothing was decided, the same call may be made again.
OUTAGES = (ConnectionFailure, ExecutionTimeout, WTimeoutError)


class FieldError(BaseModel):
    field: str
    message: str


class ProblemBody(BaseModel):
    """RFC 9457, with the fields at fault."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[FieldError] = []


class Problem(Exception):  # noqa: N818 - RFC 9457 calls it so
    """An answer other than success; `extra` are further members of the problem object."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        kind: str = "about:blank",
        errors: list[tuple[str, str]] | None = None,
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.kind = kind
        self.errors = errors or []
        self.headers = headers or {}
        self.extra = extra

    def response(self) -> Response:
        return problem_response(
            self.status, self.detail, kind=self.kind, errors=self.errors, headers=self.headers, **self.extra
        )


def problem_response(
    status: int,
    detail: str = "",
    *,
    kind: str = "about:blank",
    errors: list[tuple[str, str]] | None = None,
    headers: dict[str, str] | None = None,
    **extra: Any,
) -> Response:
    body = {
        "type": kind,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": [{"field": _shown(field), "message": message} for field, message in errors or []],
        **extra,
    }
    return JSONResponse(body, status, headers=headers, media_type="application/problem+json")


def unavailable(detail: str) -> Problem:
    return Problem(503, detail, headers={"Retry-After": "2"})


def install_problem_handlers(app: FastAPI) -> None:
    """Make every error of this application answer as a problem, and say nothing of our insides."""

    @app.exception_handler(Problem)
    async def _problem(_request: Request, error: Problem) -> Response:
        return error.response()

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> Response:
        return problem_response(error.status_code, str(error.detail), headers=dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> Response:
        return problem_response(
            422, "Some fields are not as they should be.", errors=field_errors(error.errors())
        )

    @app.exception_handler(ClientDisconnect)
    async def _gone(_request: Request, _error: ClientDisconnect) -> Response:
        """Nobody reads this; it is no mistake of ours."""
        return problem_response(400, "The body ended before its length.")

    for outage in OUTAGES:
        app.add_exception_handler(outage, _outage)

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> Response:
        _log.error("request failed", path=request.url.path, exc_info=error)
        return problem_response(500, "We made a mistake; it is in our log.")


async def _outage(request: Request, error: Exception) -> Response:
    _log.warning("storage is away", path=request.url.path, error=type(error).__name__)
    return unavailable("The storage does not answer; please try again.").response()


def field_errors(errors: Any) -> list[tuple[str, str]]:
    """Pydantic's errors as (dotted field, message), without the values: they may be secrets."""
    return [(".".join(map(str, _within(error["loc"]))), error["msg"]) for error in errors[:_MOST_ERRORS]]


def _within(place: Sequence[str | int]) -> Sequence[str | int]:
    """Without the part of the request it came in; a field may be called like one."""
    return place[1:] if place and place[0] in ("body", "query", "path") else place


def _shown(field: str) -> str:
    """Names that are not ours may be endless, or no text at all (lone surrogates)."""
    return field[:_LONGEST_FIELD].encode(errors="replace").decode()
