"""The sender: a thread that carries parcels from the spool to the server until each has an answer."""

from __future__ import annotations

import threading
import time
from typing import Protocol
from uuid import UUID

from bureaucrat.api_client import ApiClient
from bureaucrat.backoff import Backoff
from bureaucrat.failures import Json, NotNowError, RefusedError, RevokedError
from bureaucrat.parcel import Parcel
from bureaucrat.spool import Spool


class SenderListener(Protocol):
    """Who is told; the calls come from the sender's thread."""

    def sent(self, parcel: Parcel, answer: Json) -> None: ...
    def rejected(self, parcel: Parcel, problem: Json) -> None: ...
    def delayed(self, parcel: Parcel, reason: str) -> None: ...
    def revoked(self) -> None: ...


class Sender(threading.Thread):
    """Start once. A parcel leaves the spool only after its answer has been handed to the listener."""

    def __init__(
        self, spool: Spool, client: ApiClient, listener: SenderListener, *, first_pause: float = 1.0
    ) -> None:
        super().__init__(name="sender", daemon=True)
        self._spool = spool
        self._client = client
        self._listener = listener
        self._first_pause = first_pause
        self._network = Backoff(first=first_pause)
        self._faults: dict[UUID, Backoff] = {}
        self._due: dict[UUID, float] = {}
        # Nobody sends before this moment, whatever wakes us: the server asked for it.
        self._closed_until = 0.0
        self._revoked = False
        self._stopping = False
        self._awake = threading.Event()

    def wake(self) -> None:
        """There is something new to send, or reason to believe that the server is back."""
        self._awake.set()

    def resume(self) -> None:
        """The device has a new token."""
        self._revoked = False
        self.wake()

    def stop(self) -> None:
        self._stopping = True
        self._awake.set()

    def run(self) -> None:
        while not self._stopping:
            pause = self.round()
            self._awake.wait(pause)
            self._awake.clear()

    def round(self) -> float | None:
        """Try everything that is due; return how long to wait, None for «until somebody wakes me»."""
        if self._revoked:
            return None
        wait = self._closed_until - time.monotonic()
        if wait > 0:
            return wait
        try:
            pending = self._spool.pending()
        except OSError:
            return self._network.next()
        held: set[UUID] = set()
        for parcel in pending:
            if self._stopping:
                return None
            # Replies of one ticket keep their order: a later one waits for an earlier one.
            if parcel.submission_id in held:
                continue
            if self._due.get(parcel.id, 0.0) > time.monotonic():
                held.add(parcel.submission_id)
                continue
            pause = self._carry(parcel, held)
            if pause is not None:
                return pause
            if self._revoked:
                return None
        return max(min(self._due.values()) - time.monotonic(), 0.0) if self._due else None

    def _carry(self, parcel: Parcel, held: set[UUID]) -> float | None:
        """Send one; return a pause where it concerns all of them."""
        try:
            self._bring(parcel)
        except NotNowError as not_now:
            return self._delay(parcel, not_now, held)
        except OSError:
            # Our own disk: the parcel cannot be read, or not be put away. Later, perhaps.
            return self._delay(parcel, NotNowError("fault"), held)
        return None

    def _bring(self, parcel: Parcel) -> None:
        try:
            answer = self._client.send(parcel)
        except RevokedError:
            self._revoked = True
            self._listener.revoked()
        except RefusedError as refused:
            self._forget_faults(parcel)
            if parcel.kind == "use":
                # The article is gone meanwhile: nothing the employee could or should do about it.
                self._spool.settle(parcel)
                return
            self._spool.reject(parcel, refused.problem)
            self._listener.rejected(parcel, refused.problem)
        else:
            self._network.reset()
            self._listener.sent(parcel, answer)
            self._spool.settle(parcel)
            self._forget_faults(parcel)

    def _delay(self, parcel: Parcel, not_now: NotNowError, held: set[UUID]) -> float | None:
        if self._stopping:
            return None
        self._listener.delayed(parcel, not_now.reason)
        if not_now.reason == "fault":
            # A fault of the server may be of this parcel alone: the others go on.
            backoff = self._faults.setdefault(parcel.id, Backoff(first=self._first_pause))
            self._due[parcel.id] = time.monotonic() + (not_now.retry_after or backoff.next())
            held.add(parcel.submission_id)
            return None
        pause = self._network.next()
        if not_now.retry_after is not None:
            pause = max(not_now.retry_after, self._first_pause / 2)
            self._closed_until = time.monotonic() + pause
        return pause

    def _forget_faults(self, parcel: Parcel) -> None:
        self._due.pop(parcel.id, None)
        self._faults.pop(parcel.id, None)
