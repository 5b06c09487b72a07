"""Articles are written, changed, published and withdrawn; earlier words are taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.faq_http import NewArticle
from services.faq.domain.article import RESTORED, Article
from services.faq.domain.category import Place
from services.faq.domain.creation import Creation, creation_of
from services.faq.domain.errors import ConflictError, DraftedBeforeError, MadeBeforeError
from services.faq.domain.storage import FaqStorage
from services.faq.use_cases.follow_categories import follow_meanwhile, place_of
from services.faq.use_cases.rights import must_publish, must_see, must_write, staff_ref

# Without If-Match nobody asked for a particular version, so a collision is simply decided again.
_TRIES = 5


async def read_article(faq: FaqStorage, key: UUID, caller: Principal) -> Article:
    """Raises ArticleNotFoundError."""
    article = await faq.articles.get(key)
    must_see(article, caller)
    return article


async def write_article(
    faq: FaqStorage,
    new: NewArticle,
    staff: Principal,
    key: UUID | None,
    at: datetime,
    ticket: int | None = None,
) -> Article:
    """Once for each key, and one draft for each ticket.

    Raises NotAllowedError, RuleError, KeyReusedError, DraftedBeforeError.
    """
    must_write(staff)
    author, place = staff_ref(staff), await place_of(faq, new.category)
    article = Article(
        id=new_id(),
        author=author,
        updated_by=author,
        created_at=at,
        updated_at=at,
        ticket=ticket,
        category=place.path,
        category_id=place.id,
        **new.model_dump(exclude={"category"}),
    )
    article.must_be_readable()
    must_publish(staff, was_open=False, is_open=article.is_open, is_withdrawn=False)
    creation = creation_of(staff.id, key, new, ticket)
    if before := await _made_before(faq, creation, ticket):
        return before
    try:
        await faq.articles.add(article, article.take_events(), creation)
    except MadeBeforeError:
        if before := await _made_before(faq, creation, ticket):
            return before
        raise
    await follow_meanwhile(faq, article, at)
    return article


async def _made_before(faq: FaqStorage, creation: Creation | None, ticket: int | None) -> Article | None:
    """Raises KeyReusedError, DraftedBeforeError."""
    if creation and (before := await faq.articles.made_by(creation)):
        return before
    if ticket and (draft := await faq.articles.draft_of(ticket)):
        raise DraftedBeforeError(draft)
    return None


async def change_article(
    faq: FaqStorage,
    key: UUID,
    wanted: Mapping[str, Any],
    staff: Principal,
    version: int | None,
    at: datetime,
) -> Article:
    """Raises ArticleNotFoundError, ConflictError, NotAllowedError, RuleError."""
    must_write(staff)

    place = await _place_in(faq, wanted)

    def decide(article: Article) -> None:
        was_open, was_published = article.is_open, article.status == "published"
        article.change(wanted, staff_ref(staff), at, place)
        is_withdrawn = was_published and article.status != "published"
        must_publish(staff, was_open, article.is_open, is_withdrawn)

    return await _revise(faq, key, decide, wanted, version, at)


async def restore_version(
    faq: FaqStorage, key: UUID, restored: int, staff: Principal, version: int | None, at: datetime
) -> Article:
    """The words of an earlier version become the newest; nothing in between is forgotten."""
    revision = await faq.articles.revision(key, restored)
    must_write(staff)
    words = revision.model_dump(include=set(RESTORED))
    place = await _place_in(faq, words)

    def decide(article: Article) -> None:
        article.change(words, staff_ref(staff), at, place)
        must_publish(staff, article.is_open, article.is_open, is_withdrawn=False)

    return await _revise(faq, key, decide, words, version, at, restored)


async def _place_in(faq: FaqStorage, wanted: Mapping[str, Any]) -> Place | None:
    """What is meant by the category that is named, maybe by a name it had before."""
    return await place_of(faq, wanted["category"]) if "category" in wanted else None


async def _revise(
    faq: FaqStorage,
    key: UUID,
    decide: Callable[[Article], object],
    wanted: Mapping[str, Any],
    version: int | None,
    at: datetime,
    restored: int | None = None,
) -> Article:
    """Raises ConflictError, with what stands otherwise than `wanted`, if `version` is not the newest."""
    for _ in range(_TRIES):
        article = await faq.articles.get(key)
        if version is not None and article.version != version:
            raise ConflictError(article, article.differing(wanted))
        decide(article)
        if not article.is_changed:
            return article
        try:
            await faq.articles.save(article, article.take_events(), restored)
        except ConflictError:
            continue
        await follow_meanwhile(faq, article, at)
        return article
    raise ConflictError
