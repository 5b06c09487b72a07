"""Slows guessing down: after some failures each further attempt has to wait longer, up to a bound."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.clock import now
from chassis.mongo import Database, Document
from chassis.problems import Problem

_FORGOTTEN_AFTER = timedelta(hours=1)
_KNOWN_FOR = timedelta(days=90)
_MOST_DOUBLINGS = 20
# Two first attempts at the same moment: one of them looks again.
_TRIES = 3


@dataclass(frozen=True)
class Pace:
    """`free` attempts, then 1, 2, 4, … seconds between them, never more than `longest`."""

    free: int
    longest: timedelta


# An account's owner waits a minute at the worst; their own known address is not slowed by strangers at all.
ACCOUNT = Pace(free=5, longest=timedelta(minutes=1))
ADDRESS = Pace(free=20, longest=timedelta(minutes=5))
CODES = Pace(free=10, longest=timedelta(minutes=1))


class Throttle:
    """Counted in MongoDB, so that restarting us or asking another replica gains nothing.

    An attempt is counted before it is judged: a thousand at once are a thousand attempts.
    """

    def __init__(self, database: Database) -> None:
        self._attempts = database["attempts"]
        self._known = database["known_addresses"]

    async def prepare(self) -> None:
        await self._attempts.create_index([("forgotten_at", ASCENDING)], expireAfterSeconds=0)
        await self._known.create_index([("forgotten_at", ASCENDING)], expireAfterSeconds=0)

    async def attempt(self, key: str, pace: Pace) -> None:
        """Count an attempt; Problem 429 while it is too early for one.

        Of those at once a later one may be written first: those that are free pass all the same.
        """
        moment = now()
        may = [
            {"next_at": {"$lte": moment}},
            {"count": {"$lt": pace.free}},
            {"forgotten_at": {"$lte": moment}},
        ]
        for _ in range(_TRIES):
            try:
                await self._attempts.update_one(
                    {"_id": key, "$or": may},
                    _counting(pace, moment),
                    upsert=True,
                )
            except DuplicateKeyError:
                found = await self._attempts.find_one({"_id": key})
                if found and found["count"] >= pace.free and found["next_at"] > moment:
                    raise _too_early(found["next_at"] - moment) from None
            else:
                return
        raise _too_early(timedelta(seconds=1))

    async def forgive(self, key: str) -> None:
        """It was no guess: the count begins anew."""
        await self._attempts.delete_one({"_id": key})

    async def forgive_one(self, key: str) -> None:
        """This attempt was no guess; those before it still count."""
        await self._attempts.update_one(
            {"_id": key, "count": {"$gt": 0}}, {"$inc": {"count": -1}, "$set": {"next_at": now()}}
        )

    async def remember(self, login: str, address: str) -> None:
        """Somebody signed in to this account from here, so this address is the owner's, not a stranger's."""
        await self._known.update_one(
            {"_id": f"{login} {address}"}, {"$set": {"forgotten_at": now() + _KNOWN_FOR}}, upsert=True
        )

    async def is_known(self, login: str, address: str) -> bool:
        return await self._known.find_one({"_id": f"{login} {address}"}, {"_id": 1}) is not None


def _counting(pace: Pace, moment: datetime) -> list[Document]:
    """One more attempt, and when the next may be, computed by MongoDB in the same atomic write."""
    fresh = {"$lte": [{"$ifNull": ["$forgotten_at", moment]}, moment]}
    doublings = {"$min": [{"$subtract": ["$count", pace.free]}, _MOST_DOUBLINGS]}
    pause = {"$min": [{"$pow": [2, doublings]}, int(pace.longest.total_seconds())]}
    paused = {"$cond": [{"$lt": ["$count", pace.free]}, 0, {"$multiply": [pause, 1000]}]}
    return [
        {"$set": {"count": {"$cond": [fresh, 1, {"$add": ["$count", 1]}]}}},
        {"$set": {"next_at": {"$add": [moment, paused]}, "forgotten_at": moment + _FORGOTTEN_AFTER}},
    ]


def _too_early(wait: timedelta) -> Problem:
    seconds = max(1, math.ceil(wait.total_seconds()))
    return Problem(
        429, f"Too many attempts; try again in {seconds} s.", headers={"Retry-After": str(seconds)}
    )
