"""The public API as the program sees it: a few calls, and three ways they can fail."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

import requests
from urllib3.exceptions import HTTPError
from urllib3.filepost import encode_multipart_formdata

from bureaucrat import VERSION
from bureaucrat.failures import Json, NotNowError, RefusedError, RevokedError
from bureaucrat.parcel import Parcel
from bureaucrat.sockets import OpenSockets
from bureaucrat.sse import ServerEvent, parse_events

_CONNECT = 5.0
_READ = 60.0
# Advice while one types: late, it is worth nothing.
_ADVICE = (2.0, 4.0)
# The server sends a heartbeat every 15 seconds: two missed ones mean that nobody is there.
_SILENCE = 40.0
# How long a new token may take to be known everywhere.
_NEWS_TRAVEL = 30.0
_LONGEST_RETRY_AFTER = 3600.0
_PIECE = 65536
_TRANSIENT = {408, 425, 429}
# Whoever says so, it is: proxies have their own limits.
_TOO_LARGE = 413
_PROBLEM = "application/problem+json"
# Where the server keeps what people sent.
_FILES = ("/api/v1/files/", "/api/v1/articles/pictures/")


class ApiClient:
    """Safe to use from several threads: each has its own connection."""

    def __init__(self, server: str, *, token: str | None = None, language: str = "ru") -> None:
        self.server = server.rstrip("/")
        self.token = token
        self._fresh_until = 0.0
        self._language = language
        self._threads = threading.local()
        self._sockets = OpenSockets()

    def use_new_token(self, token: str) -> None:
        """A part of the server may hear of a new token a moment later: that is no revocation."""
        self.token = token
        self._fresh_until = time.monotonic() + _NEWS_TRAVEL

    def company_of_code(self, code: str) -> Json:
        return self._call("GET", f"/devices/codes/{quote(code, safe='')}", token=False)

    def enrol(self, person: Mapping[str, str]) -> Json:
        return self._call("POST", "/devices", json=dict(person), token=False)

    def me(self) -> Json:
        return self._call("GET", "/me")

    def send(self, parcel: Parcel) -> Json:
        """The same parcel makes the same bytes each time, so a repeat is recognised as one."""
        body, content_type = encode(parcel)
        headers = {"Idempotency-Key": str(parcel.id), "Content-Type": content_type}
        return self._call("POST", parcel.path, data=body, headers=headers)

    def submission(self, submission_id: UUID, *, wait: int = 0, version: int = 1) -> Json:
        """With `wait` the server answers as soon as it has the number, or this `version` of the ticket."""
        params = {"wait": wait, "version": version} if wait else None
        return self._call("GET", f"/submissions/{submission_id}", params=params)

    def colleagues(self, title: str) -> list[Json]:
        """Open submissions of colleagues that look like what is being written."""
        answer = self._call("GET", "/submissions/alike", params={"q": title}, timeout=_ADVICE)
        return _items(answer)

    def articles(self, title: str, text: str, at_most: int) -> list[Json]:
        """Public articles that fit what is being written."""
        problem = {"title": title, "text": text, "limit": at_most}
        return _items(self._call("POST", "/suggestions", json=problem, timeout=_ADVICE))

    def article(self, article_id: UUID) -> Json:
        return self._call("GET", f"/articles/{article_id}/public")

    def file(self, href: str) -> bytes:
        """By the address that the server itself gave; nobody else gets our token."""
        if not href.startswith(_FILES):
            raise NotNowError("fault")
        headers = {"Accept": "*/*"}
        try:
            return self._request("GET", href.removeprefix("/api/v1"), headers=headers).content
        except requests.RequestException as cause:
            raise NotNowError("offline") from cause

    def submissions(self, *, at_most: int = 400) -> list[Json]:
        """The employee's submissions, newest first."""
        found: list[Json] = []
        cursor: str | None = None
        while len(found) < at_most:
            params: dict[str, str | int] = {"limit": 200} | ({"cursor": cursor} if cursor else {})
            page = self._call("GET", "/submissions", params=params)
            found += _items(page)
            cursor = page.get("next")
            if not cursor:
                break
        return found

    def events(self, last_event_id: str | None) -> Iterator[ServerEvent]:
        """Server-sent events until the connection ends; a heartbeat comes as an event without a name."""
        headers = {"Accept": "text/event-stream", "Cache-Control": "no-cache", "Accept-Encoding": "identity"}
        if last_event_id:
            headers["Last-Event-ID"] = last_event_id
        response = self._request("GET", "/events", headers=headers, stream=True, timeout=(_CONNECT, _SILENCE))
        with response:
            # The connection itself is the first sign of life.
            yield ServerEvent("", "", None)
            try:
                yield from parse_events(_as_it_comes(response))
            except (HTTPError, OSError, ValueError) as cause:
                raise NotNowError("offline") from cause

    def close(self) -> None:
        """Cut what is under way in any thread: each call ends with NotNowError, at once."""
        self._sockets.close()

    def _call(self, method: str, path: str, **arguments: Any) -> Json:
        response = self._request(method, path, **arguments)
        try:
            answer = response.json()
        except (ValueError, requests.RequestException) as cause:
            raise NotNowError("fault") from cause
        if not isinstance(answer, dict):
            raise NotNowError("fault")
        return answer

    def _request(
        self,
        method: str,
        path: str,
        *,
        token: bool = True,
        headers: Mapping[str, str] | None = None,
        timeout: tuple[float, float] = (_CONNECT, _READ),
        **arguments: Any,
    ) -> requests.Response:
        every = {"Accept-Language": self._language, "Accept": "application/json"}
        if token:
            if not self.token:
                raise RevokedError
            every["Authorization"] = f"Bearer {self.token}"
        try:
            response = self._session().request(
                method,
                f"{self.server}/api/v1{path}",
                headers=every | dict(headers or {}),
                timeout=timeout,
                allow_redirects=False,
                **arguments,
            )
        except (requests.RequestException, OSError) as cause:
            raise NotNowError("offline") from cause
        try:
            judge(response)
        except RevokedError:
            if time.monotonic() < self._fresh_until:
                raise NotNowError("fault", 1.0) from None
            raise
        return response

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._threads, "session", None)
        if session is None:
            session = requests.Session()
            session.headers["User-Agent"] = f"HelpDesk-Bureaucrat/{VERSION}"
            # A proxy's or .netrc's credentials must not take the place of the device token.
            session.auth = _keep_authorization
            self._sockets.watch(session)
            self._threads.session = session
        return session


