"""Live: a thread that hears of changes at once by server-sent events, and asks where it cannot hear."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from typing import Protocol
from uuid import UUID

from bureaucrat.api_client import ApiClient
from bureaucrat.backoff import Backoff
from bureaucrat.failures import Json, NotNowError, RefusedError, RevokedError
from bureaucrat.sse import ServerEvent

# A proxy may hold the stream back without cutting it; then the list is still this fresh.
_POLL = 60.0
# How long the server may take to bring a submission up to an event that was heard.
_CATCH_UP = 5


class LiveListener(Protocol):
    """Who is told; the calls come from the live thread."""

    def heard(self, submissions: list[Json]) -> None: ...
    def heard_me(self, me: Json) -> None: ...
    def linked(self, online: bool) -> None: ...
    def revoked(self) -> None: ...


class Live(threading.Thread):
    def __init__(self, client: ApiClient, listener: LiveListener, *, first_pause: float = 1.0) -> None:
        super().__init__(name="live", daemon=True)
        self._client = client
        self._listener = listener
        self._backoff = Backoff(first=first_pause)
        self._last_event_id: str | None = None
        self._complete = False
        self._asked_at = 0.0
        self._revoked = False
        self._stopping = False
        self._awake = threading.Event()

    def resume(self) -> None:
        """The device has a new token: begin anew."""
        self._revoked = False
        self._last_event_id = None
        self._complete = False
        self._awake.set()

    def stop(self) -> None:
        self._stopping = True
        self._awake.set()

    def run(self) -> None:
        # What is already known is shown before a stream opens, which behind some proxies it never does.
        self._catch_up(NotNowError("offline"))
        while not self._stopping:
            self._awake.clear()
            try:
                self._follow()
            except RevokedError:
                self._revoked = True
                self._listener.revoked()
            except (NotNowError, RefusedError) as trouble:
                self._catch_up(trouble)
            if not self._stopping:
                self._awake.wait(None if self._revoked else self._backoff.next())

    def _follow(self) -> None:
        """Listen until the connection ends. Listening begins before asking, so nothing falls between."""
        for event in self._client.events(self._last_event_id):
            if self._stopping:
                return
            if not self._complete or event.name == "reset" or time.monotonic() - self._asked_at > _POLL:
                self._ask()
            self._backoff.reset()
            if event.name == "ticket":
                self._take(event)
            if event.id is not None:
                self._last_event_id = event.id

    def _catch_up(self, trouble: NotNowError | RefusedError) -> None:
        """No stream: is there a server at all? Then ask the plain way; a fault of the stream is no outage."""
        self._complete = False
        if self._stopping:
            return
        try:
            self._ask()
            # Asked without listening: what happens until the stream opens is not known yet.
            self._complete = False
        except RevokedError:
            self._revoked = True
            self._listener.revoked()
        except (NotNowError, RefusedError):
            self._listener.linked(False)
            if isinstance(trouble, NotNowError) and trouble.retry_after:
                self._awake.wait(trouble.retry_after)

    def _ask(self) -> None:
        self._listener.heard_me(self._client.me())
        self._listener.heard(self._client.submissions())
        self._asked_at = time.monotonic()
        self._complete = True
        self._listener.linked(True)

    def _take(self, event: ServerEvent) -> None:
        """The event says that something changed; the submission itself says what."""
        with contextlib.suppress(ValueError, KeyError, TypeError, RefusedError):
            said = json.loads(event.data)
            # An event may come before the submission shows it.
            wanted = {"wait": _CATCH_UP, "version": int(said.get("version", 1))}
            self._listener.heard([self._client.submission(UUID(said["submission_id"]), **wanted)])
