"""A write by cookie must come from our own pages."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from fastapi import Request

from chassis.problems import Problem
from gateway.access.viewers import StaffSession

HEADER = "X-CSRF-Token"
FIELD = "csrf_token"


async def check_csrf(request: Request, session: StaffSession) -> None:
    """The session's own token in the header, or in the form field of a page without scripts."""
    check_same_origin(request)
    token = request.headers.get(HEADER)
    if token is None and "form" in request.headers.get("content-type", ""):
        field = (await request.form()).get(FIELD)
        token = field if isinstance(field, str) else None
    if token is None or not hmac.compare_digest(token.encode(), session.csrf_token.encode()):
        raise Problem(403, f"This write needs the session's {HEADER}.", kind="/problems/csrf")


def check_same_origin(request: Request) -> None:
    """Browsers say where a write comes from; who says nothing is no browser another site could misuse."""
    site = request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        raise Problem(403, "This write comes from another site.", kind="/problems/csrf")
    origin = request.headers.get("origin")
    if origin is not None and _host_in(origin) != request.headers.get("host"):
        raise Problem(403, "This write comes from another site.", kind="/problems/csrf")


def _host_in(origin: str) -> str:
    """Empty for what is no address at all."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
