"""How tickets answers: JSON straight from what is kept, and its rules' refusals as problems."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.responses import Response

from chassis.problems import problem_response
from chassis.refusals import refuse, rule_response
from services.tickets.domain.errors import (
    CategoryNotFoundError,
    ConflictError,
    KeyReusedError,
    PlanNotFoundError,
    RuleError,
    StaleError,
    TemplateNotFoundError,
    TicketNotFoundError,
    TimerElsewhereError,
    ViewNotFoundError,
)


def json_answer(content: Any, *, status: int = 200, version: int | None = None) -> Response:
    """Times as RFC 3339 in UTC; the version as a strong ETag."""
    headers = {"ETag": f'"{version}"'} if version is not None else None
    try:
        body = orjson.dumps(content, option=orjson.OPT_UTC_Z)
    except TypeError:
        # Somebody's diagnostics: numbers beyond 64 bits, or nested deeper than orjson goes.
        body = json.dumps(content, default=_plain, ensure_ascii=False).encode()
    return Response(body, status, headers, media_type="application/json")


def _plain(value: Any) -> Any:
    if isinstance(value, orjson.Fragment):
        return json.loads(orjson.dumps(value))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value)


def install_answers(app: FastAPI) -> None:
    refuse(
        app,
        {
            TicketNotFoundError: (404, "There is no such ticket."),
            ViewNotFoundError: (404, "There is no such view."),
            PlanNotFoundError: (404, "There is no such plan."),
            CategoryNotFoundError: (404, "There is no such category; it may have been merged."),
            ConflictError: (409, "Somebody changed this meanwhile; read it again and decide anew."),
            TemplateNotFoundError: (404, "There is no such template."),
            TimerElsewhereError: (409, "Your timer is on another ticket; `instead` stops it there."),
            KeyReusedError: (409, "This Idempotency-Key was used before, for something else."),
        },
    )

    @app.exception_handler(StaleError)
    async def _stale(_request: Request, error: StaleError) -> Response:
        """With what happened meanwhile, so that one can decide anew without looking for it."""
        return problem_response(
            409,
            "Somebody changed this meanwhile; read it again and decide anew.",
            headers={"ETag": f'"{error.version}"'},
            version=error.version,
            meanwhile=[one.model_dump(mode="json") for one in error.since],
        )

    @app.exception_handler(RuleError)
    async def _rule(_request: Request, error: RuleError) -> Response:
        return rule_response(error.field, error.message)
