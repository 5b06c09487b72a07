"""The card of one client: its head, its tabs, and whatever a tab shows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.clock import new_id
from gateway.web.card.reader import Reader
from gateway.web.viewer import page

Part = Awaitable[Any | None]


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


TABS = {
    "": _("Overview"),
    "/people": _("People"),
    "/equipment": _("Equipment"),
    "/credentials": _("Credentials"),
    "/licences": _("Licences"),
    "/contracts": _("Contracts"),
    "/tickets": _("Tickets"),
    "/devices": _("Installations"),
    "/history": _("History"),
    "/audit": _("Audit"),
}
_OF_AUDITORS = {"/audit"}


async def card(
    reader: Reader,
    company_id: UUID,
    tab: str,
    template: str,
    *,
    status: int = 200,
    parts: dict[str, Part] | None = None,
    **shown: Any,
) -> Response:
    """`parts` are asked for together with the company; raises UpstreamProblem when that is not there."""
    asked = parts or {}
    company, names, *found = await asyncio.gather(
        reader.get(f"/companies/{company_id}"), reader.names(), *asked.values()
    )
    return page(
        f"clients/{template}.html",
        reader.viewer,
        status,
        section="clients",
        company=company,
        tab=tab,
        tabs={path: name for path, name in TABS.items() if reader.may_audit or path not in _OF_AUDITORS},
        names=names,
        may_register=reader.may_register,
        key=str(new_id()),
        **dict(zip(asked, found, strict=True)),
        **shown,
    )
