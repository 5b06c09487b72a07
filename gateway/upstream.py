"""Calls to the services behind the gateway: signed, under a deadline, to whichever replica answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal, TypeVar

import aiohttp
import orjson
import structlog
from fastapi import Request
from starlette.responses import Response
from yarl import URL

from chassis.principal import HEADER as PRINCIPAL_HEADER
from chassis.principal import Principal, Signer
from chassis.tracing import traceparent
from gateway.answers import Answer, UpstreamProblem, passed_on, streamed_on
from gateway.forms import Form
from gateway.replicas import Replicas

_log = structlog.get_logger(__name__)

Service = Literal["intake", "tickets", "clients", "faq", "reporting"]
Query = Mapping[str, str | int] | Sequence[tuple[str, str]]
AnswerT = TypeVar("AnswerT")

UPLOAD_DEADLINE_SECONDS = 300.0
# Below the services' own keep-alive (75 s), so that we never write into a connection they are closing.
_KEEP_ALIVE_SECONDS = 30.0
_CONNECT_SECONDS = 1.0
_CONNECTIONS_PER_SERVICE = 256
_SMALL_BODY = 64 * 1024
# No connection came about, so nothing was asked.
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
# Nobody listens there; a host that does not answer at all costs its caller a second.
_REFUSED = aiohttp.ClientConnectorError
_COUNTED_ONCE = {"idempotency-key", "if-match"}

_PASSED_IN = (
    "accept",
    "content-length",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "if-range",
    "range",
)


class Upstreams:
    """One keep-alive pool for all services; `start` and `stop` belong to the running loop.

    `deadline`: seconds a service has for an answer, where a call gives it no other.
    """

    def __init__(self, urls: Mapping[Service, str], signer: Signer, deadline: float) -> None:
        self.deadline = deadline
        self._replicas = {service: Replicas(addresses) for service, addresses in urls.items()}
        self._signer = signer
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0, limit_per_host=_CONNECTIONS_PER_SERVICE, keepalive_timeout=_KEEP_ALIVE_SECONDS
            ),
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS),
            skip_auto_headers=("User-Agent", "Accept-Encoding"),
        )

    async def stop(self) -> None:
        if self._session:
            await self._session.close()

    async def get_json(
        self,
        service: Service,
        path: str,
        principal: Principal,
        *,
        query: Query | None = None,
        deadline: float | None = None,
    ) -> Any:
        """The answer's JSON; an error of the service, or its absence, is raised as UpstreamProblem."""
        return await self._json(service, "GET", path, principal, query=query, deadline=deadline)

    async def post_json(
        self,
        service: Service,
        path: str,
        principal: Principal,
        body: Any,
        *,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
    ) -> Any:
        """`headers` may say Idempotency-Key."""
        return await self._json(
            service, "POST", path, principal, body=body, headers=headers, deadline=deadline
        )

    async def put_json(self, service: Service, path: str, principal: Principal, body: Any) -> Any:
        return await self._json(service, "PUT", path, principal, body=body)

    async def patch_json(
        self,
        service: Service,
        path: str,
        principal: Principal,
        body: Any,
        *,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
    ) -> Any:
        """`headers` may say If-Match; a conflict comes back as UpstreamProblem with what the service says."""
        return await self._json(
            service, "PATCH", path, principal, body=body, headers=headers, deadline=deadline
        )

    async def _json(
        self, service: Service, method: str, path: str, principal: Principal, **options: Any
    ) -> Any:
        answer = await self.call(service, method, path, principal, **options)
        answer.raise_for_problem()
        return answer.json()

    async def call(
        self,
        service: Service,
        method: str,
        path: str,
        principal: Principal,
        *,
        query: Query | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
    ) -> Answer:
        """One call, with JSON or a Form, whatever it answers; raises UpstreamProblem when nobody does."""
        sent = dict(headers or {})
        content: bytes | None = None
        if body is not None and not isinstance(body, Form):
            content = orjson.dumps(body)
            sent["Content-Type"] = "application/json"

        async def ask(address: str) -> Answer:
            url = URL(address + path, encoded=True)
            async with self._open().request(
                method,
                url.with_query(query) if query else url,
                data=body.encoded() if isinstance(body, Form) else content,
                headers=self._signed(principal, sent),
                allow_redirects=False,
            ) as response:
                return Answer(response.status, response.headers, await response.read())

        return await self._answered(service, ask, deadline, may_repeat=_may_repeat(method, sent))

    async def forward(
        self,
        request: Request,
        service: Service,
        path: str,
        principal: Principal,
        *,
        query: str | None = None,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
        stream: bool = False,
    ) -> Response:
        """Pass a request on and its answer back: method, query and body as they came, never buffered.

        `path` is used as it is: quote what a caller put into it. `headers` are added to (or override) those
        passed on; `query` overrides it. With `stream` the answer is not buffered either (files).
        """
        asked = request.scope["query_string"].decode("latin-1") if query is None else query
        target = path + (f"?{asked}" if asked else "")
        sent = {name: value for name in _PASSED_IN if (value := request.headers.get(name)) is not None}
        sent.update(headers or {})
        body = await _Body.of(request)
        if body is None:
            sent.pop("content-length", None)

        async def ask(address: str) -> Response:
            response = await self._open().request(
                "GET" if request.method == "HEAD" else request.method,
                URL(address + target, encoded=True),
                data=body.content if body else None,
                headers=self._signed(principal, sent),
                allow_redirects=False,
            )
            if request.method == "HEAD":
                response.close()
                return passed_on(Answer(response.status, response.headers, b""))
            if stream and response.status < 400:
                return streamed_on(response)
            async with response:
                return passed_on(Answer(response.status, response.headers, await response.read()))

        may_repeat = _may_repeat(request.method, sent) and not (body and body.is_streamed)
        return await self._answered(service, ask, deadline, may_repeat=may_repeat, body=body)

    async def _answered(
        self,
        service: Service,
        ask: Callable[[str], Awaitable[AnswerT]],
        deadline: float | None,
        *,
        may_repeat: bool,
        body: _Body | None = None,
    ) -> AnswerT:
        """The first replica's answer; the next one is asked where that cannot do a thing twice.

        No answer is a problem 503, unless the caller's own body was at fault.
        """
        replicas = self._replicas[service]
        for replica in replicas.admitted():
            try:
                async with asyncio.timeout(deadline or self.deadline):
                    answer = await ask(replica.url)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                if body and body.fault:
                    raise body.fault from error
                replica.breaker.failed(was_refused=isinstance(error, _REFUSED))
                _log.warning("a service does not answer", upstream=service, error=type(error).__name__)
                if isinstance(error, _NEVER_SENT) or (may_repeat and not isinstance(error, TimeoutError)):
                    continue
                break
            replica.breaker.succeeded()
            return answer
        raise _away(service, replicas.retry_after)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("Upstreams.start was not awaited")
        return self._session

    def _signed(self, principal: Principal, headers: dict[str, str]) -> dict[str, str]:
        headers[PRINCIPAL_HEADER] = self._signer.sign(principal)
        if trace := traceparent():
            headers["traceparent"] = trace
        return headers


