"""How a service's own errors are answered, and the one refusal that tells how things stand by now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from chassis.problems import problem_response

_MEANWHILE = "Somebody changed this meanwhile; read it again and decide anew."


def refuse(app: FastAPI, refusals: Mapping[type[Exception], tuple[int, str]]) -> None:
    """Answer each of these errors with its status and sentence, whatever it carries."""
    for error, (status, sentence) in refusals.items():
        app.add_exception_handler(error, _saying(status, sentence))


def _saying(status: int, sentence: str) -> Any:
    async def refused(_request: Request, _error: Exception) -> Response:
        return problem_response(status, sentence)

    return refused


def rule_response(field: str, message: str, status: int = 422) -> Response:
    """A rule forbids it; `field` is the field at fault."""
    return problem_response(status, message, errors=[(field, message)])


def conflict_response(current: Any | None, contested: Collection[str]) -> Response:
    """With the newest version, and how each contested field stands in it, so that one can decide anew.

    `current` is a Pydantic model with a `version`; None where it is not known.
    """
    if current is None:
        return problem_response(409, _MEANWHILE)
    return problem_response(
        409,
        _MEANWHILE,
        errors=[(name, "it is otherwise by now") for name in contested],
        headers={"ETag": f'"{current.version}"'},
        version=current.version,
        current=current.model_dump(mode="json", include=set(contested)),
    )
