"""A client's credentials: masked until somebody says why they have to be seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from chassis.problems import Problem
from gateway.answers import UpstreamProblem
from gateway.web.card.choices import choices_for_new, names_in
from gateway.web.card.fields import THINGS
from gateway.web.card.page import card
from gateway.web.card.reader import Reader, form_of, id_in, key_in, reading, version_in, writing
from gateway.web.card.revealing import RevealedHere, refusal, reveal
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import part, wants_part

_ROWS = "100"
_SHOWN = ("label", "address", "equipment_id", "person_id")
_SECRET = ("login", "secret", "totp_seed", "notes")
_ONE = "/clients/{company_id}/credentials/{key}"
router = pages_router()


@router.api_route("/clients/{company_id}/credentials", methods=READING)
async def list_credentials(request: Request, company_id: UUID) -> Response:
    return await _tab(await reading(request), company_id)


@router.post("/clients/{company_id}/credentials")
async def add_credential(request: Request, company_id: UUID) -> Response:
    """What is secret is not given back when it was refused: it would stand in the page."""
    reader = await writing(request)
    form = await form_of(request)
    body = {"company_id": str(company_id), **_typed(form, (*_SHOWN, *_SECRET))}
    try:
        await reader.make("/credentials", body, key_in(form))
    except UpstreamProblem as problem:
        typed = {name: form.get(name, "") for name in _SHOWN}
        return await _tab(reader, company_id, typed, _why(problem), problem.status)
    return RedirectResponse(f"/clients/{company_id}/credentials", 303)


@router.api_route(_ONE, methods=READING)
async def show_one(request: Request, company_id: UUID, key: UUID) -> Response:
    """As a row, masked: what one gets back when what was revealed is hidden again."""
    reader = await reading(request)
    if not wants_part(request):
        return RedirectResponse(f"/clients/{company_id}/credentials", 303)
    credential = await _of(reader, company_id, key)
    return part(_row(reader, credential, ticket_number=_ticket_in(request.query_params)))


@router.api_route(_ONE + "/reveal", methods=READING)
async def ask_why(request: Request, company_id: UUID, key: UUID) -> Response:
    reader = await reading(request)
    credential = await _of(reader, company_id, key)
    return await _answer(reader, company_id, credential, asks=True)


@router.post(_ONE + "/reveal")
async def show_secret(request: Request, company_id: UUID, key: UUID) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    credential = await _of(reader, company_id, key)
    try:
        shown = await reveal(reader, f"/credentials/{key}/reveal", form)
    except Problem as problem:
        why = reader.say(refusal(problem))
        return await _answer(
            reader, company_id, credential, asks=True, why=form.get("reason", ""), problem=why,
            status=problem.status, ticket_number=_ticket_in(form),
        )  # fmt: skip
    if form.get("what") == "code" and wants_part(request):
        return part(
            render("clients/totp.html", reader.viewer.lang, viewer=reader.viewer, **_named(credential, shown))
        )
    return await _answer(reader, company_id, credential, shown=shown, ticket_number=_ticket_in(form))


@router.api_route(_ONE + "/change", methods=READING)
async def show_change(request: Request, company_id: UUID, key: UUID) -> Response:
    reader = await reading(request)
    return await _changing(reader, company_id, await _of(reader, company_id, key))


@router.post(_ONE + "/change")
async def change_secret(request: Request, company_id: UUID, key: UUID) -> Response:
    """What is left empty stays as it is; what is ticked is forgotten."""
    reader = await writing(request)
    form = await form_of(request)
    forgotten = {name: "" for name in _SECRET if form.get(f"forget-{name}")}
    try:
        await reader.change(f"/credentials/{key}", {**_typed(form, _SECRET), **forgotten}, version_in(form))
    except UpstreamProblem as problem:
        credential = await _of(reader, company_id, key)
        return await _changing(reader, company_id, credential, _why(problem), problem.status)
    return RedirectResponse(f"/clients/{company_id}/credentials", 303)


def _typed(form: dict[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """A secret is kept to the letter."""
    said = {name: form.get(name, "").replace("\r\n", "\n") for name in names}
    return {name: text if name == "secret" else text.strip() for name, text in said.items() if text.strip()}


async def _of(reader: Reader, company_id: UUID, key: UUID) -> dict[str, Any]:
    """Raises UpstreamProblem, and Problem 404 for another company's."""
    credential: dict[str, Any] = await reader.get(f"/credentials/{key}")
    if credential["company_id"] != str(company_id):
        raise Problem(404)
    return credential


