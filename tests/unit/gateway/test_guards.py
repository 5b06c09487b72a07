import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.problems import Problem
from gateway.access.rate import Rate
from gateway.guards import bodies
from gateway.guards.bodies import BodyGuard
from gateway.guards.headers import SecurityHeaders
from gateway.guards.heads import HeadGuard
from gateway.guards.rates import RateGuard


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"{len(body)} bytes")(scope, receive, send)


async def ask(
    app: ASGIApp,
    *,
    chunks: list[bytes] | None = None,
    headers: list[tuple[bytes, bytes]] | None = None,
    method: str = "POST",
    path: str = "/api/v1/session",
    query: bytes = b"",
) -> tuple[int, dict[bytes, bytes], bytes]:
    async def coming() -> AsyncIterator[Message]:
        for chunk in chunks or []:
            yield {"type": "http.request", "body": chunk, "more_body": True}
        yield {"type": "http.request", "body": b"", "more_body": False}

    messages, sent = coming(), list[Message]()

    async def receive() -> Message:
        return await anext(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": headers or [],
        "client": ("192.0.2.1", 5000),
    }
    await app(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body


async def test_a_body_within_the_limit_passes() -> None:
    status, _, body = await ask(BodyGuard(echo, limit_of=lambda _: 10), chunks=[b"12345", b"67890"])

    assert (status, body) == (200, b"10 bytes")


async def test_a_body_that_is_announced_too_large_is_refused_unread() -> None:
    guard = BodyGuard(echo, limit_of=lambda _: 10)

    status, headers, _ = await ask(guard, headers=[(b"content-length", b"11")])

    assert status == 413
    assert headers[b"connection"] == b"close"


async def test_a_body_that_grows_too_large_on_the_way_is_refused() -> None:
    status, _, _ = await ask(BodyGuard(echo, limit_of=lambda _: 10), chunks=[b"123456", b"789012"])

    assert status == 413


async def test_what_the_application_makes_of_a_refused_body_does_not_matter() -> None:
    async def confused(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await Request(scope, receive).body()
        except Exception:
            await PlainTextResponse("we made a mistake", 500)(scope, receive, send)

    status, _, _ = await ask(BodyGuard(confused, limit_of=lambda _: 1), chunks=[b"12"])

    assert status == 413


async def test_a_body_that_comes_too_slowly_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_GRACE_SECONDS", 0.0)
    monkeypatch.setattr(bodies, "_LEAST_BYTES_PER_SECOND", 10**9)

    sent = list[Message]()

    async def send(message: Message) -> None:
        sent.append(message)

    guard = BodyGuard(echo, limit_of=lambda _: 10)
    await guard({"type": "http", "method": "POST", "path": "/", "headers": []}, _silent, send)

    assert sent[0]["status"] == 408


async def _silent() -> Message:
    await asyncio.Event().wait()
    raise AssertionError("it never comes")


async def test_headers_that_come_twice_are_refused() -> None:
    twice = [(b"authorization", b"a"), (b"authorization", b"b")]

    assert (await ask(HeadGuard(echo), headers=twice))[0] == 400
    assert (await ask(HeadGuard(echo), headers=[(b"accept", b"a"), (b"accept", b"b")]))[0] == 200


async def test_a_nul_in_the_address_is_refused() -> None:
    assert (await ask(HeadGuard(echo), path="/api/v1/devices/codes/a\0b"))[0] == 400
    assert (await ask(HeadGuard(echo), query=b"q=%00"))[0] == 400


async def test_who_calls_too_often_is_told_when_to_come_again() -> None:
    guard = RateGuard(echo, rate=Rate(0.1, 1), address_rate=Rate(0.1, 100))
    mine, theirs = [(b"authorization", b"Bearer mine")], [(b"authorization", b"Bearer theirs")]

    assert (await ask(guard, headers=mine))[0] == 200
    status, headers, _ = await ask(guard, headers=mine)

    assert status == 429
    assert 1 <= int(headers[b"retry-after"]) <= 10
    assert (await ask(guard, headers=theirs))[0] == 200


async def test_made_up_credentials_make_no_new_callers() -> None:
    guard = RateGuard(echo, rate=Rate(0.1, 1), address_rate=Rate(0.1, 5))

    statuses = [(await ask(guard, headers=[(b"cookie", b"x=%d" % n)]))[0] for n in range(8)]

    assert statuses == [200] * 5 + [429] * 3


async def test_every_answer_carries_the_security_headers() -> None:
    guard = SecurityHeaders(echo, is_secure=True)

    _, headers, _ = await ask(guard)

    assert b"default-src 'none'" in headers[b"content-security-policy"]
    assert b"img-src 'self';" in headers[b"content-security-policy"]
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert b"strict-transport-security" in headers
    assert headers[b"cache-control"] == b"no-store"


async def test_a_stricter_policy_of_the_answer_itself_stays() -> None:
    async def file(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(headers={"Content-Security-Policy": "sandbox"})(scope, receive, send)

    _, headers, _ = await ask(SecurityHeaders(file, is_secure=False))

    assert headers[b"content-security-policy"] == b"sandbox"
    assert b"strict-transport-security" not in headers


async def test_a_mistake_of_ours_shows_nothing_of_our_insides() -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError("password=hunter2")

    status, headers, body = await ask(SecurityHeaders(broken, is_secure=False))

    assert status == 500
    assert headers[b"content-type"] == b"application/problem+json"
    assert b"hunter2" not in body


async def test_who_reads_pages_is_refused_by_a_page_and_a_program_by_a_problem() -> None:
    def refuse(scope: Scope, problem: Problem) -> Response:
        return PlainTextResponse(f"page {problem.status} for {scope['path']}", problem.status)

    rate = Rate(0.1, 1)
    rate.take("192.0.2.1")
    guards: dict[int, ASGIApp] = {
        400: HeadGuard(echo, refuse=refuse),
        413: BodyGuard(echo, limit_of=lambda _: 1, refuse=refuse),
        429: RateGuard(echo, rate=rate, address_rate=rate, refuse=refuse),
    }
    for status, guard in guards.items():
        answer = await ask(guard, path="/tickets", query=b"%00", chunks=[b"12"])
        assert (answer[0], answer[2]) == (status, b"page %d for /tickets" % status)
