"""The two cookies: a member of staff's session, and an employee's device in the portal."""

from __future__ import annotations

from fastapi import Request, Response

from gateway.parts import parts_of

_SESSION, _DEVICE = "helpdesk_session", "helpdesk_device"
_DEVICE_SECONDS = 400 * 24 * 3600


def session_token_of(request: Request) -> str | None:
    return request.cookies.get(_name(request, _SESSION))


def device_token_of(request: Request) -> str | None:
    return request.cookies.get(_name(request, _DEVICE))


def set_session_cookie(request: Request, response: Response, token: str) -> None:
    settings = parts_of(request).settings
    _set(request, response, _SESSION, token, int(settings.session_days * 24 * 3600))


def set_device_cookie(request: Request, response: Response, token: str) -> None:
    _set(request, response, _DEVICE, token, _DEVICE_SECONDS)


def clear_session_cookie(request: Request, response: Response) -> None:
    _set(request, response, _SESSION, "", 0)


def clear_device_cookie(request: Request, response: Response) -> None:
    _set(request, response, _DEVICE, "", 0)


def _set(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        _name(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=parts_of(request).settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def _name(request: Request, name: str) -> str:
    """With the prefix a browser takes it from no other host, and over TLS only (RFC 6265bis, 4.1.3)."""
    return f"__Host-{name}" if parts_of(request).settings.secure_cookies else name
