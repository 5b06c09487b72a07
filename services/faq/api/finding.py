"""The routes of what helps to find and to write articles."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from chassis.principal import Staff
from contracts.faq_http import (
    ArticleBody,
    CategoryPage,
    Due,
    MissPage,
    Rendered,
    Steps,
    SuggestionPage,
    Wanted,
    Words,
)
from services.faq.api.answers import answer
from services.faq.api.parameters import MissQuery, Reader, TheFaq, Today
from services.faq.api.views import suggestion
from services.faq.domain.drafting import step_of
from services.faq.domain.listing import Listed
from services.faq.domain.rendering import html_of
from services.faq.use_cases.find_articles import suggest
from services.faq.use_cases.keep_pictures import sizes_in

router = APIRouter()


@router.post("/suggestions")
async def post_suggestions(wanted: Wanted, caller: Reader, faq: TheFaq) -> Response:
    """Published articles that fit; for a client's employee those for clients."""
    found = await suggest(faq, wanted, caller)
    return answer(SuggestionPage(items=[suggestion(one, found.stems) for one in found.articles]))


@router.post("/articles/preview")
async def post_preview(body: ArticleBody, _staff: Staff, faq: TheFaq) -> Response:
    return answer(Rendered(html=html_of(body.body, await sizes_in(faq, body.body))))


@router.post("/articles/steps")
async def post_steps(words: Words, _staff: Staff) -> Response:
    return answer(Steps(steps=[step_of(text) for text in words.texts]))


@router.get("/articles/misses")
async def get_misses(
    request: Request, query: Annotated[MissQuery, Query()], _staff: Staff, faq: TheFaq
) -> Response:
    zone: ZoneInfo = request.app.state.zone
    since = datetime.combine(query.from_, time(), zone) if query.from_ else None
    until = datetime.combine(query.to + timedelta(days=1), time(), zone) if query.to else None
    return answer(MissPage(items=await faq.misses.most(query.limit, since, until)))


@router.get("/articles/due")
async def get_due(staff: Staff, faq: TheFaq, today: Today) -> Response:
    due = Listed(statuses=("published",), stale_on=today)
    mine = due.model_copy(update={"writer": staff.id})
    return answer(Due(all=await faq.articles.count_of(due), mine=await faq.articles.count_of(mine)))


@router.get("/articles/categories")
async def get_categories(_staff: Staff, faq: TheFaq) -> Response:
    return answer(CategoryPage(items=await faq.articles.categories()))