def _items(answer: Json) -> list[Json]:
    return [item for item in answer.get("items") or [] if isinstance(item, dict)]


def _keep_authorization(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def encode(parcel: Parcel) -> tuple[bytes, str]:
    """The parcel's body and content type: multipart for a submission and where files go along, else JSON."""
    if parcel.kind != "submission" and not parcel.enclosures:
        return json.dumps(_said(parcel), ensure_ascii=False).encode(), "application/json"
    fields: list[tuple[str, Any]] = list(_said(parcel).items())
    if parcel.kind == "submission":
        fields = [
            ("title", parcel.fields["title"]),
            ("description", parcel.fields.get("description", "")),
            ("diagnostics", json.dumps(parcel.fields.get("diagnostics", {}), ensure_ascii=False)),
            ("channel", "bureaucrat"),
        ]
    fields += [(e.field, (e.name, e.path.read_bytes(), e.content_type)) for e in parcel.enclosures]
    return encode_multipart_formdata(fields, boundary=f"parcel-{parcel.id}")


def _said(parcel: Parcel) -> Json:
    if parcel.kind != "joining":
        return dict(parcel.fields)
    return {"text": parcel.fields["description"] or parcel.fields["title"], "channel": "bureaucrat"}


def _as_it_comes(response: requests.Response) -> Iterator[bytes]:
    """Each piece at once; requests' own iterator waits for the end where the length is not chunked."""
    while piece := response.raw.read1(_PIECE):
        yield piece


def judge(response: requests.Response) -> None:
    """Return where the server agreed; else say in which of the three ways it did not."""
    status = response.status_code
    if 200 <= status < 300:
        return
    with response:
        retry_after = seconds_until(response.headers.get("Retry-After"))
        if status in _TRANSIENT or status == 503:
            raise NotNowError("busy" if status in {429, 503} else "offline", retry_after)
        # A proxy or a hotel's page on the way may refuse in its own words: that says nothing about us.
        is_ours = status == _TOO_LARGE or response.headers.get("Content-Type", "").startswith(_PROBLEM)
        if status >= 500 or status < 400 or not is_ours:
            raise NotNowError("fault", retry_after)
        if status == 401:
            raise RevokedError
        raise RefusedError(status, _problem(response))


def _problem(response: requests.Response) -> Json:
    try:
        problem = response.json()
    except (ValueError, requests.RequestException):
        problem = None
    if not isinstance(problem, dict):
        problem = {}
    return problem | {"status": response.status_code}


def seconds_until(retry_after: str | None) -> float | None:
    """`Retry-After` in seconds or as a date; nonsense counts as absent, a very long one is cut."""
    if not retry_after:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            moment = parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = (moment - datetime.now(UTC)).total_seconds()
    # A NaN compares false with everything.
    return min(max(seconds, 0.0), _LONGEST_RETRY_AFTER) if seconds == seconds else None
