"""Tells the relays of this process what it wrote itself, as soon as MongoDB said yes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from pymongo.monitoring import (
    CommandFailedEvent,
    CommandListener,
    CommandStartedEvent,
    CommandSucceededEvent,
)

_WRITES = frozenset({"insert", "update", "findAndModify"})
_ENDS = frozenset({"commitTransaction", "abortTransaction"})
_MOST_TRANSACTIONS = 1_000
Heard = Callable[[], None]


class Commits(CommandListener):
    """Given to a client when it is made. What a transaction wrote is told at its commit.

    A write whose answer was lost is not told: relays look by themselves now and then. Cheaper than a change
    stream, which tells one's own writes as well (docs/decisions/0022).
    """

    def __init__(self) -> None:
        self._listeners: dict[str, list[Heard]] = defaultdict(list)
        self._asked: dict[int, str] = {}
        self._in_transactions: dict[bytes, set[str]] = defaultdict(set)
        self._ending: dict[int, bytes] = {}

    def listen(self, collection: str, heard: Heard) -> None:
        """Call `heard` after each write to the collection of this name."""
        self._listeners[collection].append(heard)

    def started(self, event: CommandStartedEvent) -> None:
        """Remember what a write is about: its answer does not say."""
        name, command = event.command_name, event.command
        if name in _ENDS:
            self._ending[event.request_id] = _session_of(command)
        elif name in _WRITES and command[name] in self._listeners:
            if command.get("autocommit") is False:
                self._begin(_session_of(command), command[name])
            else:
                self._asked[event.request_id] = command[name]

    def _begin(self, session: bytes, collection: str) -> None:
        if len(self._in_transactions) >= _MOST_TRANSACTIONS:
            # Left behind by sessions that were lost before their end.
            self._in_transactions.clear()
        self._in_transactions[session].add(collection)

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Tell whoever listens."""
        if collection := self._asked.pop(event.request_id, None):
            self._tell(collection)
        elif session := self._ending.pop(event.request_id, None):
            written = self._in_transactions.pop(session, set())
            if event.command_name == "commitTransaction":
                for collection in written:
                    self._tell(collection)

    def failed(self, event: CommandFailedEvent) -> None:
        """A commit that failed is asked again, under another id."""
        self._asked.pop(event.request_id, None)
        self._ending.pop(event.request_id, None)

    def _tell(self, collection: str) -> None:
        for heard in self._listeners[collection]:
            heard()


def _session_of(command: Any) -> bytes:
    return bytes(command["lsid"]["id"])
