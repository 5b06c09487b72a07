"""The routes of articles."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import IdempotencyKey, Key, Version, cursor_of
from chassis.principal import Staff
from contracts.faq_http import (
    ArticlePage,
    ArticlePatch,
    NewArticle,
    NewUse,
    TicketTale,
    UseView,
)
from services.faq.api.answers import answer
from services.faq.api.parameters import ArticleQuery, Reader, TheFaq, Today
from services.faq.api.views import public_view, row, view
from services.faq.domain.article import Article
from services.faq.domain.storage import FaqStorage
from services.faq.use_cases.draft_from_ticket import draft_from_ticket
from services.faq.use_cases.find_articles import search, within_reach
from services.faq.use_cases.keep_pictures import sizes_in
from services.faq.use_cases.record_use import record_use
from services.faq.use_cases.write_articles import change_article, read_article, write_article

router = APIRouter()


@router.get("/articles")
async def list_articles(
    query: Annotated[ArticleQuery, Query()], caller: Staff, faq: TheFaq, today: Today
) -> Response:
    """The last changed first; with a query the best first, on one page."""
    listed = query.listed(today, caller.id)
    if query.q:
        found = await search(faq, query.q, listed, caller, now(), counted=query.counted)
        items = [row(article, today, found.stems) for article in found.articles]
        return answer(ArticlePage(items=items, query=found.query))
    articles, more = await faq.articles.page(within_reach(listed, caller), query.position())
    return answer(ArticlePage(items=[row(one, today) for one in articles], next=cursor_of(more)))


@router.post("/articles")
async def post_article(
    new: NewArticle, staff: Staff, key: IdempotencyKey, faq: TheFaq, today: Today
) -> Response:
    return await _answer(faq, await write_article(faq, new, staff, key, now()), today, status=201)


@router.post("/articles/from-ticket")
async def post_from_ticket(
    tale: TicketTale, staff: Staff, key: IdempotencyKey, faq: TheFaq, today: Today
) -> Response:
    """201 for a new draft, 200 for the one that there is already."""
    drafted = await draft_from_ticket(faq, tale, staff, key, now())
    return await _answer(faq, drafted.article, today, status=201 if drafted.is_new else 200)


@router.get("/articles/{article_id}")
async def get_article(article_id: UUID, staff: Staff, faq: TheFaq, today: Today) -> Response:
    return await _answer(faq, await read_article(faq, article_id, staff), today)


@router.get("/public/articles/{article_id}")
async def get_public_article(article_id: UUID, caller: Reader, faq: TheFaq) -> Response:
    """As a client's employee sees it."""
    article = await read_article(faq, article_id, caller)
    return answer(public_view(article, await sizes_in(faq, article.body)))


@router.patch("/articles/{article_id}")
async def patch_article(
    article_id: UUID, patch: ArticlePatch, staff: Staff, version: Version, faq: TheFaq, today: Today
) -> Response:
    wanted = {name: getattr(patch, name) for name in patch.model_fields_set}
    changed = await change_article(faq, article_id, wanted, staff, version, now())
    return await _answer(faq, changed, today)


@router.post("/articles/{article_id}/uses")
async def post_use(article_id: UUID, use: NewUse, caller: Reader, key: Key, faq: TheFaq) -> Response:
    recorded = await record_use(faq, article_id, use, caller, key, now())
    return answer(UseView(**recorded.model_dump(include=set(UseView.model_fields))), status=201)


async def _answer(faq: FaqStorage, article: Article, today: date, status: int = 200) -> Response:
    shown = view(article, today, await sizes_in(faq, article.body))
    return answer(shown, status=status, version=article.version)
