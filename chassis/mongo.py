"""MongoDB through PyMongo's own async client, always majority-acknowledged and journaled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from bson.codec_options import CodecOptions
from pymongo import AsyncMongoClient, WriteConcern
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError, DuplicateKeyError, ExecutionTimeout, WriteError, WTimeoutError
from pymongo.monitoring import CommandListener
from pymongo.read_concern import ReadConcern

Document = dict[str, Any]
Client = AsyncMongoClient[Document]
Collection = AsyncCollection[Document]
Database = AsyncDatabase[Document]
Session = AsyncClientSession

_TRANSACTION_SECONDS = 10.0
DURABLE = WriteConcern(w="majority", j=True)
DUPLICATE_KEY = 11000
Result = TypeVar("Result")


def connect(url: str, *listeners: CommandListener) -> Client:
    """A client that gives up on an absent server after 2 s and on a silent one after 15 s."""
    return AsyncMongoClient(
        url,
        tz_aware=True,
        uuidRepresentation="standard",
        serverSelectionTimeoutMS=2000,
        connectTimeoutMS=2000,
        socketTimeoutMS=15_000,
        maxPoolSize=50,
        appname="helpdesk",
        event_listeners=listeners,
    )


def database(client: Client, name: str) -> Database:
    options: CodecOptions[Document] = client.codec_options
    return client.get_database(name, codec_options=options, write_concern=DURABLE)


def heed_cancellation() -> None:
    """End here if this task was told to end: to be called by every loop that speaks with MongoDB.

    PyMongo 4.20 swallows a cancellation that comes while it receives (measured: up to 6 in 100), and a
    loop that was cancelled only once would then turn for ever, and the process never stop.
    """
    if (task := asyncio.current_task()) and task.cancelling():
        raise asyncio.CancelledError


async def in_transaction(client: Client, work: Callable[[Session], Awaitable[Result]]) -> Result:
    """Run `work` in a transaction, again after a conflict: it must have no effect outside MongoDB.

    The write concern belongs to the transaction, not to its operations (MongoDB manual, Transactions). When
    MongoDB goes away meanwhile, the driver would try to commit for two minutes: whoever waits is told sooner,
    and asks again under the same key.
    """
    try:
        async with asyncio.timeout(_TRANSACTION_SECONDS), client.start_session() as session:
            return await session.with_transaction(
                work, read_concern=ReadConcern("snapshot"), write_concern=DURABLE
            )
    except TimeoutError as error:
        raise ExecutionTimeout("the transaction took too long") from error


async def insert_each(
    collection: Collection, documents: Sequence[Document]
) -> list[DuplicateKeyError | WriteError | None]:
    """Each document by itself, in one command: what keeps one out keeps out no other."""
    mistakes: list[DuplicateKeyError | WriteError | None] = [None] * len(documents)
    try:
        await collection.insert_many(documents, ordered=False)
    except BulkWriteError as error:
        if error.details["writeConcernErrors"]:
            # Written, but nobody says that it stays: as if it were not, until it is asked again.
            raise WTimeoutError("not durable in time", details=error.details) from error
        for one in error.details["writeErrors"]:
            kind = DuplicateKeyError if one["code"] == DUPLICATE_KEY else WriteError
            mistakes[one["index"]] = kind(one["errmsg"], one["code"], one)
    return mistakes
