"""JSON bodies that the gateway reads itself."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

import orjson
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from chassis.clock import new_id
from chassis.problems import Problem, field_errors

ModelT = TypeVar("ModelT", bound=BaseModel)


async def json_of(request: Request) -> Any:
    """Raises Problem 415 for another type, 422 for what is not JSON."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Problem(415, "Send application/json.")
    try:
        return orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise Problem(422, "This is not JSON.", errors=[("body", "is not valid JSON")]) from error


async def body_of(request: Request, model: type[ModelT]) -> ModelT:
    try:
        return model.model_validate(await json_of(request))
    except ValidationError as error:
        raise Problem(
            422, "Some fields are not as they should be.", errors=field_errors(error.errors())
        ) from error


def key_of(request: Request) -> UUID:
    """The caller's Idempotency-Key, or one that was never used."""
    given = request.headers.get("idempotency-key")
    if given is None:
        return new_id()
    try:
        return UUID(given)
    except ValueError as error:
        raise Problem(422, errors=[("Idempotency-Key", "must be a UUID")]) from error


def answer(view: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(view.model_dump_json(), status, headers, media_type="application/json")


def done() -> Response:
    return Response(status_code=204)
