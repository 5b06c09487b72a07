"""What can be read now, what it was good for, and what was missing, is announced once more for reports.

Versions, ids and moments are as they were: whoever knows a thing drops the event.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from services.faq.domain.storage import FaqStorage

_BATCH = 200


async def republish_articles(faq: FaqStorage, at: datetime) -> AsyncIterator[int]:
    """Tells how many articles were looked at so far; drafts stay nobody else's business."""
    done, after = 0, None
    while found := await faq.articles.all_after(after, _BATCH):
        said = [(one, event) for one in found if (event := one.standing())]
        await faq.articles.announce(said, at)
        done, after = done + len(found), found[-1].id
        yield done


async def republish_uses(faq: FaqStorage, at: datetime) -> AsyncIterator[int]:
    """Of articles as they are called now."""
    done, after = 0, None
    while found := await faq.uses.all_after(after, _BATCH):
        keys = list({use.article_id for use in found})
        articles = {one.id: one for one in await faq.articles.several(keys)}
        await faq.uses.announce(
            [(use, use.event(articles[use.article_id])) for use in found if use.article_id in articles],
            at,
        )
        done, after = done + len(found), found[-1].id
        yield done


async def republish_misses(faq: FaqStorage, at: datetime) -> AsyncIterator[int]:
    """As long as searches that found nothing are kept."""
    done, after = 0, None
    while found := await faq.misses.all_after(after, _BATCH):
        await faq.misses.announce([(one, one.event()) for one in found], at)
        done, after = done + len(found), found[-1].id
        yield done
