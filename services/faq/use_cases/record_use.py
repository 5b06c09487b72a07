"""An article was of use: it is counted once, announced, and found sooner for like problems."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.principal import Principal
from contracts.faq_http import NewUse
from services.faq.domain.errors import KeyReusedError, MadeBeforeError, NotAllowedError
from services.faq.domain.search import telling
from services.faq.domain.storage import FaqStorage
from services.faq.domain.use import Use
from services.faq.use_cases.rights import author_of
from services.faq.use_cases.write_articles import read_article

_MOST_LESSONS = 12


async def record_use(
    faq: FaqStorage, article_id: UUID, new: NewUse, caller: Principal, key: UUID, at: datetime
) -> Use:
    """Raises ArticleNotFoundError, NotAllowedError, KeyReusedError."""
    if not caller.is_staff and (new.kind != "helped" or new.ticket):
        raise NotAllowedError
    article = await read_article(faq, article_id, caller)
    use = Use(
        id=key,
        article_id=article_id,
        kind=new.kind,
        ticket=new.ticket,
        text=new.text,
        by=author_of(caller),
        at=at,
    )
    try:
        await faq.uses.add(use, use.event(article), lessons_in(new.text))
    except MadeBeforeError:
        before = await faq.uses.find(key)
        if before is None or not use.same_as(before):
            raise KeyReusedError from None
        return before
    return use


def lessons_in(text: str) -> list[str]:
    """What was typed before it helped, by the first words: a long text is about many things."""
    return telling([text])[:_MOST_LESSONS]
