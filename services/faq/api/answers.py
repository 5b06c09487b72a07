"""How faq answers: its views as JSON, and its refusals as problems."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel

from chassis.refusals import conflict_response, refuse, rule_response
from services.faq.domain.errors import (
    ArticleNotFoundError,
    ConflictError,
    KeyReusedError,
    NotAllowedError,
    RuleError,
)


def answer(view: BaseModel, *, status: int = 200, version: int | None = None) -> Response:
    """The version as a strong ETag."""
    headers = {"ETag": f'"{version}"'} if version is not None else None
    return Response(view.model_dump_json(), status, headers, media_type="application/json")


def install_answers(app: FastAPI) -> None:
    refuse(
        app,
        {
            ArticleNotFoundError: (404, "There is no such article."),
            NotAllowedError: (403, "Your role does not allow this."),
            KeyReusedError: (409, "This Idempotency-Key was used for something else."),
        },
    )

    @app.exception_handler(ConflictError)
    async def _conflict(_request: Request, error: ConflictError) -> Response:
        return conflict_response(error.current, error.contested)

    @app.exception_handler(RuleError)
    async def _rule(_request: Request, error: RuleError) -> Response:
        return rule_response(error.field, error.message)
