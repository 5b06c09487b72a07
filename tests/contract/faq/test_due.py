"""Articles that should be read again, and what is announced once more for reports."""

from __future__ import annotations

import json
from datetime import timedelta

from chassis.clock import new_id, now
from services.faq.republish import republish_all
from tests.contract.faq.conftest import DISPATCHER, SPECIALIST, Faq


async def test_whoever_wrote_an_article_is_reminded_of_it(faq: Faq) -> None:
    passed, ahead = (now() - timedelta(days=3)).date(), (now() + timedelta(days=3)).date()
    first = await faq.article("Старая", check_by=passed.isoformat())
    await faq.article("Новая", check_by=ahead.isoformat())
    await faq.article("Черновик", status="draft", check_by=passed.isoformat())
    await faq.article("Без дня")
    assert (await faq("GET", "/articles/due", who=DISPATCHER)).body == {"all": 1, "mine": 1}
    assert (await faq("GET", "/articles/due", who=SPECIALIST)).body == {"all": 1, "mine": 0}
    mine = await faq("GET", "/articles?stale=true&mine=true", who=DISPATCHER)
    assert [one["title"] for one in mine.body["items"]] == ["Старая"]
    assert (await faq("GET", "/articles?mine=true", who=SPECIALIST)).body["items"] == []
    await faq("PATCH", f"/articles/{first['id']}", {"tags": ["т"]}, who=SPECIALIST)
    assert (await faq("GET", "/articles/due", who=SPECIALIST)).body["mine"] == 1
    await faq("PATCH", f"/articles/{first['id']}", {"check_by": ahead.isoformat()})
    assert (await faq("GET", "/articles/due", who=DISPATCHER)).body == {"all": 0, "mine": 0}


async def test_searches_that_found_nothing_are_told_by_their_days(faq: Faq) -> None:
    await faq.titles("жщцкук")
    today, before = now().date(), (now() - timedelta(days=40)).date()
    told = await faq("GET", f"/articles/misses?from={before}&to={today + timedelta(days=1)}")
    assert [one["query"] for one in told.body["items"]] == ["жщцкук"]
    assert (await faq("GET", f"/articles/misses?to={before}")).body["items"] == []
    assert (await faq("GET", "/articles/misses?from=вчера")).status == 422


async def test_what_is_typed_on_is_one_search_told_anew_as_it_grows(faq: Faq) -> None:
    for typed in ("жщц", "жщцку", "жщцкук", "жщц", "шлюп"):
        await faq.titles(typed)
    await faq.kept["misses"].update_many({}, {"$set": {"caller": new_id()}})
    await faq.titles("жщцкук")
    kept = [one async for one in faq.kept["misses"].find({}).sort("_id", 1)]
    assert [one["query"] for one in kept] == ["жщцкук", "шлюп", "жщцкук"]
    told = await faq.events("misses", str(kept[0]["_id"]))
    assert {one["type"] for one in told} == {"helpdesk.search.missed.v1"}
    assert [(one["data"]["version"], one["data"]["query"]) for one in told] == [
        (1, "жщц"), (2, "жщцку"), (3, "жщцкук"), (4, "жщцкук"),
    ]  # fmt: skip
    assert "caller" not in told[0]["data"]


async def test_articles_and_uses_are_announced_once_more_as_they_were(faq: Faq) -> None:
    published, gone = await faq.article("Есть"), await faq.article("Была")
    await faq.article("Черновик", status="draft")
    await faq("PATCH", f"/articles/{gone['id']}", {"status": "withdrawn"})
    key = str(new_id())
    use = {"kind": "inserted", "ticket": 5}
    await faq("POST", f"/articles/{published['id']}/uses", use, Idempotency_Key=key)
    await faq.titles("жщцкук")
    for collection in ("articles", "uses", "misses"):
        await faq.kept[collection].update_many({}, {"$unset": {"outbox": "", "outbox_since": ""}})
    await republish_all(faq.library)
    (event,) = await faq.events("articles", published["id"])
    assert (event["type"], event["data"]["version"]) == ("helpdesk.article.published.v1", 1)
    (event,) = await faq.events("articles", gone["id"])
    assert (event["type"], event["data"]["version"]) == ("helpdesk.article.withdrawn.v1", 2)
    (again,) = await faq.events("uses", key)
    kept = await faq.kept["uses"].find_one({}, {"at": 1})
    assert kept is not None
    assert again["data"]["use_id"] == key
    assert json.loads(json.dumps(again))["time"].startswith(kept["at"].strftime("%Y-%m-%dT%H:%M"))
    missed = await faq.kept["misses"].find_one({})
    assert missed is not None
    (said,) = await faq.events("misses", str(missed["_id"]))
    assert (said["data"]["version"], said["data"]["query"]) == (1, "жщцкук")
    waiting = await faq.kept["articles"].count_documents({"outbox_since": {"$exists": True}})
    assert waiting == 2
