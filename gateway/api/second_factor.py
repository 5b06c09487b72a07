"""One-time codes of one's own account."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from chassis.clock import now
from contracts.gateway_http import NewTotp, TotpConfirmation, TotpOffer, TotpRemoval, TotpView
from gateway.access import second_factor
from gateway.access.callers import staff_session
from gateway.api.bodies import answer, body_of
from gateway.api.calls import Call
from gateway.parts import parts_of


async def get_totp(request: Request) -> Response:
    session = await staff_session(request)
    return answer(TotpView(on=await second_factor.is_on(parts_of(request).access, session.staff_id)))


async def post_totp(request: Request) -> Response:
    session = await staff_session(request)
    given = await body_of(request, NewTotp)
    secret, uri = await second_factor.offer(parts_of(request).access, session, given.current)
    return answer(TotpOffer(secret=secret, uri=uri), 201)


async def put_totp(request: Request) -> Response:
    session = await staff_session(request)
    given = await body_of(request, TotpConfirmation)
    await second_factor.confirm(parts_of(request).access, session, given.code, now())
    return answer(TotpView(on=True))


async def remove_totp(request: Request) -> Response:
    session = await staff_session(request)
    given = await body_of(request, TotpRemoval)
    await second_factor.take_away(parts_of(request).access, session, given.current, given.code, now())
    return answer(TotpView(on=False))


CALLS = (
    Call(
        "GET", "/me/totp", get_totp, "Whether signing in asks for one-time codes", "staff", "session",
        answer=TotpView,
    ),
    Call(
        "POST", "/me/totp", post_totp, "Begin with one-time codes: a secret for the authenticator",
        "staff", "session", status=201, body=NewTotp, answer=TotpOffer, also=(409,),
    ),
    Call(
        "PUT", "/me/totp", put_totp, "Confirm the secret by a first code; from now on codes are asked for",
        "staff", "session", body=TotpConfirmation, answer=TotpView, also=(409,),
    ),
    Call(
        "POST", "/me/totp/removal", remove_totp, "Sign in without one-time codes again",
        "staff", "session", body=TotpRemoval, answer=TotpView, also=(409,),
    ),
)  # fmt: skip
