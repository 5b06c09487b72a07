"""Advice while one writes: colleagues who have reported the same, and public articles that may help."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from bureaucrat.failures import Json, NotNowError, RefusedError, RevokedError
from bureaucrat.moments import parse_moment

if TYPE_CHECKING:
    from bureaucrat.api_client import ApiClient

_ARTICLES = 3


@dataclass(frozen=True)
class Colleague:
    """A colleague's open ticket, known by the submission it came from."""

    submission_id: UUID
    number: int
    title: str
    when: datetime | None


@dataclass(frozen=True)
class Article:
    id: UUID
    title: str
    extract: str


@dataclass(frozen=True)
class Advice:
    colleagues: tuple[Colleague, ...] = ()
    articles: tuple[Article, ...] = ()


def advice_for(client: ApiClient, title: str, text: str) -> Advice:
    """Waits for the network, a little: what does not come in time does not come at all."""
    silent = (NotNowError, RefusedError, RevokedError, ValueError, KeyError, TypeError)
    colleagues: list[Colleague] = []
    articles: list[Article] = []
    with contextlib.suppress(*silent):
        colleagues = [_colleague(one) for one in client.colleagues(title)]
    with contextlib.suppress(*silent):
        articles = [_article(one) for one in client.articles(title, text, _ARTICLES)]
    return Advice(tuple(colleagues), tuple(articles))


def _colleague(said: Json) -> Colleague:
    when = parse_moment(said.get("received_at"))
    return Colleague(UUID(said["id"]), int(said["number"]), str(said["title"]), when)


def _article(said: Json) -> Article:
    extract = "".join(str(piece.get("text", "")) for piece in said.get("extract") or [])
    return Article(UUID(said["id"]), str(said["title"]), " ".join(extract.split()))
