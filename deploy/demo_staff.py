"""The demo's colleagues, and who of them looks after which company, by the public API."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deploy.demo import Desk

_COLLEAGUES = {
    "smirnov": "Смирнов Алексей Игоревич",
    "kuznetsova": "Кузнецова Елена Викторовна",
    "volkov": "Волков Иван Сергеевич",
    "morozova": "Морозова Анна Олеговна",
    "sokolov": "Соколов Павел Андреевич",
}


async def make_colleagues(admin: Desk) -> list[dict[str, Any]]:
    """All of the staff. Nobody signs in as those that are added: their passwords are told to nobody."""
    known: list[dict[str, Any]] = (await admin.call("GET", "/staff"))["items"]
    for login, name in _COLLEAGUES.items():
        if name not in {one["full_name"] for one in known}:
            new = {"login": login, "full_name": name, "roles": ["specialist"]}
            password = secrets.token_urlsafe(24)
            known.append(await admin.call("POST", "/staff", json={**new, "password": password}))
    return known


async def name_responsible(admin: Desk, staff: list[dict[str, Any]]) -> None:
    """Each company has a specialist who looks after it, in turn."""
    specialists = [one["id"] for one in staff if "specialist" in one["roles"]]
    companies = (await admin.call("GET", "/companies", params={"limit": 50}))["items"]
    for index, company in enumerate(companies):
        body = {"responsible_id": specialists[index % len(specialists)]}
        await admin.call("PATCH", f"/companies/{company['id']}", json=body)
