"""The articles, and beside them every version they had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pymongo import ASCENDING, DESCENDING, UpdateOne
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Client, Collection, Database, Document, Session, in_transaction
from chassis.outbox import outbox_fields, with_outbox
from contracts.envelope import Event
from contracts.faq_http import CategoryCount
from services.faq.domain.article import Article, Revision
from services.faq.domain.category import Place
from services.faq.domain.creation import Creation
from services.faq.domain.errors import ArticleNotFoundError, ConflictError, KeyReusedError, MadeBeforeError
from services.faq.domain.listing import Listed, Position
from services.faq.domain.picture import pictures_in
from services.faq.domain.ranking import Found
from services.faq.store.counts import Counts
from services.faq.store.documents import (
    COUNTED,
    UNREAD,
    found_in,
    searched,
    to_article,
    to_document,
    to_revision,
)
from services.faq.store.pictures import Pictures
from services.faq.store.queries import NEWEST, after, beneath, filtered, hits, position_of, with_all
from services.faq.store.words import Words

_MOST_TITLES, _MOST_BODIES, _MOST_ANY = 200, 300, 400
_CREATION = "creation.key"
# Of a draft that came from a ticket, as long as it is one: two at once cannot both be kept.
_DRAFT_OF = "draft_of"
_PLACE = {"category_id": ASCENDING, "category": ASCENDING}


class Articles:
    def __init__(self, client: Client, database: Database, words: Words, pictures: Pictures) -> None:
        self.collection: Collection = database["articles"]
        self._revisions: Collection = database["revisions"]
        self._learned: Collection = database["learned"]
        self._client = client
        self._words = words
        self._pictures = pictures
        self._counts = Counts(self.collection)

    async def prepare(self) -> None:
        """Create the indexes; harmless where they are."""
        articles = self.collection
        for field in ("words", "title_words", "head_words", "pictures"):
            await articles.create_index([(field, ASCENDING)])
        await articles.create_index([("status", ASCENDING), *NEWEST])
        for field in ("category", "tags"):
            await articles.create_index([(field, ASCENDING), *NEWEST])
        await articles.create_index(list(_PLACE.items()))
        await articles.create_index([("status", ASCENDING), ("check_by", ASCENDING)])
        await articles.create_index(
            [("ticket", ASCENDING), *NEWEST], partialFilterExpression={"ticket": {"$gt": 0}}
        )
        await articles.create_index(_DRAFT_OF, unique=True, partialFilterExpression={_DRAFT_OF: {"$gt": 0}})
        await articles.create_index(
            _CREATION, unique=True, partialFilterExpression={_CREATION: {"$type": "string"}}
        )
        await self._revisions.create_index([("article_id", ASCENDING), ("version", DESCENDING)], unique=True)

    async def get(self, key: UUID) -> Article:
        """Raises ArticleNotFoundError."""
        found = await self.collection.find_one({"_id": key}, UNREAD)
        if found is None:
            raise ArticleNotFoundError
        return to_article(found)

    async def several(self, keys: Sequence[UUID]) -> list[Article]:
        """In the order asked for; those that are not there are left out."""
        found = await self.collection.find({"_id": {"$in": list(keys)}}, UNREAD).to_list()
        by_id = {document["_id"]: document for document in found}
        return [to_article(by_id[key]) for key in keys if key in by_id]

    async def made_by(self, creation: Creation) -> Article | None:
        """What this key made before; raises KeyReusedError if it was something else."""
        made = await self.collection.find_one({_CREATION: {"$eq": creation.key, "$type": "string"}})
        if made and made["creation"]["body"] != creation.body:
            raise KeyReusedError
        return to_article(made) if made else None

    async def draft_of(self, ticket: int) -> Article | None:
        """What was made from it and is a draft still; the first, if there are several."""
        drafts = {"ticket": ticket, "status": "draft"}
        made = await self.collection.find_one(drafts, UNREAD, sort=[("_id", ASCENDING)])
        return to_article(made) if made else None

    async def add(self, article: Article, events: Sequence[Event], creation: Creation | None) -> None:
        """With its first revision; raises MadeBeforeError, for a second draft of one ticket as well."""
        document = {
            "_id": article.id,
            **to_document(article),
            **({_DRAFT_OF: article.ticket} if article.ticket and article.status == "draft" else {}),
            **article.model_dump(include=COUNTED),
            **({"creation": creation.model_dump()} if creation else {}),
            **outbox_fields(events, article.updated_at),
        }

        async def keep(session: Session) -> None:
            await self.collection.insert_one(document, session=session)
            await self._revisions.insert_one(Revision.of(article).model_dump(), session=session)
            await self._pictures.keep(pictures_in(article.body), session)

        await self._words.learn(searched(article))
        try:
            await in_transaction(self._client, keep)
        except DuplicateKeyError as error:
            raise MadeBeforeError from error

    async def save(self, article: Article, events: Sequence[Event], restored: int | None) -> None:
        """With its next revision; raises ConflictError if somebody else changed it."""
        update = with_outbox({"$set": to_document(article)}, events, article.updated_at)
        revision = Revision.of(article, restored).model_dump()

        async def keep(session: Session) -> bool:
            before = {"_id": article.id, "version": article.version - 1, "followed": _times(article.followed)}
            saved = await self.collection.update_one(before, update, session=session)
            if saved.matched_count:
                await self._revisions.insert_one(dict(revision), session=session)
                await self._pictures.keep(pictures_in(article.body), session)
            return bool(saved.matched_count)

        await self._words.learn(searched(article))
        if not await in_transaction(self._client, keep):
            raise ConflictError

    async def places(self) -> list[Place]:
        """Where articles say they stand, each once; none of those that stand nowhere."""
        place = {"id": "$category_id", "path": "$category"}
        groups = await self.collection.aggregate(
            [{"$match": {"category": {"$gt": ""}}}, {"$group": {"_id": place}}], hint=_PLACE
        )
        return [Place(one["_id"].get("id"), one["_id"]["path"]) async for one in groups]

    async def some_in(self, place: Place, limit: int) -> list[Article]:
        """Some that say they stand exactly there."""
        there = {"category_id": place.id, "category": place.path}
        found = await self.collection.find(there, UNREAD).limit(limit).to_list()
        return [to_article(document) for document in found]

    async def save_place(self, article: Article, events: Sequence[Event], at: datetime) -> None:
        """Beside the versions; raises ConflictError if somebody else changed it."""
        await self._words.learn(searched(article))
        before = {"_id": article.id, "version": article.version, "followed": _times(article.followed - 1)}
        update = with_outbox({"$set": to_document(article)}, events, at)
        if not (await self.collection.update_one(before, update)).matched_count:
            raise ConflictError

    async def page(self, listed: Listed, position: Position | None) -> tuple[list[Article], Position | None]:
        """The last changed first, and where the next page begins."""
        query = {"$and": [filtered(listed), *after(position)]}
        found = await self.collection.find(query, UNREAD).sort(NEWEST).limit(listed.limit + 1).to_list()
        articles = [to_article(document) for document in found[: listed.limit]]
        return articles, position_of(articles[-1]) if len(found) > listed.limit else None

    async def having_all(self, groups: Sequence[Sequence[str]], listed: Listed) -> list[Found]:
        """Some of those with a word of every group, those with all in their titles before others."""
        words = [word for group in groups for word in group]
        everything = filtered(listed)
        titles = await self._found(
            {"$and": [*with_all("title_words", groups), everything]}, words, _MOST_TITLES
        )
        if len(titles) >= listed.limit:
            return titles
        bodies = await self._found({"$and": [*with_all("words", groups), everything]}, words, _MOST_BODIES)
        return list({one.id: one for one in [*titles, *bodies]}.values())

    async def having_any(self, words: Sequence[str], listed: Listed) -> list[Found]:
        """Some of those with any of these words, or that were of use for them."""
        learned: dict[UUID, dict[str, int]] = {}
        async for one in self._learned.find({"word": {"$in": list(words)}}).limit(_MOST_ANY):
            learned.setdefault(one["article_id"], {})[one["word"]] = one["count"]
        rare = await self._rarest(words)
        said = [{"head_words": {"$in": rare}}, *([{"_id": {"$in": list(learned)}}] if learned else [])]
        found = await self._found({"$and": [{"$or": said}, filtered(listed)]}, words, _MOST_ANY)
        if len(found) < listed.limit:
            anywhere = {"$and": [{"words": {"$in": list(words)}}, filtered(listed)]}
            more = await self._found(anywhere, words, _MOST_ANY)
            found = list({one.id: one for one in [*found, *more]}.values())
        return [_with_learned(one, learned[one.id]) if one.id in learned else one for one in found]

    async def under(self, group: str, words: Sequence[str], listed: Listed) -> list[Found]:
        """Those of a group of categories, the most used before others, with those of the words they have."""
        query = {"$and": [beneath(group), filtered(listed)]}
        return await self._found(query, words, _MOST_ANY, {"$sort": {"uses": DESCENDING, "_id": ASCENDING}})

    async def _rarest(self, words: Sequence[str]) -> list[str]:
        """Those that the fewest articles have in title, tags or category: as many as can be looked at."""
        counts = {word: await self._counts.of(word) for word in words}
        chosen: list[str] = []
        room = _MOST_ANY
        for word in sorted(words, key=lambda word: counts[word]):
            if chosen and counts[word] > room:
                break
            chosen.append(word)
            room -= counts[word]
        return chosen

    async def _found(self, query: Document, words: Sequence[str], most: int, *order: Document) -> list[Found]:
        steps: list[dict[str, Any]] = [{"$match": query}, *order, {"$limit": most}, {"$project": hits(words)}]
        cursor = await self.collection.aggregate(steps)
        return [found_in(one) async for one in cursor]

    async def all_after(self, key: UUID | None, limit: int) -> list[Article]:
        """A batch in the order of ids."""
        query = {"_id": {"$gt": key}} if key else {}
        found = await self.collection.find(query, UNREAD).sort("_id", ASCENDING).limit(limit).to_list()
        return [to_article(document) for document in found]

    async def announce(self, said: Sequence[tuple[Article, Event]], at: datetime) -> None:
        """How things stand; what has changed since has said so itself."""
        updates = [
            UpdateOne({"_id": one.id, "version": one.version}, with_outbox({}, [event], at))
            for one, event in said
        ]
        if updates:
            await self.collection.bulk_write(updates, ordered=False)

    async def count(self) -> int:
        """How many articles there are, about."""
        return await self.collection.estimated_document_count()

    async def count_of(self, listed: Listed) -> int:
        """How many a list without end would have."""
        return await self.collection.count_documents(filtered(listed))

    async def revisions(self, key: UUID) -> list[Revision]:
        """The newest first, without their bodies."""
        cursor = self._revisions.find({"article_id": key}, {"body": 0}).sort("version", DESCENDING)
        found = await cursor.limit(200).to_list()
        return [to_revision(document) for document in found]

    async def revision(self, key: UUID, version: int) -> Revision:
        """Raises ArticleNotFoundError."""
        found = await self._revisions.find_one({"article_id": key, "version": version})
        if found is None:
            raise ArticleNotFoundError
        return to_revision(found)

    async def before(self, key: UUID, version: int) -> Revision | None:
        """The revision before this one."""
        found = await self._revisions.find_one(
            {"article_id": key, "version": {"$lt": version}}, sort=[("version", DESCENDING)]
        )
        return to_revision(found) if found else None

    async def categories(self) -> list[CategoryCount]:
        """Of articles that are not withdrawn, by name."""
        groups = await self.collection.aggregate(
            [
                {"$match": {"status": {"$in": ["draft", "published"]}, "category": {"$gt": ""}}},
                {"$group": {"_id": "$category", "count": {"$sum": 1}}},
                {"$sort": {"_id": 1}},
                {"$limit": 500},
            ]
        )
        return [CategoryCount(name=one["_id"], count=one["count"]) async for one in groups]


def _times(followed: int) -> Any:
    """As it is kept; articles from before they followed anything have none."""
    return followed or {"$in": [0, None]}


def _with_learned(found: Found, learned: dict[str, int]) -> Found:
    return replace(found, learned=learned, words=found.words | learned.keys())
