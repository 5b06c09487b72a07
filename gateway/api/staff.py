"""Who works here: for everybody to assign to, for administrators to keep."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from chassis.clock import now
from contracts.gateway_http import Colleague, ColleaguePage, NewStaff, ProfilePatch, StaffPatch
from gateway.access.accounts import add_member, change_member
from gateway.access.callers import admin_session, staff_session
from gateway.access.profile import change_profile
from gateway.access.staff import StaffMember
from gateway.api.bodies import answer, body_of
from gateway.api.calls import Call
from gateway.parts import parts_of


def _colleague(member: StaffMember) -> Colleague:
    return Colleague(
        id=member.id,
        full_name=member.full_name,
        roles=list(member.roles),
        active=member.active,
        shift=member.shift,
        away_until=member.away_until,
        deputy_id=member.deputy_id,
    )


async def patch_profile(request: Request) -> Response:
    session = await staff_session(request)
    patch = await body_of(request, ProfilePatch)
    return answer(_colleague(await change_profile(parts_of(request).access, session.staff_id, patch, now())))


async def get_staff(request: Request) -> Response:
    await staff_session(request)
    members = await parts_of(request).access.staff.all()
    return answer(ColleaguePage(items=[_colleague(member) for member in members]))


async def post_staff(request: Request) -> Response:
    await admin_session(request)
    new = await body_of(request, NewStaff)
    return answer(_colleague(await add_member(parts_of(request).access, new, now())), 201)


async def patch_staff(request: Request) -> Response:
    await admin_session(request)
    patch = await body_of(request, StaffPatch)
    staff_id = UUID(request.path_params["id"])
    return answer(_colleague(await change_member(parts_of(request).access, staff_id, patch, now())))


CALLS = (
    Call("GET", "/staff", get_staff, "Everybody who works here", "staff", "staff", answer=ColleaguePage),
    Call(
        "POST", "/staff", post_staff, "Add a member of staff", "admin", "staff",
        status=201, body=NewStaff, answer=Colleague, also=(409,),
    ),
    Call(
        "PATCH", "/staff/{id:id}", patch_staff, "Change a member of staff", "admin", "staff",
        body=StaffPatch, answer=Colleague, also=(404, 409),
    ),
    Call(
        "PATCH", "/me/profile", patch_profile, "Change the own shift, absence and deputy", "staff", "session",
        body=ProfilePatch, answer=Colleague, also=(409,),
    ),
)  # fmt: skip
