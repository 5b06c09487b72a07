"""Articles are written, published, changed by several, and taken back."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chassis.clock import new_id
from chassis.principal import Principal
from tests.contract.faq.conftest import DEVICE, DISPATCHER, SPECIALIST, Faq
from tests.contract.serving import Answer


async def test_an_article_is_kept_rendered_and_announced(faq: Faq) -> None:
    made = await faq.article("Принтер", "Нажмите **кнопку**.", category="Печать", tags=["HP", "hp", "сеть"])
    assert made["html"] == "<p>Нажмите <strong>кнопку</strong>.</p>\n"
    assert (made["tags"], made["version"], made["author"]["full_name"]) == (["HP", "сеть"], 1, "Белова Анна")
    assert (await faq("GET", f"/articles/{made['id']}")).body == made
    (event,) = await faq.events("articles", made["id"])
    assert (event["type"], event["data"]["visibility"]) == ("helpdesk.article.published.v1", "internal")


async def test_a_draft_is_not_announced(faq: Faq) -> None:
    made = await faq.article("Черновик", status="draft")
    assert await faq.events("articles", made["id"]) == []


async def test_the_same_key_makes_one_article(faq: Faq) -> None:
    key, body = str(new_id()), {"title": "Один раз"}
    first = await faq("POST", "/articles", body, Idempotency_Key=key)
    again = await faq("POST", "/articles", body, Idempotency_Key=key)
    other = await faq("POST", "/articles", {"title": "Другое"}, Idempotency_Key=key)
    assert (first.status, again.body["id"], other.status) == (201, first.body["id"], 409)


async def test_the_later_of_two_is_told_what_changed(faq: Faq) -> None:
    made = await faq.article("Принтер")
    path = f"/articles/{made['id']}"
    assert (await faq("PATCH", path, {"title": "Принтер HP"}, If_Match='"1"')).status == 200
    late = await faq("PATCH", path, {"title": "Принтер Canon"}, If_Match='"1"')
    assert (late.status, late.fields, late.body["current"]) == (409, ["title"], {"title": "Принтер HP"})
    assert late.headers["ETag"] == '"2"'


async def test_versions_are_kept_compared_and_restored(faq: Faq) -> None:
    made = await faq.article("Принтер", "раз\n\nдва")
    path = f"/articles/{made['id']}"
    await faq("PATCH", path, {"body": "раз\n\nтри", "title": "Сканер"}, who=SPECIALIST)
    versions = (await faq("GET", f"{path}/versions")).body["items"]
    assert [(one["version"], one["author"]["full_name"]) for one in versions] == [
        (2, "Орлов Пётр"),
        (1, "Белова Анна"),
    ]
    second = (await faq("GET", f"{path}/versions/2")).body
    changed = [(line["kind"], line["text"]) for line in second["diff"] if line["kind"] != "same"]
    assert changed == [("removed", "два"), ("added", "три")]
    assert second["changed"] == [{"field": "title", "before": "Принтер", "after": "Сканер"}]
    assert (await faq("GET", f"{path}/versions/1")).body["changed"] == []
    restored = await faq("POST", f"{path}/restore", {"version": 1}, If_Match='"2"')
    assert (restored.body["version"], restored.body["title"]) == (3, "Принтер")
    newest = (await faq("GET", f"{path}/versions")).body["items"][0]
    assert (newest["version"], newest["restored"]) == (3, 1)
    assert (await faq("GET", f"{path}/versions/9")).status == 404


async def test_that_it_was_read_again_is_told_by_the_version(faq: Faq) -> None:
    made = await faq.article("Принтер", check_by="2026-11-30")
    path = f"/articles/{made['id']}"
    await faq("PATCH", path, {"check_by": "2027-05-31"}, who=SPECIALIST)
    await faq("PATCH", path, {"check_by": None})

    async def changed(version: int) -> Any:
        return (await faq("GET", f"{path}/versions/{version}")).body["changed"]

    assert await changed(2) == [{"field": "check_by", "before": "2026-11-30", "after": "2027-05-31"}]
    assert await changed(3) == [{"field": "check_by", "before": "2027-05-31", "after": ""}]


async def test_versions_from_before_days_were_kept_with_them_tell_none(faq: Faq) -> None:
    made = await faq.article("Принтер", check_by="2026-11-30")
    path = f"/articles/{made['id']}"
    await faq("PATCH", path, {"title": "Сканер"})
    await faq.kept["revisions"].update_many({}, {"$unset": {"check_by": 1}})
    await faq.kept["marks"].delete_many({})
    await faq.library.prepare()
    await faq("PATCH", path, {"check_by": "2027-05-31"})
    versions = [(await faq("GET", f"{path}/versions/{number}")).body["changed"] for number in (2, 3)]
    assert [[one["field"] for one in changed] for changed in versions] == [["title"], ["check_by"]]
    assert versions[1][0]["before"] == "2026-11-30"


async def test_withdrawing_is_announced_and_takes_it_out_of_the_list(faq: Faq) -> None:
    made = await faq.article("Принтер")
    path = f"/articles/{made['id']}"
    assert (await faq("PATCH", path, {"status": "withdrawn"}, who=SPECIALIST)).status == 403
    assert (await faq("PATCH", path, {"status": "withdrawn"})).status == 200
    assert [event["type"] for event in await faq.events("articles", made["id"])][-1:] == [
        "helpdesk.article.withdrawn.v1"
    ]
    assert (await faq("GET", "/articles")).body["items"] == []
    assert len((await faq("GET", "/articles?status=withdrawn")).body["items"]) == 1


async def test_specialists_write_for_colleagues_and_not_for_clients(faq: Faq) -> None:
    for_all: dict[str, Any] = {
        "title": "Всем",
        "body": "Текст",
        "status": "published",
        "visibility": "public",
    }
    assert (await faq("POST", "/articles", for_all, who=SPECIALIST)).status == 403
    assert (
        await faq("POST", "/articles", {**for_all, "visibility": "internal"}, who=SPECIALIST)
    ).status == 201
    assert (await faq("POST", "/articles", {**for_all, "status": "draft"}, who=SPECIALIST)).status == 201
    public = await faq("POST", "/articles", for_all)
    assert (
        await faq("PATCH", f"/articles/{public.body['id']}", {"title": "x"}, who=SPECIALIST)
    ).status == 403


async def test_employees_see_what_is_published_for_them(faq: Faq) -> None:
    public = await faq.article("Всем", visibility="public")
    internal = await faq.article("Своим")
    seen = await faq("GET", f"/public/articles/{public['id']}", who=DEVICE)
    assert set(seen.body) == {"id", "title", "html", "updated_at"}
    assert (await faq("GET", f"/public/articles/{internal['id']}", who=DEVICE)).status == 404
    for path in ("/articles", f"/articles/{public['id']}", "/articles/misses", "/articles/categories"):
        assert (await faq("GET", path, who=DEVICE)).status == 403
        assert (await faq("GET", path, who=None)).status == 401


async def test_an_article_is_drafted_from_a_ticket_once(faq: Faq) -> None:
    staff = {"kind": "staff", "id": None, "full_name": "Орлов Пётр"}
    tale = {
        "number": 12,
        "title": "Не печатает",
        "description": "Горит лампа",
        "log": [{"author": staff, "kind": "answer", "text": "Замените картридж"}],
    }
    key = str(new_id())
    made = await faq("POST", "/articles/from-ticket", tale, who=SPECIALIST, Idempotency_Key=key)
    again = await faq("POST", "/articles/from-ticket", tale, who=SPECIALIST, Idempotency_Key=key)
    assert (made.status, made.body["status"], made.body["ticket"]) == (201, "draft", 12)
    assert "Замените картридж" in made.body["body"]
    assert again.body["id"] == made.body["id"]


async def test_a_ticket_has_one_draft_however_many_press_the_button(faq: Faq) -> None:
    tale = {"number": 12, "title": "Не печатает"}

    async def draft(who: Principal = SPECIALIST) -> Answer:
        return await faq("POST", "/articles/from-ticket", tale, who=who, Idempotency_Key=str(new_id()))

    at_once = await asyncio.gather(*(draft(who) for who in (SPECIALIST, DISPATCHER) * 4))
    assert sorted(one.status for one in at_once) == [200] * 7 + [201]
    assert len({one.body["id"] for one in at_once}) == 1
    path = f"/articles/{at_once[0].body['id']}"
    await faq("PATCH", path, {"status": "withdrawn"})
    (after,) = {(await draft()).body["id"]} - {at_once[0].body["id"]}
    await faq("PATCH", f"/articles/{after}", {"status": "published"})
    assert (await draft()).status == 201
    await faq("PATCH", path, {"status": "draft"})
    assert (await draft()).status == 200


async def test_two_drafts_from_before_stay_two(faq: Faq) -> None:
    """The first of them is opened; either is changed like any other."""
    first, second = [
        (await faq("POST", "/articles/from-ticket", {"number": number, "title": "Не печатает"})).body
        for number in (12, 13)
    ]
    await faq.kept["articles"].update_many({}, {"$set": {"ticket": 12}, "$unset": {"draft_of": 1}})
    again = await faq("POST", "/articles/from-ticket", {"number": 12, "title": "Не печатает"})
    assert (again.status, again.body["id"]) == (200, first["id"])
    for one in (first, second):
        assert (await faq("PATCH", f"/articles/{one['id']}", {"title": "Иначе"})).status == 200


async def test_articles_of_a_ticket_are_listed(faq: Faq) -> None:
    await faq.article("Ничья")
    tale = {"number": 12, "title": "Не печатает"}
    await faq("POST", "/articles/from-ticket", tale, who=SPECIALIST)
    await faq("POST", "/articles/from-ticket", {**tale, "number": 13}, who=SPECIALIST)
    listed = (await faq("GET", "/articles?ticket=12")).body["items"]
    assert [one["title"] for one in listed] == ["Не печатает"]
    assert (await faq("GET", "/articles?ticket=14")).body["items"] == []
    assert (await faq("GET", "/articles?ticket=0")).status == 422


async def test_what_was_noted_is_made_ready_to_be_a_step(faq: Faq) -> None:
    made = await faq("POST", "/articles/steps", {"texts": ["раз\nдва", "*"]}, who=SPECIALIST)
    assert (made.status, made.body) == (200, {"steps": ["раз\n   два", "\\*"]})
    assert (await faq("POST", "/articles/steps", {"texts": []}, who=DEVICE)).status == 403


async def test_stale_articles_are_listed(faq: Faq) -> None:
    await faq.article("Старая", check_by="2020-01-01")
    await faq.article("Свежая", check_by="2199-01-01")
    await faq.article("Без срока")
    stale = (await faq("GET", "/articles?stale=true")).body["items"]
    assert [(one["title"], one["is_stale"]) for one in stale] == [("Старая", True)]


async def test_the_list_goes_on_where_it_ended(faq: Faq) -> None:
    for number in range(5):
        await faq.article(f"Статья {number}")
    first = (await faq("GET", "/articles?limit=3")).body
    second = (await faq("GET", f"/articles?limit=3&cursor={first['next']}")).body
    titles = [one["title"] for one in [*first["items"], *second["items"]]]
    assert (len(titles), len(set(titles)), second["next"]) == (5, 5, None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "title"),
        ({"title": {"$ne": ""}}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "x", "body": "x" * 100_001}, "body"),
        ({"title": "x", "status": "withdrawn"}, "status"),
        ({"title": "x", "status": "published"}, "body"),
        ({"title": "x", "uses": 5}, "uses"),
        ({"title": "x", "check_by": "завтра"}, "check_by"),
        ({"title": "x", "tags": [str(n) for n in range(21)]}, "tags"),
    ],
)
async def test_what_cannot_be_an_article_is_refused(faq: Faq, body: dict[str, Any], field: str) -> None:
    answer = await faq("POST", "/articles", body)
    assert (answer.status, answer.fields[0].rpartition(".")[2]) == (422, field)


async def test_many_writers_at_once_lose_no_version(faq: Faq) -> None:
    made = await faq.article("Начало")
    path = f"/articles/{made['id']}"
    for number in range(4):
        await faq("PATCH", path, {"title": f"Так {number}"}, who=DISPATCHER)
    versions = (await faq("GET", f"{path}/versions")).body["items"]
    assert [one["version"] for one in versions] == [5, 4, 3, 2, 1]
