"""The FAQ on the ticket, and what is left when it is away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from chassis.clock import new_id
from deploy.local.stack import Stack
from tests.calendar import today
from tests.end_to_end.callers import eventually


@pytest.fixture
async def staff(helpdesk: Stack) -> AsyncIterator[aiohttp.ClientSession]:
    """A dispatcher's browser."""
    async with aiohttp.ClientSession(helpdesk.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        body = {"login": "dispatcher", "password": "demo"}
        async with http.post("/api/v1/session", json=body) as answer:
            http.headers["X-CSRF-Token"] = (await answer.json())["csrf_token"]
        yield http


@pytest.fixture
async def number(helpdesk: Stack) -> int:
    """Of a ticket that an employee sent."""
    async with aiohttp.ClientSession(helpdesk.url, cookie_jar=aiohttp.DummyCookieJar()) as http:
        me = {"code": "DEMO", "full_name": "Ветрова Нина", "email": "vetrova@example.ru"}
        async with http.post("/api/v1/devices", json={**me, "phone": "112", "hostname": "PC"}) as enrolled:
            assert enrolled.status == 201, await enrolled.text()
            http.headers["Authorization"] = f"Bearer {(await enrolled.json())['token']}"
        key = str(new_id())
        body = {"title": "Телескоп не фокусируется", "description": "Небо мутное"}
        async with http.post("/api/v1/submissions", json=body, headers={"Idempotency-Key": key}) as sent:
            assert sent.status == 202, await sent.text()
        async with http.get(f"/api/v1/submissions/{key}?wait=20") as known:
            return int((await known.json())["number"])


async def test_a_ticket_gets_suggestions_and_becomes_an_article(
    staff: aiohttp.ClientSession, number: int
) -> None:
    article = {"title": "Телескоп: настройка фокуса", "body": "1. Протрите линзу.", "status": "published"}
    async with staff.post("/api/v1/articles", json=article) as made:
        assert made.status == 201, await made.text()
        right = (await made.json())["id"]
    async with staff.get(f"/api/v1/tickets/{number}/suggestions") as found:
        assert (await found.json())["items"][0]["id"] == right
    noted = {"text": "Пароль купола: *42*", "minutes": 5}
    async with staff.post(f"/api/v1/tickets/{number}/entries", json=noted) as written:
        assert written.status == 201, await written.text()
    async with staff.post("/api/v1/articles/from-ticket", json={"number": number}) as drafted:
        draft = await drafted.json()
    assert (drafted.status, draft["status"], draft["ticket"]) == (201, "draft", number)
    assert (draft["visibility"], "Небо мутное" in draft["body"]) == ("internal", True)
    assert "Пароль купола" not in draft["body"]
    async with staff.get(f"/api/v1/tickets/{number}/article-material") as told:
        found = (await told.json())["items"]
    assert [(one["minutes"], one["step"]) for one in found] == [(5, r"Пароль купола: \*42\*")]
    async with staff.get("/api/v1/tickets/999999999/article-material") as nowhere:
        assert nowhere.status == 404


async def test_an_article_follows_its_category_into_the_report(
    staff: aiohttp.ClientSession, number: int
) -> None:
    days = f"from={today() - timedelta(1)}&to={today() + timedelta(1)}"
    async with staff.post("/api/v1/categories", json={"name": "Оптика"}) as made:
        category = await made.json()

    async def says(article: str, name: str) -> bool:
        async with (
            staff.get(f"/api/v1/articles/{article}") as shown,
            staff.get(f"/api/v1/reports/articles?{days}") as told,
        ):
            rows = {row["article"]["id"]: row["article"]["category"] for row in (await told.json())["rows"]}
            return ((await shown.json())["category"], rows.get(article)) == (name, name)

    wanted = {"title": "Линзы", "body": "1. Протрите.", "category": "Оптика", "status": "published"}
    async with staff.post("/api/v1/articles", json=wanted) as written:
        article = str((await written.json())["id"])
    use = {"kind": "inserted", "ticket": number}
    async with staff.post(
        f"/api/v1/articles/{article}/uses", json=use, headers={"Idempotency-Key": str(new_id())}
    ) as used:
        assert used.status == 201
    await eventually(lambda: says(article, "Оптика"))
    path = f"/api/v1/categories/{category['id']}"
    async with staff.patch(path, json={"name": "Линзы и зеркала"}) as renamed:
        assert renamed.status == 200, await renamed.text()
    await eventually(lambda: says(article, "Линзы и зеркала"))


async def test_without_the_csrf_token_a_use_is_not_counted(staff: aiohttp.ClientSession, number: int) -> None:
    async with staff.post("/api/v1/articles", json={"title": "Линза", "body": "Х"}) as made:
        path = f"/api/v1/articles/{(await made.json())['id']}/uses"
    async with staff.post(path, json={"kind": "linked"}, headers={"X-CSRF-Token": ""}) as refused:
        assert refused.status == 403


async def test_tickets_are_worked_on_while_the_faq_is_away(
    helpdesk: Stack, staff: aiohttp.ClientSession, number: int
) -> None:
    faq = helpdesk.services["faq"]
    await faq.stop()
    try:
        async with staff.get(f"/tickets/{number}") as page:
            assert page.status == 200
        async with staff.get(f"/tickets/{number}/suggestions", headers={"HX-Request": "true"}) as part:
            assert part.status == 200
            assert "FAQ сейчас не отвечает" in await part.text()
        async with staff.get("/faq") as listed:
            assert listed.status == 200
        async with staff.get("/api/v1/articles") as refused:
            assert refused.status == 503
            assert int(refused.headers["Retry-After"]) >= 1
    finally:
        await faq.start()
        await faq.wait_ready()
