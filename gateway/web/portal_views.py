"""The employee's pages («портал»): report a problem, follow it, answer, say that it is not solved, rate."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import orjson
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id
from gateway.access.callers import device_or_none, device_session
from gateway.access.viewers import DeviceSession
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.upstream import UPLOAD_DEADLINE_SECONDS
from gateway.web.desk_calls import attempt
from gateway.web.error_page import error_page
from gateway.web.labels import ERRORS
from gateway.web.language import words_of
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import Viewer, page, viewer_for

_WAIT_SECONDS = 3
_WORDS = ("replies", "reopen")
_Submission = dict[str, Any]
router = pages_router()


@router.api_route("/portal", methods=READING)
async def show_submission_form(request: Request) -> Response:
    device = await device_or_none(request)
    if device is None:
        return RedirectResponse("/portal/enrol", 303)
    return submission_form(request, device)


@router.api_route("/portal/submissions", methods=READING)
async def list_submissions(request: Request) -> Response:
    device = await device_or_none(request)
    if device is None:
        return RedirectResponse("/portal/enrol", 303)
    viewer, cursor = employee(request, device), request.query_params.get("cursor", "")[:200]
    found = await attempt(
        parts_of(request).upstreams.get_json(
            "intake", "/submissions", device.principal, query={"cursor": cursor} if cursor else None
        )
    )
    return page(
        "portal/submissions.html",
        viewer,
        me=device,
        section="mine",
        problem="",
        submissions=found
        and await asyncio.gather(*(_as_heard(request, device, submission) for submission in found["items"])),
        next=found and found["next"],
    )


@router.api_route("/portal/submissions/{submission_id}", methods=READING)
async def show_submission(request: Request, submission_id: UUID) -> Response:
    device = await device_or_none(request)
    if device is None:
        return RedirectResponse("/portal/enrol", 303)
    return await _shown(request, device, submission_id)


@router.post("/portal/submissions/{submission_id}")
async def submit(request: Request, submission_id: UUID) -> Response:
    """The body goes on as it comes; the address holds the submission's id, so that a repeat is none."""
    device = await device_session(request)
    try:
        answer = await parts_of(request).upstreams.forward(
            request,
            "intake",
            "/submissions",
            device.principal,
            headers={"Idempotency-Key": str(submission_id)},
            deadline=UPLOAD_DEADLINE_SECONDS,
        )
    except UpstreamProblem as problem:
        return submission_form(request, device, status=problem.status)
    if answer.status_code >= 400:
        return submission_form(request, device, status=answer.status_code)
    submission = orjson.loads(answer.body)
    return RedirectResponse(f"/portal/submissions/{submission['id']}?sent=1", 303)


@router.post("/portal/submissions/{submission_id}/rating")
async def rate(request: Request, submission_id: UUID) -> Response:
    device = await device_session(request)
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    try:
        await parts_of(request).upstreams.post_json(
            "intake",
            f"/submissions/{submission_id}/rating",
            device.principal,
            {"score": _score(form.get("score", ""))},
            headers={"Idempotency-Key": form.get("key", "")},
        )
    except UpstreamProblem as problem:
        return error_page(request, problem.status)
    return RedirectResponse(f"/portal/submissions/{submission_id}", 303)


@router.post("/portal/submissions/{submission_id}/{word}/{key}")
async def add_word(request: Request, submission_id: UUID, word: str, key: UUID) -> Response:
    """With files or without: the body goes on as it comes, the key in the address makes a repeat none.

    Whoever says that it is not solved reads next that it is in work again, if that takes but a moment.
    """
    device = await device_session(request)
    if word not in _WORDS:
        return error_page(request, 404)
    try:
        answer = await parts_of(request).upstreams.forward(
            request,
            "intake",
            f"/submissions/{submission_id}/{word}",
            device.principal,
            headers={"Idempotency-Key": str(key)},
            deadline=UPLOAD_DEADLINE_SECONDS,
        )
    except UpstreamProblem as problem:
        return await _shown(request, device, submission_id, status=problem.status)
    if answer.status_code >= 400:
        return await _shown(request, device, submission_id, status=answer.status_code)
    address = f"/portal/submissions/{submission_id}"
    if word == "reopen":
        address += f"?version={orjson.loads(answer.body)['version'] + 1}"
    return RedirectResponse(address, 303)


def employee(request: Request, device: DeviceSession | None) -> Viewer:
    live = parts_of(request).live
    return viewer_for(request, "", device=device.principal if device else None, last_event=live.last_id)


def submission_form(request: Request, device: DeviceSession, status: int = 200) -> Response:
    viewer = employee(request, device)
    return page(
        "portal/submit.html",
        viewer,
        status,
        me=device,
        section="submit",
        problem=_trouble(viewer, status),
        key=str(new_id()),
    )


def _trouble(viewer: Viewer, status: int) -> str:
    """What to tell of a refusal; nothing where there is none."""
    if status < 400:
        return ""
    title, text = ERRORS.get(status) or ERRORS[500 if status >= 500 else 400]
    gettext = words_of(viewer.lang).gettext
    return f"{gettext(title)}. {gettext(text)}"


async def _as_heard(request: Request, device: DeviceSession, submission: _Submission) -> _Submission:
    """Not older than what was heard of it: no event would come that makes it new."""
    version = parts_of(request).live.version_of(UUID(submission["id"]))
    if version <= submission.get("version", 0):
        return submission
    return await attempt(_read(request, device, submission["id"], version)) or submission


async def _read(
    request: Request, device: DeviceSession, submission_id: UUID | str, version: int
) -> _Submission:
    """As it is; where a version is named, as soon as that is there, or after a moment without it."""
    submission: _Submission = await parts_of(request).upstreams.get_json(
        "intake",
        f"/submissions/{submission_id}",
        device.principal,
        query={"wait": _WAIT_SECONDS, "version": version} if version else None,
        deadline=_WAIT_SECONDS + 2,
    )
    return submission


async def _shown(request: Request, device: DeviceSession, submission_id: UUID, status: int = 200) -> Response:
    """Just sent, the number is waited for a moment: it is what one wants to read; so is what was heard of."""
    was_sent, viewer = "sent" in request.query_params, employee(request, device)
    version = _version(request.query_params.get("version", ""))
    version = max(version, parts_of(request).live.version_of(submission_id), int(was_sent))
    return page(
        "portal/submission.html",
        viewer,
        status,
        me=device,
        section="mine",
        problem=_trouble(viewer, status),
        submission=await _read(request, device, submission_id, version),
        sent=was_sent,
        keys={name: str(new_id()) for name in ("reply", "reopen", "rating")},
    )


def _version(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _score(value: str) -> int:
    return int(value) if value in ("1", "2", "3", "4", "5") else 0
