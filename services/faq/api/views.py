"""Articles as they are answered."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from contracts.faq_http import ArticleRow, ArticleView, PublicArticle, RevisionRow, Suggestion
from services.faq.domain.article import Article, Revision
from services.faq.domain.extracts import extract, marked
from services.faq.domain.picture import Sizes
from services.faq.domain.rendering import html_of


def row(article: Article, today: date, stems: Container[str] = ()) -> ArticleRow:
    return ArticleRow(
        **article.model_dump(exclude={"body", "ticket"}),
        is_stale=article.is_stale(today),
        marked=marked(article.title, stems),
        extract=extract(article.plain.text, stems),
    )


def view(article: Article, today: date, sizes: Sizes) -> ArticleView:
    return ArticleView(
        **row(article, today).model_dump(),
        body=article.body,
        html=html_of(article.body, sizes),
        ticket=article.ticket,
    )


def public_view(article: Article, sizes: Sizes) -> PublicArticle:
    return PublicArticle(
        id=article.id, title=article.title, html=html_of(article.body, sizes), updated_at=article.updated_at
    )


def suggestion(article: Article, stems: Container[str]) -> Suggestion:
    return Suggestion(
        **article.model_dump(include={"id", "title", "category", "visibility", "uses", "helped"}),
        extract=extract(article.plain.text, stems),
        steps=article.plain.steps,
    )


def revision_row(revision: Revision) -> RevisionRow:
    return RevisionRow(**revision.model_dump(include=set(RevisionRow.model_fields)))
