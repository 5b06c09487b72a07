"""Tickets, for staff; and a call by phone, which becomes a submission in the caller's name."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from chassis.problems import Problem
from contracts.alike_http import AlikeTickets
from contracts.board_http import Board
from contracts.bulk_http import BulkAnswer, BulkChange
from contracts.gateway_http import PhoneCall
from contracts.intake_http import StoredFiles, SubmissionView
from contracts.tickets_http import (
    ClockView,
    EntryCorrection,
    Merging,
    NewEntry,
    NewLink,
    Splitting,
    TicketPage,
    TicketPatch,
    TicketView,
)
from gateway.access.callers import staff_session
from gateway.access.viewers import StaffSession
from gateway.answers import Answer, UpstreamProblem, passed_on
from gateway.api.bodies import body_of, key_of
from gateway.api.calls import Call
from gateway.api.passing import for_staff
from gateway.api.queries import AlikeQuery, TicketsQuery
from gateway.api.submissions import FilesForm
from gateway.parts import Parts, parts_of
from gateway.upstream import UPLOAD_DEADLINE_SECONDS

_WAIT_SECONDS = 5


async def post_ticket(request: Request) -> Response:
    staff = await staff_session(request)
    call = await body_of(request, PhoneCall)
    return passed_on(await register_call(parts_of(request), staff, call, str(key_of(request))))


async def register_call(parts: Parts, staff: StaffSession, call: PhoneCall, key: str) -> Answer:
    """Submit in the name of the person who called; answers the submission, with its number if it is quick.

    Raises UpstreamProblem when clients or intake is away, Problem 422 for a person we do not know.
    """
    body = {
        "title": call.title,
        "description": call.description,
        "channel": "phone",
        "on_behalf_of": await _caller(parts, staff, call),
    }
    answer = await parts.upstreams.call(
        "intake", "POST", "/submissions", staff.principal, body=body, headers={"Idempotency-Key": key}
    )
    answer.raise_for_problem()
    return await _numbered(parts, staff, answer)


async def _caller(parts: Parts, staff: StaffSession, call: PhoneCall) -> dict[str, Any]:
    try:
        person = await parts.upstreams.get_json("clients", f"/people/{call.person_id}", staff.principal)
    except UpstreamProblem as problem:
        if problem.status != 404:
            raise
        raise Problem(422, errors=[("person_id", "there is no such person")]) from problem
    return {
        "person": {"id": person["id"], "full_name": person["full_name"]},
        "company": {"id": person["company"]["id"], "name": person["company"]["name"]},
    }


async def post_files(request: Request) -> Response:
    """Streamed to where the files of the ticket's submission are."""
    staff, parts = await staff_session(request), parts_of(request)
    number = int(request.path_params["number"])
    ticket = await parts.upstreams.get_json("tickets", f"/tickets/{number}", staff.principal)
    return await parts.upstreams.forward(
        request,
        "intake",
        f"/submissions/{ticket['submission_id']}/files",
        staff.principal,
        deadline=UPLOAD_DEADLINE_SECONDS,
    )


async def post_split(request: Request) -> Response:
    staff = await staff_session(request)
    split = await body_of(request, Splitting)
    number, key = int(request.path_params["number"]), str(key_of(request))
    return passed_on(await register_split(parts_of(request), staff, number, split, key))


async def register_split(
    parts: Parts, staff: StaffSession, number: int, split: Splitting, key: str
) -> Answer:
    """Submit in the name of whose ticket it is; answers the submission, with its number if it is quick.

    Raises UpstreamProblem, 404 for a ticket that is not there; Problem 422 for one that was merged.
    """
    ticket = await parts.upstreams.get_json("tickets", f"/tickets/{number}", staff.principal)
    if ticket["merged_into"]:
        raise Problem(422, errors=[("number", f"it was merged; split No. {ticket['merged_into']}")])
    body = {
        "title": split.title,
        "description": split.description,
        "channel": ticket["channel"],
        "on_behalf_of": {
            "person": {name: ticket["person"][name] for name in ("id", "full_name")},
            "company": {name: ticket["company"][name] for name in ("id", "name")},
            "split_from": number,
        },
    }
    answer = await parts.upstreams.call(
        "intake", "POST", "/submissions", staff.principal, body=body, headers={"Idempotency-Key": key}
    )
    answer.raise_for_problem()
    return await _numbered(parts, staff, answer)


