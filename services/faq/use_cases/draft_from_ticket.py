"""A solved ticket becomes the draft of an article, once however many press the button."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chassis.principal import Principal
from contracts.faq_http import TicketTale
from services.faq.domain.article import Article
from services.faq.domain.drafting import draft_of
from services.faq.domain.errors import DraftedBeforeError
from services.faq.domain.storage import FaqStorage
from services.faq.use_cases.write_articles import write_article


class Drafted(NamedTuple):
    """`is_new`: made just now, or by this very key."""

    article: Article
    is_new: bool


async def draft_from_ticket(
    faq: FaqStorage, tale: TicketTale, staff: Principal, key: UUID | None, at: datetime
) -> Drafted:
    """The draft that somebody began, if there is one; raises NotAllowedError, KeyReusedError."""
    try:
        made = await write_article(faq, draft_of(tale), staff, key, at, ticket=tale.number)
    except DraftedBeforeError as before:
        return Drafted(before.draft, is_new=False)
    return Drafted(made, is_new=True)
