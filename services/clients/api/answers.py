"""How clients answers: its views as JSON, and its refusals as problems."""

from __future__ import annotations

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel

from chassis.problems import problem_response
from chassis.refusals import conflict_response, refuse, rule_response
from services.clients.domain.errors import (
    CodeRefusedError,
    ConflictError,
    KeyReusedError,
    NotInRegistryError,
    RuleError,
    TakenError,
    TooManyLooksError,
)
from services.clients.domain.vault.errors import BrokenSealError

_log = structlog.get_logger(__name__)


def answer(view: BaseModel, *, status: int = 200, version: int | None = None) -> Response:
    """The version as a strong ETag."""
    headers = {"ETag": f'"{version}"'} if version is not None else None
    return Response(view.model_dump_json(), status, headers, media_type="application/json")


def done() -> Response:
    return Response(status_code=204)


def install_answers(app: FastAPI) -> None:
    refuse(
        app,
        {
            NotInRegistryError: (404, "There is no such thing in the registry."),
            CodeRefusedError: (403, "This code does not enrol anybody; please ask for a new one."),
            KeyReusedError: (409, "This Idempotency-Key was used for something else."),
        },
    )

    @app.exception_handler(ConflictError)
    async def _conflict(_request: Request, error: ConflictError) -> Response:
        return conflict_response(error.current, error.contested)

    @app.exception_handler(RuleError)
    async def _rule(_request: Request, error: RuleError) -> Response:
        return rule_response(error.field, error.message, 409 if isinstance(error, TakenError) else 422)

    @app.exception_handler(TooManyLooksError)
    async def _too_many(_request: Request, _error: TooManyLooksError) -> Response:
        return problem_response(
            429, "That is more secrets than anybody needs in a minute.", headers={"Retry-After": "60"}
        )

    @app.exception_handler(BrokenSealError)
    async def _broken(request: Request, error: BrokenSealError) -> Response:
        _log.error("a secret cannot be opened", path=request.url.path, exc_info=error)
        return problem_response(
            500, "This secret cannot be opened: it was tampered with, or its master key is missing."
        )
