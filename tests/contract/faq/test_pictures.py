"""Pictures of articles: taken as pixels only, and seen by whoever may read an article that shows them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import aiohttp
import pytest
from PIL import Image

from chassis.clock import new_id, now
from chassis.principal import Principal
from contracts.faq_http import MOST_PICTURE_BYTES
from services.faq.domain.picture import picture_id
from tests.contract.faq.conftest import DEVICE, SPECIALIST, Faq
from tests.contract.serving import Answer
from tests.unit.chassis.pictures import a_bomb, a_png, encoded, noise

_SCRIPT = b"<script>alert(1)</script>"
READER = Principal(kind="staff", id=new_id(), full_name="Гость", roles=("reader",))


async def send(faq: Faq, content: bytes, *, who: Principal = SPECIALIST, name: str = "picture") -> Answer:
    form = aiohttp.FormData()
    form.add_field(name, io.BytesIO(content), filename="../снимок.png", content_type="image/png")
    return await faq("POST", "/articles/pictures", form, who=who)


async def kept(faq: Faq, content: bytes) -> dict[str, Any]:
    answer = await send(faq, content)
    assert answer.status == 201, answer.body
    return dict(answer.body)


async def test_a_picture_is_shown_as_its_pixels_and_nothing_else(faq: Faq) -> None:
    pixels = noise()
    made = await kept(faq, encoded(pixels, "PNG") + _SCRIPT)
    assert (made["width"], made["height"], made["content_type"]) == (64, 48, "image/png")
    shown = await faq("GET", f"/articles/pictures/{made['id']}")
    assert (shown.status, shown.headers["Content-Type"]) == (200, "image/png")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert _SCRIPT not in shown.content
    assert Image.open(io.BytesIO(shown.content)).tobytes() == pixels.tobytes()


async def test_an_article_shows_it_by_its_markdown(faq: Faq) -> None:
    made = await kept(faq, encoded(noise(), "JPEG"))
    article = await faq.article("С картинкой", f"Смотрите:\n\n{made['markdown']}")
    preview = await faq("POST", "/articles/preview", {"body": made["markdown"]})
    public = await faq("GET", f"/public/articles/{article['id']}")
    for shown in (article, preview.body, public.body):
        assert f'<img src="{made["href"]}" alt="" width="64" height="48" loading="lazy">' in shown["html"]


async def test_the_same_picture_is_kept_once(faq: Faq) -> None:
    content = encoded(noise(), "PNG")
    assert (await kept(faq, content))["id"] == (await kept(faq, content))["id"]
    assert await faq.kept["pictures"].count_documents({}) == 1


async def test_clients_see_those_of_public_articles_and_no_others(faq: Faq) -> None:
    made = await kept(faq, encoded(noise(), "PNG"))
    path = f"/articles/pictures/{made['id']}"
    unknown = await faq("GET", f"/articles/pictures/{new_id()}", who=DEVICE)

    async def seen() -> int:
        answer = await faq("GET", path, who=DEVICE)
        if answer.status == 404:
            assert answer.body["detail"] == unknown.body["detail"]
        return answer.status

    assert await seen() == 404
    article = await faq.article("Схема сети", made["markdown"])
    assert await seen() == 404
    address = f"/articles/{article['id']}"
    await faq("PATCH", address, {"visibility": "public"})
    assert await seen() == 200
    await faq("PATCH", address, {"body": "Без картинки"})
    assert await seen() == 404
    await faq("POST", f"{address}/restore", {"version": 2})
    assert await seen() == 200
    await faq("PATCH", address, {"status": "withdrawn"})
    assert await seen() == 404
    assert (await faq("GET", path, who=SPECIALIST)).status == 200


async def test_a_draft_for_clients_shows_its_pictures_to_colleagues_only(faq: Faq) -> None:
    made = await kept(faq, encoded(noise(), "PNG"))
    await faq.article("Черновик", made["markdown"], status="draft", visibility="public")
    assert (await faq("GET", f"/articles/pictures/{made['id']}", who=DEVICE)).status == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html>" + _SCRIPT,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + _SCRIPT,
        encoded(noise(), "GIF"),
        encoded(noise(), "PNG")[:-40],
        encoded(noise(), "JPEG")[:-200],
        a_bomb(),
        a_png(64, 48),
    ],
    ids=["empty", "html", "svg", "gif+script", "gif", "cut png", "cut jpeg", "bomb", "no pixels"],
)
async def test_what_is_no_picture_is_refused(faq: Faq, content: bytes) -> None:
    answer = await send(faq, content)
    assert (answer.status, answer.fields) == (422, ["picture"])
    assert await faq.kept["pictures"].count_documents({}) == 0


async def test_what_is_too_large_is_refused(faq: Faq) -> None:
    assert (await send(faq, b"\0" * (MOST_PICTURE_BYTES + 1))).status == 413


async def test_only_those_who_write_articles_send_pictures(faq: Faq) -> None:
    content = encoded(noise(), "PNG")
    assert (await send(faq, content, who=DEVICE)).status == 403
    assert (await send(faq, content, who=READER)).status == 403
    assert (await send(faq, content, name="file")).status == 422
    assert (await faq("POST", "/articles/pictures", {"picture": "x"})).status == 415


async def test_what_no_article_ever_named_is_forgotten_after_a_while(faq: Faq) -> None:
    """MongoDB itself takes it away after its day; what a version names has no such day."""
    used, unused = encoded(noise(), "PNG"), encoded(noise(), "PNG")
    await kept(faq, unused)
    await faq.article("Одна", (await kept(faq, used))["markdown"])
    pictures = faq.kept["pictures"]
    (index,) = [one for one in (await pictures.index_information()).values() if "expireAfterSeconds" in one]
    assert index["key"] == [("unused_until", 1)]
    waiting = await pictures.find_one({"_id": picture_id(unused)})
    assert waiting is not None
    assert waiting["unused_until"].replace(tzinfo=now().tzinfo) > now() + timedelta(days=29)
    named = await pictures.find_one({"_id": picture_id(used)})
    assert named is not None
    assert "unused_until" not in named
    await kept(faq, used)
    assert "unused_until" not in (await pictures.find_one({"_id": UUID(str(picture_id(used)))}) or {})
