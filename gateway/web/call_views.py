"""A call by phone («Заявка по звонку»): a specialist submits in somebody's name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id
from gateway.access.viewers import StaffSession
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.call_extras import add_to, alike_of, join, wants_more
from gateway.web.call_newcomer import NEW, add_newcomer, companies_like, newcomer_of
from gateway.web.category_choices import category_paths
from gateway.web.desk_calls import attempt
from gateway.web.error_page import error_page
from gateway.web.language import words_of
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.ticket_answers import shown_ticket
from gateway.web.viewer import Viewer, page, part

_OFFERED = 20
# How long one waits for the number; longer where there is more to do with it.
_WAIT, _LONG_WAIT = 3, 10
_TYPED = ("title", "description", "mine", "category", "minutes")
router = pages_router()


@router.api_route("/new", methods=READING)
async def show_form(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    return await _form(request, session, viewer, who=_who(request))


@router.api_route("/new/people", methods=READING)
async def offer_people(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    who = _who(request)
    people = await _people(request, session, who)
    return part(
        render("people.html", viewer.lang, people=people, who=who, chosen="", newcomer=newcomer_of({}, who))
    )


@router.api_route("/new/companies", methods=READING)
async def offer_companies(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    typed = " ".join(request.query_params.get("new_company", "").replace("\0", " ").split())[:200]
    companies = await companies_like(request, session, typed)
    return part(render("company_options.html", viewer.lang, companies=companies))


@router.api_route("/new/alike", methods=READING)
async def offer_alike(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    query = request.query_params
    typed = " ".join(query.get("title", "").replace("\0", " ").split())[:200]
    alike = await alike_of(request, session, query.get("person", ""), typed)
    return part(render("alike.html", viewer.lang, alike=alike))


@router.post("/new")
async def register_call(request: Request) -> Response:
    session, viewer = await writing_staff(request)
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    try:
        if form.get("join"):
            return await _joined(request, session, form)
        submission = await _submit(request, session, form)
    except (UpstreamProblem, ValueError) as problem:
        status = problem.status if isinstance(problem, UpstreamProblem) else 422
        if status >= 500:
            typed = f"{form.get('title', '')}\n\n{form.get('description', '')}"
            return error_page(request, status, typed=typed)
        return await _form(request, session, viewer, form=form, status=status)
    number = await _number_of(request, session, submission, wait=_LONG_WAIT if wants_more(form) else _WAIT)
    is_whole = not wants_more(form) or (number and await add_to(request, session, number, form))
    if number and not is_whole:
        why = words_of(viewer.lang).gettext(
            "The call is registered, but not all that was chosen was accepted."
        )
        return await shown_ticket(request, session, viewer, number, problem=why)
    return RedirectResponse(f"/tickets/{number}?view=open" if number else "/tickets", 303)


async def _submit(request: Request, session: StaffSession, form: dict[str, str]) -> dict[str, Any]:
    """Raises UpstreamProblem, and ValueError for an id that is none."""
    upstreams = parts_of(request).upstreams
    key, person = UUID(form.get("key", "")), await _caller(request, session, form)
    body = {
        "title": form.get("title", ""),
        "description": form.get("description", ""),
        "channel": "phone",
        "on_behalf_of": {
            "person": {"id": person["id"], "full_name": person["full_name"]},
            "company": {"id": person["company"]["id"], "name": person["company"]["name"]},
        },
    }
    submitted: dict[str, Any] = await upstreams.post_json(
        "intake", "/submissions", session.principal, body, headers={"Idempotency-Key": str(key)}
    )
    return submitted


async def _caller(request: Request, session: StaffSession, form: dict[str, str]) -> dict[str, Any]:
    """Raises UpstreamProblem, and ValueError for an id that is none or a newcomer of nowhere."""
    if form.get("person") == NEW:
        return await add_newcomer(request, session, form)
    person: dict[str, Any] = await parts_of(request).upstreams.get_json(
        "clients", f"/people/{UUID(form.get('person', ''))}", session.principal
    )
    return person


async def _joined(request: Request, session: StaffSession, form: dict[str, str]) -> Response:
    """Raises UpstreamProblem, and ValueError for an id or number that is none."""
    number, person = int(form["join"][:15]), await _caller(request, session, form)
    said = [form.get("title", ""), form.get("description", "")]
    phone = f", {person['phone']}" if person.get("phone") else ""
    lines = [f"☎ {person['full_name']}{phone}", *(line for line in said if line.strip())]
    await join(request, session, number, form, "\n".join(lines))
    return RedirectResponse(f"/tickets/{number}?view=open", 303)


async def _number_of(
    request: Request, session: StaffSession, submission: dict[str, Any], *, wait: int
) -> int | None:
    """The ticket is registered a moment later; when it takes longer, the list will show it."""
    answer = await attempt(
        parts_of(request).upstreams.get_json(
            "intake",
            f"/submissions/{submission['id']}",
            session.principal,
            query={"wait": wait},
            deadline=wait + 2,
        )
    )
    return answer["number"] if answer else None


async def _form(
    request: Request,
    session: StaffSession,
    viewer: Viewer,
    *,
    who: str = "",
    form: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    typed = form or {}
    who = who or typed.get("who", "")
    gettext = words_of(viewer.lang).gettext
    if typed.get("person") == NEW:
        problem = gettext("Somebody new needs a full name and a company from the registry.")
    else:
        problem = gettext("Choose who is calling, and say in a few words what is wrong.")
    return page(
        "call.html",
        viewer,
        status,
        section="new",
        who=who,
        people=await _people(request, session, who),
        chosen=typed.get("person", ""),
        newcomer=newcomer_of(typed, who),
        key=typed.get("key") or str(new_id()),
        typed={name: typed.get(name, "") for name in _TYPED},
        alike=[],
        categories=await category_paths(request, session),
        problem=problem if form is not None else "",
    )


async def _people(request: Request, session: StaffSession, who: str) -> list[dict[str, Any]] | None:
    if not who:
        return []
    found = await attempt(
        parts_of(request).upstreams.get_json(
            "clients", "/people", session.principal, query={"q": who, "limit": _OFFERED}
        )
    )
    return found and [{**one, "company_name": one["company"]["name"]} for one in found["items"]]


def _who(request: Request) -> str:
    return " ".join(request.query_params.get("who", "").replace("\0", " ").split())[:200]
