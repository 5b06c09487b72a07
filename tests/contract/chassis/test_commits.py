"""What a process wrote itself it knows at once; it watches for others only where there are others."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from pymongo.errors import DuplicateKeyError
from pymongo.monitoring import (
    CommandFailedEvent,
    CommandListener,
    CommandStartedEvent,
    CommandSucceededEvent,
)

from chassis.broker import Publisher
from chassis.commits import Commits
from chassis.lease import Lease
from chassis.mongo import Client, Database, Session, connect, database, in_transaction
from chassis.relay import Relay
from tests.contract.chassis.conftest import Own
from tests.contract.chassis.rig import Heard, Rabbit, add_document, until


class Told:
    def __init__(self, commits: Commits, *collections: str) -> None:
        self.by: list[str] = []
        for name in collections:
            commits.listen(name, lambda name=name: self.by.append(name))  # type: ignore[misc]


@pytest.fixture
async def listened(mongo_url: str, kept: Database) -> AsyncIterator[tuple[Client, Database, Told]]:
    """A client that tells of what it writes into `things` and `others`."""
    commits = Commits()
    told = Told(commits, "things", "others")
    client = connect(mongo_url, commits)
    for name in ("things", "others", "unheard"):
        await kept.create_collection(name)
    yield client, database(client, kept.name), told
    await client.close()


async def test_each_write_that_succeeded_is_told_and_nothing_else(
    listened: tuple[Client, Database, Told], kept: Database
) -> None:
    _, own, told = listened
    await own["things"].insert_one({"_id": 1})
    await own["things"].update_one({"_id": 1}, {"$set": {"n": 1}})
    await own["others"].find_one_and_update({"_id": 1}, {"$set": {"n": 1}}, upsert=True)
    assert told.by == ["things", "things", "others"]
    await own["unheard"].insert_one({})
    await own["things"].find_one({})
    await kept["things"].insert_one({"_id": 2})
    assert told.by == ["things", "things", "others"]


async def test_a_transaction_is_told_when_it_is_committed(listened: tuple[Client, Database, Told]) -> None:
    client, own, told = listened

    async def both(session: Session) -> None:
        await own["things"].insert_one({"_id": 1}, session=session)
        await own["others"].insert_one({"_id": 1}, session=session)
        assert told.by == []

    await in_transaction(client, both)
    assert sorted(told.by) == ["others", "things"]


async def test_a_transaction_given_up_is_not_told(listened: tuple[Client, Database, Told]) -> None:
    client, own, told = listened
    await own["others"].insert_one({"_id": 1})
    told.by.clear()

    async def again(session: Session) -> None:
        await own["things"].insert_one({"_id": 1}, session=session)
        await own["others"].insert_one({"_id": 1}, session=session)

    with pytest.raises(DuplicateKeyError):
        await in_transaction(client, again)
    assert told.by == []


class Watching(CommandListener):
    """Counts the change streams that are opened."""

    def __init__(self) -> None:
        self.streams = 0

    def started(self, event: CommandStartedEvent) -> None:
        self.streams += event.command_name == "aggregate" and "$changeStream" in str(event.command)

    def succeeded(self, event: CommandSucceededEvent) -> None:
        pass

    def failed(self, event: CommandFailedEvent) -> None:
        pass


@contextlib.asynccontextmanager
async def _replica(
    mongo_url: str, name: str, publisher: Publisher
) -> AsyncIterator[tuple[Database, Watching]]:
    commits, watching = Commits(), Watching()
    client = connect(mongo_url, commits, watching)
    kept = database(client, name)
    relay = Relay(kept["things"], publisher, Lease(kept, "relay.things", uuid4()), lambda _type: True)
    commits.listen("things", relay.wake)
    await relay.prepare()
    task = asyncio.create_task(relay.run())
    yield kept, watching
    await relay.stop()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await client.close()


async def test_alone_a_replica_watches_nothing_and_with_another_it_does(
    mongo_url: str, kept: Database, publisher: Publisher, own: Own, rabbit: Rabbit
) -> None:
    heard = Heard()
    await rabbit.hear(own.queue, heard)
    async with _replica(mongo_url, kept.name, publisher) as (first, watching):
        keys = [await add_document(first["things"], own.kind, [1]) for _ in range(20)]
        await until(lambda: all(heard.numbers(key) == [1] for key in keys))
        assert watching.streams == 0
        async with _replica(mongo_url, kept.name, publisher) as (second, _):
            await until(lambda: watching.streams == 1)
            keys = [await add_document(second["things"], own.kind, [1]) for _ in range(20)]
            await until(lambda: all(heard.numbers(key) == [1] for key in keys))
