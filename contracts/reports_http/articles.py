"""The report of the FAQ: what articles are used for, and what to write next."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from contracts.faq_http import Miss
from contracts.reports_http.report import Report


class ArticleRef(BaseModel):
    """`is_published`: whether it can still be read."""

    id: UUID
    title: str
    category: str
    is_published: bool


class Handled(BaseModel):
    """Solved tickets with work in their log, and the median of their minutes; null of none."""

    tickets: int
    median: int | None


class Comparison(BaseModel):
    """Tickets of one category received in the period: those for which the article was used, all others.

    `difference` of the medians is null where either side has fewer than `fewest` of the report: so few say
    nothing. It is no proof either: people choose for which tickets they use an article.
    """

    category: str
    with_article: Handled
    without: Handled
    difference: int | None


class ArticleUse(BaseModel):
    """What an article was used for in the period; `helped`: employees whom it spared a ticket.

    Who is limited to a company, specialist or category is told of their tickets only: `helped` is null.
    """

    article: ArticleRef
    inserted: int
    linked: int
    helped: int | None
    comparisons: list[Comparison]


class Uncovered(BaseModel):
    """A category of tickets with no published article; `in_group`: how many its group has."""

    category: str
    tickets: int
    minutes: int
    in_group: int


class ArticlesReport(Report):
    """The FAQ at work: the most used first; and what to write next, the most tickets first.

    `misses`: searches of the period that found nothing, the most frequent first; whatever else is filtered.
    """

    fewest: int
    uses: int
    helped: int | None
    rows: list[ArticleUse]
    uncovered: list[Uncovered]
    misses: list[Miss]
