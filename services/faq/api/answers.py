"""How faq answers: its views as JSON, and its refusals as problems."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel

from chassis.problems import problem_response
from services.faq.domain.errors import (
    ArticleNotFoundError,
    ConflictError,
    KeyReusedError,
    NotAllowedError,
    RuleError,
)

_MEANWHILE = "Somebody changed this meanwhile; read it again and decide anew."


def answer(view: BaseModel, *, status: int = 200, version: int | None = None) -> Response:
    """The version as a strong ETag."""
    headers = {"ETag": f'"{version}"'} if version is not None else None
    return Response(view.model_dump_json(), status, headers, media_type="application/json")


def install_answers(app: FastAPI) -> None:
    @app.exception_handler(ArticleNotFoundError)
    async def _not_found(_request: Request, _error: ArticleNotFoundError) -> Response:
        return problem_response(404, "There is no such article.")

    @app.exception_handler(NotAllowedError)
    async def _not_allowed(_request: Request, _error: NotAllowedError) -> Response:
        return problem_response(403, "Your role does not allow this.")

    @app.exception_handler(ConflictError)
    async def _conflict(_request: Request, error: ConflictError) -> Response:
        return _contested(error)

    @app.exception_handler(RuleError)
    async def _rule(_request: Request, error: RuleError) -> Response:
        return problem_response(422, error.message, errors=[(error.field, error.message)])

    @app.exception_handler(KeyReusedError)
    async def _key(_request: Request, _error: KeyReusedError) -> Response:
        return problem_response(409, "This Idempotency-Key was used for something else.")


def _contested(error: ConflictError) -> Response:
    """With the newest version, and how each contested field stands in it, so that one can decide anew."""
    if error.current is None:
        return problem_response(409, _MEANWHILE)
    return problem_response(
        409,
        _MEANWHILE,
        errors=[(name, "it is otherwise by now") for name in error.contested],
        headers={"ETag": f'"{error.current.version}"'},
        version=error.current.version,
        current=error.current.model_dump(mode="json", include=set(error.contested)),
    )
