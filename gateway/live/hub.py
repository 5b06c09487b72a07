"""Takes what the listener hears to everybody who is connected and may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from prometheus_client import CollectorRegistry, Gauge, Histogram

from chassis.clock import new_id, now
from chassis.principal import Principal
from chassis.problems import Problem
from contracts.presence_http import TicketPresence
from contracts.tickets import TicketRegistered
from gateway.live.connection import Connection
from gateway.live.heard import Heard
from gateway.live.presence import FADES_SECONDS, Presence, Seen
from gateway.live.ring import Ring

_BUCKETS = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1, 2.5, 5, 10, 30, 60)


class Hub:
    def __init__(self, registry: CollectorRegistry, *, most: int) -> None:
        self._ring = Ring(str(new_id()))
        self._connections: set[Connection] = set()
        self._most = most
        self._presence = Presence()
        self._replica = str(new_id())
        # Tells the other replicas; without it this one is alone.
        self.announce: Callable[[bytes], None] = lambda _body: None
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

    def version_of(self, submission_id: UUID) -> int:
        """What its requester's page is to show at least; 0 where nothing is known.

        Who follows the tickets may be behind `last_id`: such a page would be old and hear of nothing more.
        """
        return self._ring.version_of(submission_id)

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
        if connection.has_presence:
            for place in self.presence(connection.principal):
                connection.push(_presence_frame(place), self.last_id)

    def leave(self, connection: Connection) -> None:
        self._connections.discard(connection)
        if connection.tab and not any(other.tab == connection.tab for other in self._connections):
            self._fade(connection.principal.id, connection.tab)

    def publish(self, heard: Heard) -> None:
        if not self._ring.add(heard):
            return
        for connection in self._connections:
            connection.offer(heard)
        if heard.type == TicketRegistered.TYPE:
            taken = (now() - heard.event.ticket.received_at).total_seconds()
            self._latency.observe(max(taken, 0.0))

    def presence(self, principal: Principal) -> list[TicketPresence]:
        """Who has which ticket open, as far as whoever asks may see the ticket."""
        return self._presence.seen_by(principal)

    def see(self, seen: Seen) -> None:
        """A tab has said where it is: to this replica and through it to all."""
        said = seen.model_copy(update={"replica": self._replica})
        self.announce(said.model_dump_json().encode())
        self._take(said)

    def hear_of(self, seen: Seen) -> None:
        """The same, said by another replica; what comes back of our own is older than what we know."""
        if seen.replica != self._replica:
            self._take(seen)

    def _take(self, seen: Seen) -> None:
        before = {number: self._presence.company_of(number) for number in self._place_of(seen)}
        self._show(self._presence.take(seen), before)

    def look_round(self) -> None:
        """Whoever was not heard of for a while is gone."""
        companies = self._presence.companies()
        self._show(self._presence.expire(), companies)

    def _place_of(self, seen: Seen) -> list[int]:
        known = self._presence.known(seen.staff_id, seen.tab)
        return [known.number] if known and known.number else []

    def _fade(self, staff_id: UUID, tab: UUID) -> None:
        """Its connection ended: unless it comes back at once, so has the tab."""
        if known := self._presence.known(staff_id, tab):
            self.see(known.model_copy(update={"seconds": FADES_SECONDS}))

    def _show(self, numbers: set[int], before: Mapping[int, UUID | None]) -> None:
        for number in numbers:
            company = self._presence.company_of(number) or before.get(number)
            if company is None:
                continue
            frame = _presence_frame(self._presence.at(number))
            for connection in self._connections:
                if connection.has_presence and connection.principal.may_see_company(company):
                    connection.push(frame, self.last_id)

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


def _presence_frame(place: TicketPresence) -> bytes:
    """Without an id: it changes nothing of where a connection goes on."""
    return b"event: presence\ndata: %b\n\n" % place.model_dump_json().encode()
