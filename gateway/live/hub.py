"""Takes what the listener hears to everybody who is connected and may see it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge, Histogram

from chassis.clock import new_id, now
from chassis.problems import Problem
from contracts.tickets import TicketRegistered
from gateway.live.connection import Connection
from gateway.live.heard import Heard
from gateway.live.ring import Ring

_BUCKETS = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1, 2.5, 5, 10, 30, 60)


class Hub:
    def __init__(self, registry: CollectorRegistry, *, most: int) -> None:
        self._ring = Ring(str(new_id()))
        self._connections: set[Connection] = set()
        self._most = most
        self._closed = False
        self._latency = Histogram(
            "helpdesk_submit_to_live_seconds",
            "From accepted by intake until pushed to open pages and programs.",
            buckets=_BUCKETS,
            registry=registry,
        )
        Gauge(
            "helpdesk_live_connections", "Open server-sent event connections.", registry=registry
        ).set_function(lambda: len(self._connections))

    @property
    def last_id(self) -> str:
        """Put into a page before its data is read, it makes the first connection miss nothing."""
        return self._ring.last_id

    def join(self, connection: Connection, last_event_id: str | None) -> None:
        """Events from now on; with a last event id also those since, or a reset if that is not known."""
        if self._closed or len(self._connections) >= self._most:
            raise Problem(503, "Too many are listening just now.", headers={"Retry-After": "5"})
        if last_event_id:
            missed = self._ring.after(last_event_id)
            if missed is None:
                connection.reset(self.last_id)
            for heard in missed or ():
                connection.offer(heard)
        else:
            connection.push(b"id: %b\n\n" % self.last_id.encode(), self.last_id)
        self._connections.add(connection)

    def leave(self, connection: Connection) -> None:
        self._connections.discard(connection)

    def publish(self, heard: Heard) -> None:
        if not self._ring.add(heard):
            return
        for connection in self._connections:
            connection.offer(heard)
        if heard.type == TicketRegistered.TYPE:
            taken = (now() - heard.event.ticket.received_at).total_seconds()
            self._latency.observe(max(taken, 0.0))

    def begin_anew(self) -> None:
        """Nobody knows what was said while we could not hear: everybody reads afresh."""
        self._ring.begin(str(new_id()))
        for connection in self._connections:
            connection.reset(self.last_id)

    def end(self, owner: str) -> None:
        """A session or device ended: so do its connections."""
        for connection in self._connections:
            if connection.owner == owner:
                connection.end()

    def close(self) -> None:
        """The process stops: everybody connects to another one."""
        self._closed = True
        for connection in self._connections:
            connection.end()
