"""Whatever is typed into an article or a search: a clear answer, nothing that acts, nothing half-stored."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id
from tests.contract.faq.conftest import DEVICE, DISPATCHER, Faq

_TEXTS = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)><math><mtext></mtext></math></svg>",
    '<a hx-get="/tickets" hx-trigger="load" data-hx-on:click="x">x</a>',
    "{{7*7}} {% raw %} ${7*7} #{7*7}",
    "[x](javascript:alert(1)) ![x](https://evil.example/p.png)",
    "a\u202etxt.exe \u2066x\u2069",
    "нуль\x00в\x07середине",
    "z\u0335\u0336\u0337\u0338\u0339\u033a\u033b" * 20,
    "👩‍👩‍👧‍👦 🔥 \u200b\u200d",
    "=HYPERLINK(1) +1 -1 @x",
]
_ACTING = ("<script", "<svg", "<math", "<a hx", "hx-get=", "onload=alert", 'href="javascript', "<img")


@pytest.mark.parametrize("text", _TEXTS)
async def test_every_field_shows_what_was_typed_and_does_nothing(faq: Faq, text: str) -> None:
    made = await faq(
        "POST",
        "/articles",
        {"title": f"О {text}"[:200], "body": text, "category": text[:90], "tags": [text[:40]]},
    )
    assert made.status == 201, made.body
    html = made.body["html"].replace("&lt;", "‹").replace("&gt;", "›")
    acting = [one for one in _ACTING if one in made.body["html"].lower()]
    assert not [one for one in acting if one not in html.lower() or one.startswith("<")], html
    for field in ("title", "body", "category"):
        assert "\x00" not in made.body[field]
        assert "\u202e" not in made.body[field]
    assert (await faq("GET", f"/articles/{made.body['id']}")).body["title"] == made.body["title"]
    found = await faq("POST", "/suggestions", {"title": text[:200], "text": text}, who=DEVICE)
    assert (found.status, found.body["items"]) == (200, [])


@pytest.mark.parametrize("value", [{"$ne": ""}, {"$where": "1"}, {"$regex": ".*"}, ["x"], 1, True, None])
async def test_no_value_is_an_operator(faq: Faq, value: Any) -> None:
    made = await faq.article("Есть")
    for field in ("title", "body", "category", "status", "visibility"):
        wanted = {"title": "x", field: value}
        assert (await faq("POST", "/articles", wanted)).status == 422
        assert (await faq("PATCH", f"/articles/{made['id']}", {field: value})).status == 422
    for field in ("kind", "text", "ticket"):
        use = {"kind": "inserted", field: value}
        answer = await faq("POST", f"/articles/{made['id']}/uses", use)
        if (field, value) not in (("ticket", None), ("ticket", 1)):
            assert answer.status == 422, (field, value)
    assert await faq.kept["articles"].count_documents({}) == 1
    assert (await faq("GET", f"/articles/{made['id']}")).body["version"] == 1


@pytest.mark.parametrize(
    "field", ["author", "version", "uses", "helped", "id", "ticket", "created_at", "$set", "a.b"]
)
async def test_fields_not_offered_are_refused(faq: Faq, field: str) -> None:
    made = await faq.article("Есть")
    assert (await faq("POST", "/articles", {"title": "x", field: "1"})).status == 422
    assert (await faq("PATCH", f"/articles/{made['id']}", {field: "1"})).status == 422


@pytest.mark.parametrize(
    "query",
    [
        "q[$ne]=x", "status=deleted", "status[$ne]=draft", "sort=body", "cursor=AAAA", "cursor=%00",
        "limit=0", "limit=201", "limit=1e9", "stale=maybe", "visibility=secret", "q=%ff%fe",
        "category=" + "x" * 101,
    ],
)  # fmt: skip
async def test_a_query_that_is_none_is_refused_or_finds_nothing(faq: Faq, query: str) -> None:
    await faq.article("Есть")
    answer = await faq("GET", f"/articles?{query}")
    assert answer.status == 422 or answer.body["items"] == []


async def test_bodies_that_are_too_much_are_refused(faq: Faq) -> None:
    assert (await faq("POST", "/articles", {"title": "ы" * 1000})).status == 422
    assert (await faq("POST", "/articles", b'{"title": ' + b"[" * 5000)).status in (400, 422)
    assert (await faq("POST", "/articles", b"\xff\xfe{}")).status in (400, 422)
    assert (await faq("POST", "/articles", b'{"title": "\\ud800", "body": "x"}')).status in (201, 422)
    assert (await faq("POST", "/articles", {"title": "x", "check_by": "0000-01-01"})).status == 422
    assert (await faq("POST", "/articles", {"title": "x", "check_by": "9999-12-31"})).status in (201, 422)


async def test_markdown_that_is_hard_to_read_is_read_soon(faq: Faq) -> None:
    for body in (
        "[" * 20_000,
        "![" * 20_000,
        "*a_" * 20_000,
        "`" * 50_000,
        "> " * 20_000,
        "- " * 20_000,
        "|" * 50_000,
    ):
        assert (await faq("POST", "/articles/preview", {"body": body})).status == 200


async def test_nothing_of_internal_articles_reaches_clients(faq: Faq) -> None:
    """The same answer for «not there» and «not yours», in everything a device may ask."""
    internal = await faq.article("Пароль от сейфа", "1. Код 4815.")
    draft = await faq.article("Сейф для всех", status="draft", visibility="public")
    for one in (internal["id"], draft["id"]):
        unknown = await faq("GET", f"/public/articles/{new_id()}", who=DEVICE)
        hidden = await faq("GET", f"/public/articles/{one}", who=DEVICE)
        assert (
            (hidden.status, hidden.body["detail"])
            == (unknown.status, unknown.body["detail"])
            == (404, unknown.body["detail"])
        )
    assert (await faq("POST", "/suggestions", {"title": "Пароль от сейфа"}, who=DEVICE)).body["items"] == []
    for method, path in (
        ("GET", "/articles"),
        ("GET", f"/articles/{internal['id']}"),
        ("GET", f"/articles/{internal['id']}/versions"),
        ("GET", "/articles/misses"),
        ("GET", "/articles/due"),
        ("GET", "/articles/categories"),
        ("POST", "/articles/preview"),
    ):
        assert (await faq(method, path, {} if method == "POST" else None, who=DEVICE)).status == 403
        assert (await faq(method, path, {} if method == "POST" else None, who=None)).status == 401
    assert (await faq("GET", "/articles", who=DISPATCHER)).status == 200
