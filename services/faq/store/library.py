"""The FAQ as a whole: its collections."""

from __future__ import annotations

from chassis.mongo import Client, Collection, Database
from services.faq.store.articles import Articles
from services.faq.store.categories import CategoryTree
from services.faq.store.misses import Misses
from services.faq.store.pictures import Pictures
from services.faq.store.upgrades import upgrade
from services.faq.store.uses import Uses
from services.faq.store.words import Words


class Library:
    def __init__(self, client: Client, database: Database) -> None:
        self.words = Words(database)
        self.pictures = Pictures(database)
        self.articles = Articles(client, database, self.words, self.pictures)
        self.uses = Uses(client, database)
        self.misses = Misses(database)
        self.categories = CategoryTree(database)
        self._database = database

    @property
    def announcing(self) -> tuple[Collection, ...]:
        """The collections whose documents have an outbox."""
        return (self.articles.collection, self.uses.collection, self.misses.collection)

    async def prepare(self) -> None:
        """Create collections and indexes, harmlessly where they are."""
        for part in (self.words, self.pictures, self.articles, self.uses, self.misses):
            await part.prepare()
        await upgrade(self.articles.collection, self._database["revisions"], self._database["marks"])
