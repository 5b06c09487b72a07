"""Who looks at a page of the card, and what may be asked of the services for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request

from chassis.clock import new_id
from gateway.access.viewers import StaffSession
from gateway.parts import parts_of
from gateway.upstream import Query, Service
from gateway.web.desk_calls import attempt
from gateway.web.language import words_of
from gateway.web.names import short_name
from gateway.web.staff_page import colleagues, reading_staff, writing_staff
from gateway.web.viewer import Viewer

_REGISTRARS = {"dispatcher", "manager", "admin"}
_AUDITORS = {"manager", "admin"}
_PART_SECONDS = 2.0
_LONGEST_ASKED, _LONGEST_CURSOR = 200, 1000


@dataclass(frozen=True)
class Reader:
    request: Request
    session: StaffSession
    viewer: Viewer

    @property
    def may_register(self) -> bool:
        """Companies, contracts and codes are kept by some roles only."""
        return not _REGISTRARS.isdisjoint(self.session.roles)

    @property
    def may_audit(self) -> bool:
        """Who saw which password is for some roles only."""
        return not _AUDITORS.isdisjoint(self.session.roles)

    @property
    def is_everywhere(self) -> bool:
        """Not limited to certain companies."""
        return self.session.principal.companies is None

    def say(self, message: str) -> str:
        return words_of(self.viewer.lang).gettext(message)

    def asked(self, name: str) -> str:
        """What the address says of a filter."""
        said = self.request.query_params.get(name, "").replace("\0", " ")
        return said[: _LONGEST_CURSOR if name == "cursor" else _LONGEST_ASKED].strip()

    async def get(self, path: str, query: Query | None = None, *, service: Service = "clients") -> Any:
        """Raises UpstreamProblem."""
        return await parts_of(self.request).upstreams.get_json(
            service, path, self.session.principal, query=query
        )

    async def part(
        self, path: str, query: Query | None = None, *, service: Service = "clients"
    ) -> Any | None:
        """None when this part of a page has to be shown as «could not be loaded»."""
        return await attempt(
            parts_of(self.request).upstreams.get_json(
                service, path, self.session.principal, query=query, deadline=_PART_SECONDS
            )
        )

    async def make(self, path: str, body: Any, key: str) -> Any:
        """Raises UpstreamProblem; the same key makes it once."""
        return await self.post(path, body, key, service="clients")

    async def post(self, path: str, body: Any, key: str, *, service: Service) -> Any:
        """Raises UpstreamProblem; the same key does it once."""
        return await parts_of(self.request).upstreams.post_json(
            service, path, self.session.principal, body, headers={"Idempotency-Key": key}
        )

    async def change(self, path: str, body: Any, version: str) -> Any:
        """Raises UpstreamProblem; 409 when somebody changed it meanwhile."""
        return await parts_of(self.request).upstreams.patch_json(
            "clients", path, self.session.principal, body, headers={"If-Match": f'"{version}"'}
        )

    async def call(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Raises UpstreamProblem."""
        answer = await parts_of(self.request).upstreams.call(
            "clients", method, path, self.session.principal, body=body, headers=headers
        )
        answer.raise_for_problem()

    async def names(self) -> dict[str, str]:
        """Of everybody at the service desk."""
        found = await colleagues(self.request)
        return {one["id"]: short_name(one["full_name"]) for one in found}


async def reading(request: Request) -> Reader:
    """Raises SignInNeededError."""
    return Reader(request, *await reading_staff(request))


async def writing(request: Request) -> Reader:
    """Raises SignInNeededError; Problem 403 when the form does not come from our own page."""
    return Reader(request, *await writing_staff(request))


async def form_of(request: Request) -> dict[str, str]:
    """What was typed; files are left out."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def version_in(form: Mapping[str, str]) -> str:
    """What is none of ours conflicts with everything."""
    version = form.get("version", "")
    return version if version.isascii() and version.isdigit() and len(version) < 10 else "0"


def key_in(form: Mapping[str, str]) -> str:
    try:
        return str(UUID(form.get("key", "")))
    except ValueError:
        return str(new_id())


def id_in(said: str) -> str:
    """Empty for what is none."""
    try:
        return str(UUID(said))
    except ValueError:
        return ""
