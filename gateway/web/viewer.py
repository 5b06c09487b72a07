"""Who looks at a page: language, appearance, and what the forms need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from chassis.principal import Principal
from gateway.web.language import known_language
from gateway.web.rendering import render

THEMES = ("system", "light", "dark")
# Pages hold what only their reader may see: nothing on the way keeps them, nor does the browser's disk.
_KEPT_NOWHERE = {"Cache-Control": "no-store", "Vary": "Cookie, HX-Request"}


@dataclass(frozen=True)
class Viewer:
    lang: str
    theme: str
    csrf: str
    path: str
    staff: Principal | None = None
    device: Principal | None = None
    # Where the live connection begins: known before anything of the page was read.
    last_event: str = ""

    @property
    def name(self) -> str:
        who = self.staff or self.device
        return who.full_name if who else ""

    @property
    def me(self) -> str:
        return str(self.staff.id) if self.staff else ""


def viewer_for(
    request: Request,
    csrf: str,
    *,
    staff: Principal | None = None,
    device: Principal | None = None,
    last_event: str = "",
) -> Viewer:
    return Viewer(
        lang=known_language(request.cookies.get("lang")),
        theme=_known_theme(request.cookies),
        csrf=csrf,
        path=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        staff=staff,
        device=device,
        last_event=last_event,
    )


def _known_theme(cookies: Mapping[str, str]) -> str:
    theme = cookies.get("theme", "")
    return theme if theme in THEMES else "system"


def page(template: str, viewer: Viewer, status: int = 200, **context: Any) -> Response:
    return HTMLResponse(
        render(template, viewer.lang, viewer=viewer, **context), status, headers=_KEPT_NOWHERE
    )


def part(html: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A piece of a page, for the scripts."""
    return HTMLResponse(html, status, headers={**_KEPT_NOWHERE, **(headers or {})})


def wants_part(request: Request) -> str:
    """Which piece the scripts ask for (`list`, `pane`, `ticket`), or nothing: the whole page."""
    if request.headers.get("HX-Request") != "true":
        return ""
    return request.headers.get("HX-Target", "") or "ticket"
