"""What an API token has to be good for: each call asks for one scope, some for a signed-in person."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from gateway.access.callers import WANTED_SCOPE
from gateway.access.viewers import OWN_SCOPE
from gateway.api.calls import Call, Handler

_AREAS = {
    "tickets": "tickets",
    "categories": "tickets",
    "assignment": "tickets",
    "unread": "tickets",
    "submissions": "tickets",
    "files": "tickets",
    "views": "tickets",
    "templates": "tickets",
    "presence": "tickets",
    "events": "tickets",
    "companies": "registry",
    "people": "registry",
    "devices": "registry",
    "equipment": "registry",
    "licences": "registry",
    "contracts": "registry",
    "plans": "registry",
    "terms": "registry",
    "tables": "registry",
    "search": "registry",
    "credentials": "credentials",
    "audit": "audit",
    "articles": "articles",
    "reports": "reports",
    "schedules": "reports",
    "exports": "reports",
    "staff": "staff",
}


def scope_of(call: Call) -> str:
    """Empty where no token will do: a stolen one must not make others, or change accounts and passwords."""
    is_reading = call.method == "GET"
    if call.tag == "session":
        return OWN_SCOPE if is_reading else ""
    if call.path.endswith("/context"):
        # It names credentials, too.
        return "credentials:read"
    if call.tag == "reveal":
        # Only for a token that was made for just that.
        return "credentials:reveal"
    area = _AREAS.get(call.tag)
    if area is None or call.who == "admin":
        return ""
    return f"{area}:{'read' if is_reading else 'write'}"


def under_scope(call: Call) -> Handler:
    """The call's handler, with the scope known to whoever looks at the token."""
    scope = scope_of(call)

    async def handle(request: Request) -> Response:
        request.scope[WANTED_SCOPE] = scope
        return await call.handle(request)

    return handle
