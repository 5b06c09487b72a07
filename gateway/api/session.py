"""Signing in and out, who one is, one's password and API tokens."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from chassis.clock import now
from chassis.problems import Problem
from contracts.gateway_http import (
    ApiTokenPage,
    ApiTokenView,
    Credentials,
    DeviceMe,
    MadeApiToken,
    Me,
    NewApiToken,
    PasswordChange,
    SessionView,
    StaffMe,
    StaffView,
)
from contracts.people import CompanyRef, PersonRef
from gateway.access.accounts import change_own_password
from gateway.access.callers import address_of, any_viewer, staff_session
from gateway.access.cookies import clear_session_cookie, session_token_of, set_session_cookie
from gateway.access.csrf import check_same_origin
from gateway.access.sign_in import Visitor, sign_in
from gateway.access.viewers import StaffSession
from gateway.api import second_factor
from gateway.api.bodies import answer, body_of, done
from gateway.api.calls import Call
from gateway.parts import parts_of


def visitor_of(request: Request) -> Visitor:
    return Visitor(address_of(request), request.headers.get("user-agent", ""))


def _staff_view(session: StaffSession) -> StaffView:
    return StaffView.model_validate(
        {
            "id": session.staff_id,
            "login": session.login,
            "full_name": session.full_name,
            "roles": session.roles,
        }
    )


async def post_session(request: Request) -> Response:
    check_same_origin(request)
    given = await body_of(request, Credentials)
    access = parts_of(request).access
    token, session = await sign_in(access, given.login, given.password, given.totp, visitor_of(request))
    return await _signed_in(request, token, session)


async def _signed_in(request: Request, token: str, session: StaffSession) -> Response:
    if before := session_token_of(request):
        await parts_of(request).access.sessions.close(before)
    response = answer(SessionView(csrf_token=session.csrf_token, staff=_staff_view(session)))
    set_session_cookie(request, response, token)
    return response


async def delete_session(request: Request) -> Response:
    await staff_session(request)
    if token := session_token_of(request):
        await parts_of(request).access.sessions.close(token)
    response = done()
    clear_session_cookie(request, response)
    return response


async def get_me(request: Request) -> Response:
    viewer = await any_viewer(request)
    if isinstance(viewer, StaffSession):
        return answer(StaffMe(staff=_staff_view(viewer)))
    return answer(
        DeviceMe(
            device_id=viewer.device_id,
            person=PersonRef(id=viewer.person_id, full_name=viewer.full_name),
            company=CompanyRef(id=viewer.company_id, name=viewer.company_name),
            screenshots_allowed=viewer.screenshots_allowed,
            confirmed=viewer.confirmed,
            is_manager=viewer.is_manager,
        )
    )


async def put_password(request: Request) -> Response:
    """All sessions of the account end; this browser gets a new one."""
    session = await staff_session(request)
    change = await body_of(request, PasswordChange)
    access, visitor = parts_of(request).access, visitor_of(request)
    member = await change_own_password(access, session, change, now())
    token, fresh = await access.sessions.open(member, address=visitor.address, agent=visitor.agent)
    return await _signed_in(request, token, fresh)


async def get_tokens(request: Request) -> Response:
    session = await staff_session(request)
    tokens = await parts_of(request).access.api_tokens.all_of(session.staff_id)
    return answer(ApiTokenPage(items=[ApiTokenView(**token.model_dump()) for token in tokens]))


async def post_token(request: Request) -> Response:
    session = await staff_session(request)
    new = await body_of(request, NewApiToken)
    tokens = parts_of(request).access.api_tokens
    token, made = await tokens.make(session.staff_id, new.name, new.scopes, now())
    return answer(MadeApiToken(token=token, **made.model_dump()), 201)


async def delete_token(request: Request) -> Response:
    session = await staff_session(request)
    token_id = UUID(request.path_params["id"])
    if not await parts_of(request).access.api_tokens.revoke(session.staff_id, token_id):
        raise Problem(404, "There is no such token.")
    return done()


CALLS = (
    Call(
        "POST", "/session", post_session, "Sign in", "anyone", "session",
        body=Credentials, answer=SessionView,
    ),
    Call("DELETE", "/session", delete_session, "Sign out", "staff", "session", status=204),
    Call("GET", "/me", get_me, "Who the caller is: a device, or staff", "both", "session", answer=Me),
    Call(
        "PUT", "/me/password", put_password, "Change the own password", "staff", "session",
        body=PasswordChange, answer=SessionView,
    ),
    *second_factor.CALLS,
    Call("GET", "/tokens", get_tokens, "The own API tokens", "staff", "session", answer=ApiTokenPage),
    Call(
        "POST", "/tokens", post_token, "Make an API token", "staff", "session",
        status=201, body=NewApiToken, answer=MadeApiToken,
    ),
    Call(
        "DELETE", "/tokens/{id:id}", delete_token, "Revoke an API token", "staff", "session",
        status=204, also=(404,),
    ),
)  # fmt: skip