def _ticket_in(said: Mapping[str, str]) -> str:
    """The number of the ticket beside which it is shown; empty elsewhere."""
    number = said.get("ticket", "")
    return number if number.isascii() and number.isdigit() and len(number) < 16 else ""


def _named(credential: dict[str, Any], shown: RevealedHere) -> dict[str, Any]:
    return {"credential": credential, "shown": shown}


def _row(reader: Reader, credential: dict[str, Any], **state: Any) -> Markup:
    state = {"shown": None, "asks": False, "why": "", "problem": "", "ticket_number": "", **state}
    is_beside_ticket = bool(state["ticket_number"]) and bool(wants_part(reader.request))
    return Markup(  # noqa: S704 - put together from templates that escape
        render(
            "ticket/credential.html" if is_beside_ticket else "clients/credential.html",
            reader.viewer.lang,
            viewer=reader.viewer,
            credential=credential,
            names=names_in([credential]),
            **state,
        )
    )


async def _answer(
    reader: Reader, company_id: UUID, credential: dict[str, Any], *, status: int = 200, **state: Any
) -> Response:
    row = _row(reader, credential, **state)
    if wants_part(reader.request):
        return part(row, status)
    return await card(reader, company_id, "/credentials", "one_credential", status=status, row=row)


async def _changing(
    reader: Reader, company_id: UUID, credential: dict[str, Any], problem: str = "", status: int = 200
) -> Response:
    return await card(
        reader,
        company_id,
        "/credentials",
        "credential_change",
        status=status,
        credential=credential,
        problem=reader.say(problem) if problem else "",
    )


async def _tab(
    reader: Reader,
    company_id: UUID,
    typed: dict[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    asked = {name: reader.asked(name) for name in ("q", "cursor")}
    asked["archived"] = "true" if reader.asked("archived") == "true" else ""
    asked["person"] = id_in(reader.asked("person"))
    query = {name: value for name, value in asked.items() if value}
    found = reader.part("/credentials", {**query, "company": str(company_id), "limit": _ROWS})
    if wants_part(reader.request):
        shown = {"found": await found, "company": {"id": str(company_id)}, "asked": asked}
        html = render("clients/credentials_rows.html", reader.viewer.lang, viewer=reader.viewer, **shown)
        return part(html)
    return await card(
        reader,
        company_id,
        "/credentials",
        "credentials",
        status=status,
        parts={
            "found": found,
            "others": choices_for_new(reader, "credentials", str(company_id)),
            "knower": _knower(reader, company_id, asked["person"]),
        },
        kind=THINGS["credentials"],
        asked=asked,
        typed=typed or dict.fromkeys(_SHOWN, ""),
        problem=reader.say(problem) if problem else "",
    )


async def _knower(reader: Reader, company_id: UUID, person: str) -> dict[str, Any] | None:
    """Of whom it is asked what they know: their own credentials, and what opens the equipment they use."""
    found: dict[str, Any] | None = await reader.part(f"/people/{person}") if person else None
    return found if found and found["company_id"] == str(company_id) else None


def _why(problem: UpstreamProblem) -> str:
    if problem.status == 403:
        return _("Your role does not allow to change this.")
    if problem.status == 409:
        return _("Somebody changed this meanwhile: it is shown as it is now. Decide again.")
    if problem.status >= 500:
        return _("This does not answer just now. Type what is secret once more and try again.")
    fields = {field.rpartition(".")[2] for field, _message in problem.errors}
    if "totp_seed" in fields:
        return _("This is no seed of one-time codes: Base32 or an otpauth:// address is needed.")
    return _("This was not accepted. Look at it, and type what is secret once more.")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