class _Body:
    """A request's body on its way: small ones whole, others chunk by chunk; remembers the sender's fault."""

    def __init__(self, content: bytes | None, request: Request) -> None:
        self._request = request
        self._content = content
        self.fault: Exception | None = None

    @property
    def is_streamed(self) -> bool:
        """What has passed through cannot be sent again."""
        return self._content is None

    @property
    def content(self) -> bytes | AsyncIterator[bytes]:
        return self._chunks() if self._content is None else self._content

    @classmethod
    async def of(cls, request: Request) -> _Body | None:
        if request.method in ("GET", "HEAD"):
            return None
        length = request.headers.get("content-length", "")
        is_small = length.isdigit() and int(length) <= _SMALL_BODY
        return cls(await request.body() if is_small else None, request)

    async def _chunks(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._request.stream():
                if chunk:
                    yield chunk
        except Exception as fault:
            self.fault = fault
            raise


def _may_repeat(method: str, headers: Mapping[str, str]) -> bool:
    """A key or a version makes a write count once, however often it is asked."""
    return method in ("GET", "HEAD") or not _COUNTED_ONCE.isdisjoint(map(str.lower, headers))


def _away(service: Service, retry_after: int) -> UpstreamProblem:
    return UpstreamProblem(
        503,
        f"The part of the system called {service} does not answer; please try again.",
        is_away=True,
        headers={"Retry-After": str(retry_after)},
    )
