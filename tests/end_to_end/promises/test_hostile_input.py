"""Hostile input gets a clear refusal or is kept harmlessly; never a 500, never half of it."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import aiohttp
import pytest

from chassis.clock import new_id
from deploy.local.stack import Stack
from tests.end_to_end.promises.people import Answer, Employee, Specialist, picture

_TEXTS = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}} {% raw %} ${7*7}",
    '<div hx-get="/api/v1/session" hx-trigger="load">',
    "рисунок \u202egpj.exe",
    "нуль \x00 внутри \x1b[31m",
    "Z̸̛̗̀̍͆͌a̴̢̛̰̓̎l̷̰̑g̶̢̛ó",
    "🧯🔥 " * 20,
    '{"$ne": ""}',
    "(a+)+$" * 10,
]


@pytest.mark.parametrize("text", _TEXTS)
async def test_any_text_is_kept_and_read_back_without_harm(
    employee: Employee, specialist: Specialist, text: str
) -> None:
    sent = await employee.submit(text, description=text)
    kept = await specialist.done("GET", f"/tickets/{sent['number']}")
    assert kept["title"]
    assert not {"\x00", "\x1b", "\u202e"} & set(kept["title"] + kept["description"])
    found = await specialist.call("GET", "/tickets", params={"q": kept["title"][:200]})
    assert found.status == 200


_BODIES: list[Any] = [
    {},
    {"title": ""},
    {"title": "\u200b\u200b"},
    {"title": {"$ne": ""}},
    {"title": ["a"]},
    {"title": "x" * 201},
    {"title": "x", "description": "y" * 20_001},
    {"title": "x", "number": 1},
    {"title": "x", "company_id": str(new_id())},
    {"title": "x", "received_at": "0000-00-00T00:00:00Z"},
    {"title": "x", "diagnostics": "text"},
    {"title": "x", "on_behalf_of": {"person": {"id": str(new_id()), "full_name": "x"}}},
    [],
    "text",
]


@pytest.mark.parametrize("body", _BODIES)
async def test_a_body_that_is_not_as_it_should_be_is_refused(employee: Employee, body: Any) -> None:
    key = str(new_id())
    refused = await employee.call("POST", "/submissions", json=body, headers={"Idempotency-Key": key})
    assert _is_problem(refused, 422)
    assert (await employee.call("GET", f"/submissions/{key}")).status == 404


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b'{"title": "x"', "application/json", 422),
        (b'{"title": "\xff\xfe"}', "application/json", 422),
        (b'{"title": ' + b"[" * 100_000, "application/json", 422),
        (b'{"title": ' + b"9" * 5000 + b"}", "application/json", 422),
        (b"title=x", "application/x-www-form-urlencoded", 415),
        (b"", "application/json", 422),
        (b"no parts", "multipart/form-data; boundary=x", 400),
        (b"--x\r\n\r\n", "multipart/form-data", 400),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    employee: Employee, content: bytes, content_type: str, status: int
) -> None:
    refused = await employee.call(
        "POST", "/submissions", data=content, headers={"Content-Type": content_type}
    )
    assert _is_problem(refused, status, 422)


async def test_a_title_of_ten_megabytes_is_refused(employee: Employee) -> None:
    body = io.BytesIO(b'{"title": "' + b"x" * 10_000_000 + b'"}')
    refused = await employee.call(
        "POST", "/submissions", data=body, headers={"Content-Type": "application/json"}
    )
    assert _is_problem(refused, 413)


def _png_of(width: int, height: int) -> bytes:
    """A PNG that claims to be so large, in a hundred bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        _png_of(30_000, 30_000),
        picture()[:200],
        b"GIF89a" + b"\0" * 50,
        b"",
    ],
    ids=["html", "svg", "bomb", "cut", "gif", "empty"],
)
async def test_a_file_that_is_no_picture_is_no_screenshot(employee: Employee, content: bytes) -> None:
    refused = await _send_file(employee, "screenshot", content, "screen.png")
    assert _is_problem(refused, 422)
    assert refused.body["errors"][0]["field"] == "screenshot"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\r\nSet-Cookie: b=1.txt", 'q".txt', "CON.txt", "д" * 300 + ".txt", "."]
)
async def test_any_file_name_becomes_a_harmless_one(employee: Employee, name: str) -> None:
    sent = await _send_file(employee, "attachment", b"content", name)
    assert sent.status == 202
    [file] = sent.body["files"]
    assert not set(file["name"]) & set('/\\\r\n"')
    saved = await employee.call("GET", f"/files/{file['id']}")
    assert saved.body == b"content"
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in saved.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in saved.headers


async def _send_file(employee: Employee, field: str, content: bytes, name: str) -> Answer:
    form = aiohttp.FormData({"title": "С файлом"}, quote_fields=False)
    form.add_field(field, content, filename=name.replace("\r\n", "%0D%0A"), content_type="image/png")
    return await employee.call("POST", "/submissions", data=form)


_QUERIES = [
    "status[$ne]=new",
    "status=none",
    "assignee=me'--",
    "company=1",
    "sort=password",
    "limit=0",
    "limit=201",
    "limit=99999999999999999999",
    "cursor=AAAA",
    "cursor=eyJrZXkiOiAiJGd0In0=",
    "unknown=1",
]


@pytest.mark.parametrize("query", _QUERIES)
async def test_a_filter_that_is_not_offered_is_refused(specialist: Specialist, query: str) -> None:
    assert _is_problem(await specialist.call("GET", f"/tickets?{query}"), 422)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/tickets/0", 404),
        ("GET", "/tickets/99999999999999999999999999", 404),
        ("GET", "/tickets/1e3", 404),
        ("PUT", "/tickets", 405),
        ("DELETE", "/submissions", 405),
        ("GET", "/submissions/not-an-id", 404),
        ("GET", "/submissions/%00", 400),
        ("GET", "/tickets?priority=%00", 400),
        ("POST", "/session", 415),
    ],
)
async def test_a_wrong_address_or_method_is_a_problem(
    specialist: Specialist, method: str, path: str, status: int
) -> None:
    assert _is_problem(await specialist.call(method, path), status)


async def test_pages_never_show_what_was_typed_as_markup(
    helpdesk: Stack, employee: Employee, specialist: Specialist
) -> None:
    sent = await employee.submit("<b id=evil>жирно</b>", description="<img src=x onerror=alert(1)>")
    for path in ("/tickets", f"/tickets/{sent['number']}"):
        async with specialist.http.get(helpdesk.url + path) as page:
            html = await page.text()
            assert page.status == 200
            assert "<b id=evil>" not in html
            assert "<img src=x" not in html
            assert "script-src 'self'" in page.headers["Content-Security-Policy"]
            assert page.headers["Cache-Control"] == "no-store"


def _is_problem(answer: Answer, *statuses: int) -> bool:
    assert answer.status in statuses, answer
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["status"] == answer.status
    assert answer.body["title"]
    return True
