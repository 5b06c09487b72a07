"""The tickets behind a figure."""

from __future__ import annotations

from pydantic import BaseModel

from contracts.reports_http.articles import ArticleRef, Handled
from contracts.reports_http.effectiveness import Speed
from contracts.reports_http.report import TicketLine


class LinePage(BaseModel):
    """In the order they were received (`used`: of their numbers); of a `…_time` the longest first.

    `speed`: what a `…_time` is of all its tickets, whatever `at_most`; null for other figures, and where they
    are narrowed by what no report counts. `handled`: the same of `handled_time`, of one category `exactly`.
    `article`: the one of `article` or `without_article`.
    """

    items: list[TicketLine]
    next: str | None = None
    speed: Speed | None = None
    handled: Handled | None = None
    article: ArticleRef | None = None