async def _numbered(parts: Parts, staff: StaffSession, accepted: Answer) -> Answer:
    """It is accepted whatever happens now; only the number may be missing from the answer."""
    path = f"/submissions/{accepted.json()['id']}"
    try:
        later = await parts.upstreams.call(
            "intake", "GET", path, staff.principal, query={"wait": _WAIT_SECONDS}, deadline=_WAIT_SECONDS + 2
        )
    except UpstreamProblem:
        return accepted
    return Answer(accepted.status, later.headers, later.body) if later.status == 200 else accepted


CALLS = (
    Call(
        "GET", "/board", for_staff("tickets", "/board"),
        "The board of the day: unassigned, near a breach, broken, waiting too long, load", "staff", "tickets",
        answer=Board,
    ),
    Call(
        "GET", "/tickets", for_staff("tickets", "/tickets"), "List tickets", "staff", "tickets",
        query=TicketsQuery, answer=TicketPage,
    ),
    Call(
        "POST", "/tickets", post_ticket, "Register a call by phone", "staff", "tickets",
        status=202, body=PhoneCall, answer=SubmissionView, headers=("Idempotency-Key",), also=(409,),
    ),
    Call(
        "GET", "/alike", for_staff("tickets", "/alike"),
        "Open tickets of a company that look like one being typed", "staff", "tickets",
        query=AlikeQuery, answer=AlikeTickets,
    ),
    Call(
        "POST", "/tickets/bulk", for_staff("tickets", "/tickets/bulk"),
        "Change up to 100 tickets at once; each is answered for itself", "staff", "tickets",
        body=BulkChange, answer=BulkAnswer, headers=("Idempotency-Key",),
    ),
    Call(
        "GET", "/tickets/{number:number}", for_staff("tickets", "/tickets/{number}"),
        "One ticket with its log", "staff", "tickets", answer=TicketView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", "/tickets/{number:number}", for_staff("tickets", "/tickets/{number}"),
        "Change fields of a ticket", "staff", "tickets",
        body=TicketPatch, answer=TicketView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "POST", "/tickets/{number:number}/entries", for_staff("tickets", "/tickets/{number}/entries"),
        "Answer, note, or log work", "staff", "tickets",
        status=201, body=NewEntry, answer=TicketView, headers=("Idempotency-Key",),
        also=(404, 409), etag=True,
    ),
    Call(
        "PATCH", "/tickets/{number:number}/entries/{id:id}",
        for_staff("tickets", "/tickets/{number}/entries/{id}"),
        "Correct an entry; what it said before is kept", "staff", "tickets",
        body=EntryCorrection, answer=TicketView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "POST", "/tickets/{number:number}/files", post_files,
        "Store files for an answer or a note that names them", "staff", "tickets",
        status=201, form=FilesForm, answer=StoredFiles, headers=("Idempotency-Key",), also=(404, 409),
    ),
    Call(
        "POST", "/tickets/{number:number}/merge", for_staff("tickets", "/tickets/{number}/merge"),
        "Merge a ticket into another one; answers that one", "staff", "tickets",
        body=Merging, answer=TicketView, headers=("Idempotency-Key",), also=(404, 409), etag=True,
    ),
    Call(
        "POST", "/tickets/{number:number}/assign", for_staff("tickets", "/tickets/{number}/assign"),
        "Assign a ticket that nobody has by the rules as they are now", "staff", "tickets",
        answer=TicketView, also=(404, 409, 422), etag=True,
    ),
    Call(
        "POST", "/tickets/{number:number}/links", for_staff("tickets", "/tickets/{number}/links"),
        "Link two tickets that have to do with one another", "staff", "tickets",
        body=NewLink, answer=TicketView, headers=("Idempotency-Key",), also=(404, 409), etag=True,
    ),
    Call(
        "DELETE", "/tickets/{number:number}/links/{other:number}",
        for_staff("tickets", "/tickets/{number}/links/{other}"), "Link them no more", "staff", "tickets",
        answer=TicketView, also=(404, 409), etag=True,
    ),
    Call(
        "POST", "/tickets/{number:number}/split", post_split,
        "Make a part of a ticket one of its own, of the same person and linked to it", "staff", "tickets",
        status=202, body=Splitting, answer=SubmissionView, headers=("Idempotency-Key",), also=(404, 409),
    ),
    Call(
        "GET", "/tickets/{number:number}/sla", for_staff("tickets", "/tickets/{number}/sla"),
        "The clock, interval by interval", "staff", "tickets", answer=ClockView, also=(404,),
    ),
)  # fmt: skip
