"""Bringing a table in: upload, matching, preview, applying; each step is an address one can come back to."""

from __future__ import annotations

import asyncio
from typing import Any, get_args
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from chassis.clock import new_id
from contracts.import_http import TableKind
from gateway.answers import UpstreamProblem
from gateway.forms import Form
from gateway.parts import parts_of
from gateway.upstream import UPLOAD_DEADLINE_SECONDS
from gateway.web.card.import_errors import in_words
from gateway.web.card.import_words import FIELDS, KINDS, OUTCOMES, OUTCOMES_DONE, reason, said
from gateway.web.card.reader import Reader, form_of, key_in, reading, writing
from gateway.web.error_page import error_page
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page, part, wants_part

_ROWS = "50"
_WORKING = ("checking", "applying")
router = pages_router()


@router.api_route("/clients/import", methods=READING)
async def show_upload(request: Request) -> Response:
    reader = await reading(request)
    what = reader.asked("what")
    return await _upload(reader, what if what in get_args(TableKind) else "people")


@router.post("/clients/import")
async def upload(request: Request) -> Response:
    reader = await writing(request)
    form = await request.form()
    file, what = form.get("file"), str(form.get("what", ""))
    if not isinstance(file, UploadFile) or what not in get_args(TableKind):
        return await _upload(reader, what, 422)
    sent = Form({"what": what}, file.filename or "table", await file.read())
    try:
        answer = await parts_of(request).upstreams.call(
            "clients",
            "POST",
            "/import",
            reader.session.principal,
            body=sent,
            headers={"Idempotency-Key": key_in({"key": str(form.get("key", ""))})},
            deadline=UPLOAD_DEADLINE_SECONDS,
        )
        answer.raise_for_problem()
    except UpstreamProblem as problem:
        why = reason(reader.viewer.lang, problem.errors[0][1]) if problem.errors else ""
        return await _upload(reader, what, problem.status, why)
    return RedirectResponse(f"/clients/import/{answer.json()['id']}", 303)


@router.api_route("/clients/import/{import_id}", methods=READING)
async def show_import(request: Request, import_id: UUID) -> Response:
    return await _shown(await reading(request), import_id)


@router.api_route("/clients/import/{import_id}/errors", methods=READING)
async def download_errors(request: Request, import_id: UUID) -> Response:
    """As the service makes it, with the reasons in the reader's language."""
    reader = await reading(request)
    answer = await parts_of(request).upstreams.call(
        "clients", "GET", f"/import/{import_id}/errors", reader.session.principal,
        deadline=UPLOAD_DEADLINE_SECONDS,
    )  # fmt: skip
    answer.raise_for_problem()
    told = await asyncio.to_thread(in_words, answer.body, reader.viewer.lang)
    headers = {"Content-Disposition": f'attachment; filename="errors-{import_id}.csv"'}
    return Response(told, headers=headers, media_type="text/csv; charset=utf-8")


@router.api_route("/clients/import/{import_id}/matching", methods=READING)
@router.api_route("/clients/import/{import_id}/apply", methods=READING)
async def begin_again(import_id: UUID) -> Response:
    """Where a choice of language or appearance comes back to."""
    return RedirectResponse(f"/clients/import/{import_id}", 303)


@router.post("/clients/import/{import_id}/matching")
async def settle_matching(request: Request, import_id: UUID) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    job = await reader.get(f"/import/{import_id}")
    columns = [form.get(f"column-{place}") or None for place in range(len(job["columns"]))]
    try:
        await reader.call("PUT", f"/import/{import_id}/matching", {"columns": columns})
    except UpstreamProblem as problem:
        if problem.status != 422:
            return error_page(request, problem.status, back=f"/clients/import/{import_id}")
        why = reason(reader.viewer.lang, problem.errors[0][1]) if problem.errors else problem.detail
        return await _shown(reader, import_id, columns=columns, problem=why, status=422)
    return RedirectResponse(f"/clients/import/{import_id}", 303)


@router.post("/clients/import/{import_id}/apply")
async def apply(request: Request, import_id: UUID) -> Response:
    reader = await writing(request)
    try:
        await reader.call("POST", f"/import/{import_id}/apply")
    except UpstreamProblem as problem:
        return error_page(request, problem.status, back=f"/clients/import/{import_id}")
    return RedirectResponse(f"/clients/import/{import_id}", 303)


async def _upload(reader: Reader, what: str = "people", status: int = 200, why: str = "") -> Response:
    lang = reader.viewer.lang
    return page(
        "clients/import.html",
        reader.viewer,
        status,
        section="clients",
        view="import",
        what=what,
        kinds={name: said(lang, KINDS, name) for name in get_args(TableKind)},
        recent=await reader.part("/import"),
        key=str(new_id()),
        problem=_why(reader, status, why) if status >= 400 else "",
    )


async def _shown(
    reader: Reader,
    import_id: UUID,
    *,
    columns: list[str | None] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    outcome, cursor = reader.asked("outcome"), reader.asked("cursor")
    outcome = outcome if outcome in OUTCOMES else ""
    job, rows = await asyncio.gather(
        reader.get(f"/import/{import_id}"), _rows(reader, import_id, outcome, cursor)
    )
    lang = reader.viewer.lang
    named = OUTCOMES_DONE if job["state"] == "done" else OUTCOMES
    secret_fields = [field["name"] for field in job["fields"] if field["secret"]]
    again = "again" in reader.request.query_params and job["state"] == "checked"
    shown: dict[str, Any] = {
        "job": job,
        "rows": rows,
        "outcome": outcome,
        "outcomes": {name: said(lang, named, name) for name in named},
        "kind": said(lang, KINDS, job["what"]),
        "field_names": {field["name"]: said(lang, FIELDS, field["name"]) for field in job["fields"]},
        "chosen": columns or [column["field"] for column in job["columns"]],
        "secret_fields": secret_fields,
        "has_secrets": bool(secret_fields),
        "is_working": job["state"] in _WORKING,
        "is_matching": job["state"] == "matching" or again,
        "problem": problem,
    }
    if wants_part(reader.request):
        return part(render("clients/import_state.html", lang, viewer=reader.viewer, **shown))
    return page("clients/import_job.html", reader.viewer, status, section="clients", view="import", **shown)


async def _rows(reader: Reader, import_id: UUID, outcome: str, cursor: str) -> dict[str, Any] | None:
    query = {"outcome": outcome, "cursor": cursor, "limit": _ROWS}
    found: dict[str, Any] | None = await reader.part(
        f"/import/{import_id}/rows", {name: value for name, value in query.items() if value}
    )
    return found


def _why(reader: Reader, status: int, why: str) -> str:
    if status == 403:
        return reader.say(_("Your role does not allow to bring this in."))
    if status == 413:
        return reader.say(_("The file is too large; bring it in by parts."))
    if status >= 500:
        return reader.say(_("This does not answer just now. Try again in a few seconds."))
    return reader.say(_("This is no table that can be read: a CSV or XLSX file with a header is needed.")) + (
        f" ({why})" if why else ""
    )


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
