"""A solved ticket becomes the draft of an article."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.principal import Principal
from contracts.faq_http import TicketTale
from services.faq.domain.article import Article
from services.faq.domain.drafting import draft_of
from services.faq.domain.storage import FaqStorage
from services.faq.use_cases.write_articles import write_article


async def draft_from_ticket(
    faq: FaqStorage, tale: TicketTale, staff: Principal, key: UUID | None, at: datetime
) -> Article:
    """Raises NotAllowedError, KeyReusedError."""
    return await write_article(faq, draft_of(tale), staff, key, at, ticket=tale.number)
