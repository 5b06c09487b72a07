"""`python -m deploy.demo URL`: articles and tickets to look at, by the public API, if there are none."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

import aiohttp

from chassis.clock import new_id, now
from contracts.categories import SEPARATOR
from deploy.demo_articles import make_articles
from deploy.demo_categories import TREE
from deploy.demo_screens import screenshot_of
from deploy.demo_staff import make_colleagues, name_responsible
from deploy.demo_stories import STORIES, Story

_API = "/api/v1"
_WAIT_SECONDS = 20


class Desk:
    """A signed-in specialist, and the clients' employees he may speak for."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url + _API
        self._csrf = ""
        self.staff_id = ""

    async def sign_in(self, login: str) -> None:
        answer = await self.call("POST", "/session", json={"login": login, "password": "demo"})
        self._csrf, self.staff_id = answer["csrf_token"], answer["staff"]["id"]

    async def call(self, method: str, path: str, **options: Any) -> Any:
        headers = {"X-CSRF-Token": self._csrf, **options.pop("headers", {})}
        async with self._http.request(method, self._url + path, headers=headers, **options) as answer:
            answer.raise_for_status()
            return await answer.json()


async def make_demo(url: str) -> int:
    """Returns how many tickets were made; none where there are some already."""
    jars = [aiohttp.CookieJar(unsafe=True) for _ in range(2)]
    async with (
        aiohttp.ClientSession(cookie_jar=jars[0]) as first,
        aiohttp.ClientSession(cookie_jar=jars[1]) as second,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as employee,
    ):
        admin, specialist = Desk(first, url), Desk(second, url)
        await admin.sign_in("admin")
        await make_articles(admin, now().date())
        if (await admin.call("GET", "/tickets", params={"limit": 1}))["items"]:
            return 0
        await make_categories(admin)
        await specialist.sign_in("specialist")
        await name_responsible(admin, await make_colleagues(admin))
        people = await _people(admin)
        for story, person in zip(STORIES, people, strict=False):
            await _tell(story, person, admin, specialist, Desk(employee, url))
    return len(STORIES)


async def make_categories(admin: Desk) -> None:
    """Those that are missing."""
    known = {one["path"]: one["id"] for one in (await admin.call("GET", "/categories"))["items"]}
    for group, leaves in TREE.items():
        if group not in known:
            known[group] = (await admin.call("POST", "/categories", json={"name": group}))["id"]
        for leaf in leaves:
            if f"{group}{SEPARATOR}{leaf}" not in known:
                await admin.call("POST", "/categories", json={"name": leaf, "parent_id": known[group]})


async def _people(admin: Desk) -> Sequence[dict[str, Any]]:
    """Employees of all companies in turn, so that the list shows many."""
    companies = (await admin.call("GET", "/companies", params={"limit": 50}))["items"]
    staffs = []
    for company in companies:
        found = await admin.call("GET", "/people", params={"company": company["id"], "limit": 20})
        staffs.append([{**person, "company_id": company["id"]} for person in found["items"]])
    return [person for row in zip(*staffs, strict=False) for person in row]


async def _tell(story: Story, person: dict[str, Any], admin: Desk, specialist: Desk, employee: Desk) -> None:
    token = await _enrol(person, admin, employee)
    authorised = {"Authorization": f"Bearer {token}"}
    key = str(new_id())
    form = aiohttp.FormData(default_to_multipart=True)
    fields = {"title": story.title, "description": story.description, "channel": "bureaucrat"}
    form.add_fields(*fields.items())
    if story.window:
        form.add_field(
            "screenshot", screenshot_of(story.window), filename="screen.png", content_type="image/png"
        )
    await employee.call("POST", "/submissions", data=form, headers={**authorised, "Idempotency-Key": key})
    waited = await employee.call(
        "GET", f"/submissions/{key}", params={"wait": _WAIT_SECONDS}, headers=authorised
    )
    await _work(story, waited["number"], person["company_id"], specialist)
    if story.reply:
        await employee.call(
            "POST",
            f"/submissions/{key}/rating",
            json={"score": 5, "comment": story.reply},
            headers=authorised,
        )


async def _enrol(person: dict[str, Any], admin: Desk, employee: Desk) -> str:
    """Give the employee a device; a known address is confirmed by staff, as it would be."""
    codes = await admin.call("GET", f"/companies/{person['company_id']}/codes")
    enrolled = await employee.call(
        "POST",
        "/devices",
        json={
            "code": codes["items"][0]["code"],
            "full_name": person["full_name"],
            "email": person["email"],
            "phone": person["phone"],
            "hostname": f"PC-{person['email'].partition('@')[0].upper()[:12]}",
        },
    )
    await admin.call("PATCH", f"/devices/{enrolled['device_id']}", json={"confirmed": True})
    return str(enrolled["token"])


async def _work(story: Story, number: int, company: str, specialist: Desk) -> None:
    ticket = f"/tickets/{number}"
    fields: dict[str, Any] = {"priority": story.priority, "category": story.category}
    await specialist.call("PATCH", ticket, json=fields)
    if story.ends == "new":
        return
    await specialist.call("PATCH", ticket, json={"status": "in_progress", "assignee": specialist.staff_id})
    if story.note:
        await specialist.call("POST", f"{ticket}/entries", json={"text": story.note})
    if story.work:
        await _look(number, company, specialist)
    if story.work or story.minutes:
        work = {
            "text": story.work or "Выполнено",
            "minutes": story.minutes,
            "additional": story.additional,
        }
        await specialist.call("POST", f"{ticket}/entries", json=work)
    if story.answer:
        await specialist.call("POST", f"{ticket}/entries", json={"text": story.answer, "public": True})
    steps = {"waiting": ["waiting"], "resolved": ["resolved"], "closed": ["resolved", "closed"]}
    for status in steps.get(story.ends, []):
        await specialist.call("PATCH", ticket, json={"status": status})


async def _look(number: int, company: str, specialist: Desk) -> None:
    """Who works on something mostly needs a password for it; the audit says so."""
    found = await specialist.call("GET", "/credentials", params={"company": company, "limit": 50})
    if kept := found["items"]:
        one = kept[number % len(kept)]
        await specialist.call("POST", f"/credentials/{one['id']}/reveal", json={"ticket": number})


def main() -> None:
    made = asyncio.run(make_demo(sys.argv[1]))
    print(f"{made} tickets made")  # noqa: T201 - a command's output


if __name__ == "__main__":
    main()
