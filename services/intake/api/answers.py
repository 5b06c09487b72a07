"""How intake answers: a submission as its requester sees it, and refusals as problems."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.responses import Response

from chassis.problems import problem_response
from chassis.refusals import refuse, rule_response
from contracts.intake import FileRef
from contracts.intake_http import LogItem
from contracts.text import clean_line
from services.intake.domain.errors import (
    BadFileError,
    LogFullError,
    NotTheRequesterError,
    OtherBodyError,
    SubmissionNotFoundError,
    TooLargeError,
)
from services.intake.domain.submission import Submission

_API = "/api/v1"


def view_of(submission: Submission) -> dict[str, Any]:
    """Shape: contracts.intake_http.SubmissionView."""
    progress = submission.progress
    return {
        "id": submission.id,
        "version": progress.version if progress else 0,
        "status": submission.status,
        "number": progress.number if progress else None,
        "title": submission.title,
        "description": submission.description,
        "received_at": submission.received_at,
        "updated_at": submission.updated_at,
        "person": submission.requester.person.model_dump(),
        "company": submission.requester.company.model_dump(),
        "reaction_due": progress.reaction_due if progress else None,
        "resolution_due": progress.resolution_due if progress else None,
        "href": f"{_API}/submissions/{submission.id}",
        "rating": submission.rating,
        "log": [_line_view(item) for item in submission.log],
        "files": [file_view(file) for file in submission.files],
    }


def _line_view(item: LogItem) -> dict[str, Any]:
    return {**item.model_dump(), "files": [file_view(file) for file in item.files]}


def file_view(file: FileRef) -> dict[str, Any]:
    href = f"{_API}/files/{file.id}"
    shown = file.kind == "screenshot"
    return {**file.model_dump(), "href": href, "display_href": f"{href}/display" if shown else None}


def json_answer(content: Any, status: int = 200) -> Response:
    """Times as RFC 3339 in UTC."""
    return Response(orjson.dumps(content, option=orjson.OPT_UTC_Z), status, media_type="application/json")


def install_answers(app: FastAPI) -> None:
    refuse(
        app,
        {
            SubmissionNotFoundError: (404, "There is no such submission."),
            NotTheRequesterError: (403, "Only the requester may do this."),
            LogFullError: (422, "Too much was said about this one; please submit a new one."),
            OtherBodyError: (409, "This Idempotency-Key was used before, for something else."),
        },
    )

    @app.exception_handler(BadFileError)
    async def _bad_file(_request: Request, error: BadFileError) -> Response:
        return rule_response(error.field, clean_line(error.message))

    @app.exception_handler(TooLargeError)
    async def _too_large(_request: Request, error: TooLargeError) -> Response:
        return problem_response(413, str(error))
