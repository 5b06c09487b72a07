"""Installations of Bureaucrat, of one client and of all; and the codes with which they enrol."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id, now
from gateway.answers import UpstreamProblem
from gateway.contacts import tell_last_contact
from gateway.parts import parts_of
from gateway.web.card.conflicts import Step, decide_again
from gateway.web.card.page import card
from gateway.web.card.reader import Reader, form_of, key_in, reading, version_in, writing
from gateway.web.error_page import error_page
from gateway.web.routing import READING, local_path, pages_router
from gateway.web.viewer import page


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


_ROWS = "50"
_STATES = {
    "": {},
    "unconfirmed": {"confirmed": "false"},
    "revoked": {"revoked": "true"},
}
_STEPS = {
    ("confirmed", True): ("confirm", _("Confirm")),
    ("confirmed", False): ("confirm", _("Confirm")),
    ("blocked", True): ("block", _("Block")),
    ("blocked", False): ("block", _("Unblock")),
}
_LIVES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
router = pages_router()


@router.api_route("/devices", methods=READING)
async def list_devices(request: Request) -> Response:
    reader = await reading(request)
    state, cursor = _state(reader), reader.asked("cursor")
    found = await _devices(reader, state, cursor)
    return page(
        "clients/all_devices.html",
        reader.viewer,
        section="clients",
        view="devices",
        state=state,
        found=found,
        with_company=True,
        back="/devices" + (f"?state={state}" if state else ""),
        address="/devices",
    )


@router.api_route("/clients/{company_id}/devices", methods=READING)
async def show_devices(request: Request, company_id: UUID) -> Response:
    return await _tab(await reading(request), company_id)


@router.api_route("/clients/{company_id}/codes", methods=READING)
async def begin_again(request: Request, company_id: UUID) -> Response:
    """Where a choice of language or appearance comes back to."""
    return RedirectResponse(f"/clients/{company_id}/devices", 303)


@router.post("/clients/{company_id}/codes")
async def hand_out_code(request: Request, company_id: UUID) -> Response:
    """Shown in the answer, to be copied: of a one-time code this is the only place."""
    reader = await writing(request)
    form = await form_of(request)
    wanted: dict[str, Any] = {}
    if life := _LIVES.get(form.get("life", "")):
        wanted["expires_at"] = (now() + life).isoformat()
    if form.get("once") == "yes":
        wanted["max_uses"] = 1
    try:
        made = await reader.make(f"/companies/{company_id}/codes", wanted, key_in(form))
    except UpstreamProblem as problem:
        return error_page(request, problem.status, back=f"/clients/{company_id}/devices")
    base = str(request.base_url).rstrip("/")
    link = f"{base}/portal/enrol?code={quote(made['code'], safe='')}"
    return await _tab(reader, company_id, made={**made, "link": link})


@router.post("/clients/{company_id}/codes/withdraw")
async def withdraw_code(request: Request, company_id: UUID) -> Response:
    """The page names it by when it was made: a one-time code does not stand in it."""
    reader = await writing(request)
    codes = await reader.get(f"/companies/{company_id}/codes")
    made_at = (await form_of(request)).get("made_at", "")
    known = [one["code"] for one in codes["items"] if one["created_at"] == made_at]
    if not known:
        return error_page(request, 404)
    try:
        await reader.call("DELETE", f"/companies/{company_id}/codes/{quote(known[0], safe='')}")
    except UpstreamProblem as problem:
        return error_page(request, problem.status, back=f"/clients/{company_id}/devices")
    return RedirectResponse(f"/clients/{company_id}/devices", 303)


@router.post("/devices/{device_id}/confirm")
async def confirm_device(request: Request, device_id: UUID) -> Response:
    return await _changed(request, device_id, "confirmed")


@router.post("/devices/{device_id}/block")
async def block_device(request: Request, device_id: UUID) -> Response:
    """Let in no more, or let in again."""
    return await _changed(request, device_id, "blocked")


async def _changed(request: Request, device_id: UUID, field: str) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    said = form.get(field, "yes")
    step = _step(form, device_id, _STEPS[field, said == "yes"], {field: said})
    try:
        await reader.change(step.path, {field: said == "yes"}, step.version)
    except UpstreamProblem as problem:
        return await decide_again(reader, step, problem)
    return RedirectResponse(step.back, 303)


@router.post("/devices/{device_id}/revoke")
async def revoke_device(request: Request, device_id: UUID) -> Response:
    """Refused from this moment on, whenever the event about it comes."""
    reader = await writing(request)
    form = await form_of(request)
    step = _step(form, device_id, ("revoke", _("Revoke it")), {})
    try:
        await reader.call("DELETE", step.path, headers={"If-Match": f'"{step.version}"'})
    except UpstreamProblem as problem:
        return await decide_again(reader, step, problem)
    await parts_of(request).access.devices.revoke(device_id)
    return RedirectResponse(step.back, 303)


def _step(form: dict[str, str], device_id: UUID, what: tuple[str, str], also: dict[str, str]) -> Step:
    verb, label = what
    back = local_path(form.get("back", ""), "/devices")
    address = f"/devices/{device_id}"
    return Step(address, f"{address}/{verb}", label, back, version_in(form), {}, {**also, "back": back})


async def _tab(reader: Reader, company_id: UUID, made: dict[str, Any] | None = None) -> Response:
    state, cursor = _state(reader), reader.asked("cursor")
    address = f"/clients/{company_id}/devices"
    codes = reader.part(f"/companies/{company_id}/codes") if reader.may_register else _nothing()
    return await card(
        reader,
        company_id,
        "/devices",
        "devices",
        parts={"found": _devices(reader, state, cursor, str(company_id)), "codes": codes},
        state=state,
        made=made,
        lives=_LIVES,
        now=now().isoformat(),
        with_company=False,
        address=address,
        back=address + (f"?state={state}" if state else ""),
        code_key=str(new_id()),
    )


async def _devices(reader: Reader, state: str, cursor: str, company: str = "") -> dict[str, Any] | None:
    query = {**_STATES[state], "company": company, "cursor": cursor, "limit": _ROWS}
    found: dict[str, Any] | None = await reader.part(
        "/devices", {name: value for name, value in query.items() if value}
    )
    if found:
        await tell_last_contact(parts_of(reader.request), found["items"])
        for device in found["items"]:
            last = device["last_contact"]
            device["last_contact"] = last.isoformat() if last else None
    return found


def _state(reader: Reader) -> str:
    state = reader.asked("state")
    return state if state in _STATES else ""


async def _nothing() -> None:
    return None
