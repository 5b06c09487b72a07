"""The office: all that works behind the windows – spool, sender, live connection – and who is told of it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from bureaucrat.advice import Advice, advice_for
from bureaucrat.device import DeviceFolder, new_device
from bureaucrat.failures import Json, NotNowError
from bureaucrat.my_tickets import MyTickets, News
from bureaucrat.parcel import Enclosure, Parcel
from bureaucrat.settings import Settings
from bureaucrat.spool import Spool

if TYPE_CHECKING:
    from bureaucrat.api_client import ApiClient
    from bureaucrat.live import Live
    from bureaucrat.sender import Sender

_PATIENCE = 3.0
# A cold disk under load takes its time over the libraries.
_LOADING = 60.0
_NUMBER_TRIES = 6


class OfficeListener(Protocol):
    """What the windows hear; the calls come from working threads."""

    def parcel_sent(self, parcel: Parcel, submission: Json) -> None: ...
    def parcel_rejected(self, parcel: Parcel, problem: Json) -> None: ...
    def parcel_delayed(self, parcel: Parcel, reason: str) -> None: ...
    def tickets_changed(self) -> None: ...
    def news_came(self, news: News) -> None: ...
    def link_changed(self, online: bool) -> None: ...
    def device_changed(self) -> None: ...
    def device_revoked(self) -> None: ...


class Office:
    """Opened once, closed once. Nothing here waits for the network except where it says so."""

    def __init__(self, settings: Settings, listener: OfficeListener) -> None:
        self.settings = settings
        self.spool = Spool(settings.home)
        self.tickets = MyTickets(settings.home)
        self.online = False
        self.revoked_device = False
        self._listener = listener
        self._folder = DeviceFolder(settings.home)
        self.device = self._folder.load()
        self._client: ApiClient | None = None
        self._sender: Sender | None = None
        self._live: Live | None = None
        self._opened = threading.Event()
        self._closing = False

    @property
    def enrolled(self) -> bool:
        return self.device is not None and not self.revoked_device

    @property
    def screenshots_allowed(self) -> bool:
        return self.device is not None and self.device.screenshots_allowed

    def open(self) -> None:
        """In a thread of its own: the HTTP library and the keyring load slower than a window opens."""
        threading.Thread(target=self._open, name="opening", daemon=True).start()

    def close(self) -> None:
        """What is under way is cut; all of it is on disk."""
        self._closing = True
        if not self._opened.wait(_PATIENCE) or not (self._client and self._sender and self._live):
            return
        threads: list[threading.Thread] = [self._sender, self._live]
        self._sender.stop()
        self._live.stop()
        self._client.close()
        for thread in threads:
            if thread.ident:
                thread.join(_PATIENCE)

    def keep(self, parcel: Parcel, enclosures: Sequence[Enclosure] = ()) -> None:
        """On disk when this returns (CannotKeepError when not), and sent as soon as can be."""
        self.spool.put(parcel, enclosures)
        if self._sender:
            self._sender.wake()

    def company_of_code(self, code: str) -> Json:
        """Waits for the network."""
        return self._ready_client().company_of_code(code)

    def enrol(self, form: Mapping[str, str]) -> None:
        """Waits for the network."""
        client = self._ready_client()
        enrolment = client.enrol(form)
        device = new_device(enrolment)
        if self.device and self.device.person_id != device.person_id:
            self.tickets.clear()
        self._folder.enrol(device, str(enrolment["token"]))
        client.use_new_token(str(enrolment["token"]))
        self.device, self.revoked_device = device, False
        self._begin()
        self._listener.device_changed()

    def advice(self, title: str, text: str) -> Advice:
        """Waits for the network, a little; there is none where nobody answers."""
        return advice_for(self._ready_client(), title, text)

    def article(self, article_id: UUID) -> Json:
        """Waits for the network."""
        return self._ready_client().article(article_id)

    def file(self, href: str) -> bytes:
        """Waits for the network."""
        return self._ready_client().file(href)

    def await_number(self, submission_id: UUID) -> None:
        """Waits for the network, for a minute at most; the answer comes as changed tickets."""
        client = self._ready_client()
        for _ in range(_NUMBER_TRIES):
            began = time.monotonic()
            submission = client.submission(submission_id, wait=10)
            if submission.get("number") is not None:
                self.heard([submission])
                return
            if self._closing or time.monotonic() - began < 1:
                return

    def sent(self, parcel: Parcel, answer: Json) -> None:
        self._link(online=True)
        if parcel.kind != "use":
            self.heard([answer])
        self._listener.parcel_sent(parcel, answer)

    def rejected(self, parcel: Parcel, problem: Json) -> None:
        self._listener.parcel_rejected(parcel, problem)

    def delayed(self, parcel: Parcel, reason: str) -> None:
        self._listener.parcel_delayed(parcel, reason)

    def heard(self, submissions: list[Json]) -> None:
        changed, news = self.tickets.hear(submissions, person_id=self.device.person_id if self.device else "")
        if not changed:
            return
        self._listener.tickets_changed()
        for one in news:
            self._listener.news_came(one)
        # Only a copy of what the server knows: a full disk may do without it.
        with contextlib.suppress(OSError):
            self.tickets.keep()

    def heard_me(self, me: Json) -> None:
        device = self.device.heard(me) if self.device else None
        if device and device != self.device:
            self.device = device
            with contextlib.suppress(OSError):
                self._folder.save(device)
            self._listener.device_changed()

    def linked(self, online: bool) -> None:
        self._link(online=online)
        if online and self._sender:
            self._sender.wake()

    def revoked(self) -> None:
        """The token stays on disk: if the server was wrong, the next start finds it still there."""
        if not self.revoked_device:
            self.revoked_device = True
            self._listener.device_revoked()

    def _link(self, *, online: bool) -> None:
        if self.online != online:
            self.online = online
            self._listener.link_changed(online)

    def _open(self) -> None:
        from bureaucrat.api_client import ApiClient
        from bureaucrat.live import Live
        from bureaucrat.sender import Sender

        token = self._folder.token(self.device) if self.device else None
        self._client = ApiClient(self.settings.server, token=token, language=self.settings.language)
        self._sender = Sender(self.spool, self._client, self)
        self._live = Live(self._client, self)
        if self.device:
            self._begin()
        self._opened.set()

    def _begin(self) -> None:
        """Start both threads, or wake them after a new enrolment."""
        if not (self._sender and self._live) or self._closing:
            return
        for thread in (self._sender, self._live):
            if thread.ident:
                thread.resume()
            else:
                thread.start()

    def _ready_client(self) -> ApiClient:
        self._opened.wait(_LOADING)
        if self._client is None:
            raise NotNowError("fault")
        return self._client
