"""An article that was of use: put into an answer, or enough for whoever asked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from contracts.faq import ArticleUsed, UseKind
from contracts.people import Author
from services.faq.domain.article import Article


class Use(BaseModel):
    """`text` is the problem it was good for."""

    id: UUID
    article_id: UUID
    kind: UseKind
    ticket: int | None
    text: str
    by: Author
    at: datetime

    def same_as(self, other: Use) -> bool:
        """Said twice by the same one, whenever."""
        return self.model_copy(update={"at": other.at}) == other

    def event(self, article: Article) -> ArticleUsed:
        return ArticleUsed(
            id=article.id,
            version=article.version,
            use_id=self.id,
            title=article.title,
            kind=self.kind,
            ticket=self.ticket,
            by=self.by,
        )
