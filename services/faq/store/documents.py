"""An article as MongoDB keeps it, with the words it is found by, and back."""

from __future__ import annotations

from chassis.mongo import Document
from services.faq.domain.article import Article, Revision
from services.faq.domain.picture import pictures_in
from services.faq.domain.ranking import Found
from services.faq.domain.rendering import Plain
from services.faq.domain.search import telling

# Counted beside the versions, so a change of the article must not write them.
COUNTED = {"uses", "helped"}
# Derived for the indexes, or nobody's but the relay's.
UNREAD = dict.fromkeys(
    (
        *("outbox", "outbox_since", "creation", "draft_of"),
        *("words", "title_words", "tag_words", "head_words", "length", "pictures"),
    ),
    0,
)


def searched(article: Article) -> tuple[str, ...]:
    """Everything of it that one may look for."""
    return (article.title, article.category, *article.tags, article.plain.text)


def to_document(article: Article) -> Document:
    words = telling(searched(article))
    return {
        **article.model_dump(exclude={"id", *COUNTED}),
        "words": words,
        "title_words": telling([article.title]),
        "tag_words": telling(article.tags),
        # Not the category: its words are those of many articles, and it has a weight of its own.
        "head_words": telling([article.title, *article.tags]),
        "length": len(words),
        "pictures": pictures_in(article.body),
        "plain": to_plain(article),
        **({} if article.status == "draft" else {"draft_of": None}),
    }


def to_plain(article: Article) -> Document:
    """With its version: whoever knows nothing of it yet may write an article meanwhile."""
    return {"version": article.version, **article.plain._asdict()}


def to_article(document: Document) -> Article:
    article = Article.model_validate({**document, "id": document["_id"]})
    kept = document.get("plain")
    if kept and kept["version"] == article.version:
        article.kept_as(Plain(kept["text"], kept["steps"]))
    return article


def to_revision(document: Document) -> Revision:
    return Revision.model_validate({"body": "", **document})


def found_in(hit: Document) -> Found:
    """What `queries.hits` left of an article."""
    return Found(
        id=hit["_id"],
        words=frozenset(hit["words"]),
        title=frozenset(hit["title"]),
        tags=frozenset(hit["tags"]),
        uses=hit["uses"],
        category=hit["category"],
        length=hit["length"],
    )
