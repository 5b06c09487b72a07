"""The routes of an article's versions."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import Version
from chassis.principal import Staff
from contracts.faq_http import Restoration, RevisionPage, RevisionView
from services.faq.api.answers import answer
from services.faq.api.parameters import TheFaq, Today
from services.faq.api.views import revision_row, view
from services.faq.domain.differing import changes, differences
from services.faq.use_cases.keep_pictures import sizes_in
from services.faq.use_cases.write_articles import read_article, restore_version

router = APIRouter(prefix="/articles/{article_id}")
Number = Annotated[int, Path(ge=1, le=2**31)]


@router.get("/versions")
async def list_versions(article_id: UUID, staff: Staff, faq: TheFaq) -> Response:
    await read_article(faq, article_id, staff)
    found = await faq.articles.revisions(article_id)
    return answer(RevisionPage(items=[revision_row(one) for one in found]))


@router.get("/versions/{number}")
async def get_version(article_id: UUID, number: Number, staff: Staff, faq: TheFaq) -> Response:
    await read_article(faq, article_id, staff)
    revision = await faq.articles.revision(article_id, number)
    before = await faq.articles.before(article_id, number)
    return answer(
        RevisionView(
            **revision_row(revision).model_dump(),
            body=revision.body,
            category=revision.category,
            tags=revision.tags,
            against=before.version if before else None,
            changed=changes(before, revision) if before else [],
            diff=differences(before.body if before else "", revision.body),
        )
    )


@router.post("/restore")
async def post_restoration(
    article_id: UUID, wanted: Restoration, staff: Staff, version: Version, faq: TheFaq, today: Today
) -> Response:
    """The words of an earlier version, as a new one."""
    article = await restore_version(faq, article_id, wanted.version, staff, version, now())
    sizes = await sizes_in(faq, article.body)
    return answer(view(article, today, sizes), version=article.version)
