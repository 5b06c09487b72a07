"""How often one caller may call: by session or token, without them by address."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.problems import Problem
from gateway.access.networks import network_in
from gateway.access.rate import Rate
from gateway.guards.refusals import Refuse, as_problem

_UNCOUNTED = ("/healthz", "/readyz", "/static/")
_CREDENTIALS = (b"authorization", b"cookie")


class RateGuard:
    """Each caller has `rate`, each address `address_rate`: made-up credentials make no new callers.

    A token nobody knows is counted a third time, by address, where it is looked up (callers.py).
    """

    def __init__(self, app: ASGIApp, *, rate: Rate, address_rate: Rate, refuse: Refuse = as_problem) -> None:
        self._app = app
        self._refuse = refuse
        self._rate = rate
        self._address_rate = address_rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_UNCOUNTED):
            await self._app(scope, receive, send)
            return
        wait = self._rate.take(_caller(scope)) or self._address_rate.take(network_in(scope))
        if wait:
            headers = {"Retry-After": Rate.seconds(wait)}
            refusal = Problem(429, "Too many calls; please slow down.", headers=headers)
            await self._refuse(scope, refusal)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _caller(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name in _CREDENTIALS:
            return str(hash(value))
    return network_in(scope)
