"""Articles follow the tree of categories: what is renamed, moved or merged there is called so here."""

from __future__ import annotations

import contextlib
from datetime import datetime

from contracts.categories import CategorySaved
from services.faq.domain.article import Article
from services.faq.domain.category import Place
from services.faq.domain.errors import ConflictError
from services.faq.domain.storage import FaqStorage

_SOME = 50


async def hear_category(faq: FaqStorage, said: CategorySaved, at: datetime) -> None:
    """However late or often it comes."""
    await faq.categories.hear(said)
    await faq.categories.remember((await faq.categories.all()).unremembered(said))
    await follow_categories(faq, at)


async def follow_categories(faq: FaqStorage, at: datetime) -> None:
    """Harmless again, and after being cut off: whatever says the present name is not found any more."""
    # Whoever moved something may have gone by a tree that is older by now: the last one looks once more.
    while await _follow_once(faq, at):
        pass


async def place_of(faq: FaqStorage, text: str) -> Place:
    """Of an article that somebody puts there; a text that no category has or had stays what it is."""
    return (text and (await faq.categories.all()).meant(text)) or Place(None, text)


async def follow_meanwhile(faq: FaqStorage, article: Article, at: datetime) -> None:
    """The tree may have changed between the look at it and the writing."""
    now = (await faq.categories.all()).place(article.category_id) if article.category_id else None
    if now not in (None, article.place):
        await follow_categories(faq, at)


async def _follow_once(faq: FaqStorage, at: datetime) -> bool:
    """Whether there was something to move."""
    categories, moved = await faq.categories.all(), False
    for named in await faq.articles.places():
        now = categories.place(named.id) if named.id else categories.meant(named.path)
        if now and now != named:
            await _follow(faq, named, now, at)
            moved = True
    return moved


async def _follow(faq: FaqStorage, named: Place, now: Place, at: datetime) -> None:
    while found := await faq.articles.some_in(named, _SOME):
        for article in found:
            events = article.follow(now)
            # Whoever was faster is met at the next look.
            with contextlib.suppress(ConflictError):
                await faq.articles.save_place(article, events, at)
