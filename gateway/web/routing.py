"""How the pages' routes answer when something is wrong: with a page, or for the scripts with a status."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from chassis.problems import Problem
from gateway.web.error_page import error_page
from gateway.web.viewer import part, wants_part

READING = ["GET", "HEAD"]


class SignInNeededError(Exception):
    """Nobody is signed in: the page is shown after signing in."""


class PageRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except SignInNeededError:
                return _sign_in(request)
            except Problem as problem:
                return _refused(request, problem.status, problem.headers)
            except RequestValidationError:
                return _refused(request, 404, {})
            except HTTPException as problem:
                return _refused(request, problem.status_code, {})

        return answer


def pages_router() -> APIRouter:
    return APIRouter(route_class=PageRoute, include_in_schema=False)


def _sign_in(request: Request) -> Response:
    if wants_part(request):
        return part("", 401)
    if request.method not in ("GET", "HEAD") or request.url.path == "/":
        return RedirectResponse("/login", 303)
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?{urlencode({'next': back})}", 303)


def _refused(request: Request, status: int, headers: dict[str, str]) -> Response:
    response = part("", status) if wants_part(request) else error_page(request, status)
    if "Retry-After" in headers:
        response.headers["Retry-After"] = headers["Retry-After"]
    return response


def local_path(wanted: str, otherwise: str) -> str:
    """An address of ours to go on to; what could leave this host is not followed."""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_ours and wanted.isprintable() and "\\" not in wanted else otherwise
