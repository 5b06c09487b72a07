"""The demo's year of use on a real MongoDB: as the public ways would have left it, once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from chassis.clock import now
from contracts.faq_http import NewArticle
from deploy.demo_articles import demo_articles
from services.faq.demo.load import load_year
from services.faq.demo.searches import SEARCHES
from services.faq.demo.year import Fitting, Solved, uses_in
from services.faq.domain.listing import Listed
from services.faq.domain.search import stem
from services.faq.store import Past
from services.faq.use_cases.find_articles import search
from services.faq.use_cases.write_articles import write_article
from tests.contract.faq.conftest import DISPATCHER, Faq
from tests.unit.faq.test_demo_year import FITS, JAM, PAPER, SECRET, UNTIL, year


def _last_year() -> list[Solved]:
    """The one that ends now: articles are as old as it, and what is too old is forgotten."""
    later = now() - UNTIL
    return [
        one.model_copy(
            update={"received_at": one.received_at + later, "resolved_at": one.resolved_at + later}
        )
        for one in year()
    ]


async def _load(faq: Faq, past: Past, solved: list[Solved], fits: dict[str, list[Fitting]]) -> int:
    articles = await faq.library.articles.all_after(None, 1000)
    return [done async for done in load_year(past, articles, solved, fits, now())][-1]


async def test_it_is_there_once_and_counted_like_any_other(faq: Faq) -> None:
    public, internal, secret = [await faq.article(title) for title in ("Замяло", "Бумага", "Место")]
    keys = dict(
        zip((JAM, PAPER, SECRET), (UUID(one["id"]) for one in (public, internal, secret)), strict=True)
    )
    fits = {
        title: [one.model_copy(update={"id": keys[one.id]}) for one in found] for title, found in FITS.items()
    }
    past = Past(faq.kept.client, faq.kept)
    await past.reserve()
    assert await past.is_wanted()
    solved = _last_year()
    expected = list(uses_in(solved, fits))
    loaded = [await _load(faq, past, solved, fits) for _ in range(2)]
    assert loaded == [len(expected), 0]
    await past.complete()
    assert not await past.is_wanted()
    counted = Counter(use.article_id for use in expected)
    helped = Counter(use.article_id for use in expected if use.kind == "helped")
    for article in await faq.library.articles.all_after(None, 10):
        assert (article.uses, article.helped) == (counted[article.id], helped[article.id])
        assert article.created_at < min(use.at for use in expected)
        assert (await faq.library.articles.revision(article.id, 1)).at == article.created_at
    (event,) = await faq.events("uses", str(expected[0].id))
    assert event["data"]["ticket"] == expected[0].ticket
    assert await faq.kept["misses"].count_documents({}) == sum(times for _, times in SEARCHES)
    lesson = await faq.kept["learned"].find_one({"word": stem("бумагу"), "article_id": keys[JAM]})
    assert lesson is not None
    assert lesson["count"] == counted[keys[JAM]]


async def test_who_used_articles_before_is_given_no_past(faq: Faq) -> None:
    article = await faq.article("Замяло")
    use = {"kind": "inserted", "ticket": 1}
    await faq("POST", f"/articles/{article['id']}/uses", use, Idempotency_Key=article["id"])
    past = Past(faq.kept.client, faq.kept)
    await past.reserve()
    assert not await past.is_wanted()


async def test_what_was_looked_for_is_not_in_the_demo_faq(faq: Faq) -> None:
    for article in demo_articles(date(2026, 11, 23)):
        await write_article(faq.library, NewArticle.model_validate(article), DISPATCHER, None, now())
    for query, _ in SEARCHES:
        found = await search(faq.library, query, Listed(), DISPATCHER, now())
        assert found.articles == [], query
