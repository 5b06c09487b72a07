"""What one reads of an article is kept with it, and is never that of another version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.faq.domain import article as article_room
from services.faq.domain.rendering import Plain
from tests.contract.faq.conftest import Faq

BODY = "## Как\n\n1. Откройте **Службы**\n2. Перезапустите `Spooler`"


async def _kept(faq: Faq, article: dict[str, Any]) -> Any:
    found = await faq.kept["articles"].find_one({"_id": UUID(article["id"])})
    assert found is not None
    return found.get("plain")


async def test_it_is_written_with_the_article_and_follows_its_text(faq: Faq) -> None:
    article = await faq.article("Служба печати", BODY)
    assert await _kept(faq, article) == {
        "version": 1,
        "text": "Как\nОткройте Службы\nПерезапустите Spooler",
        "steps": "1. Откройте Службы\n2. Перезапустите Spooler",
    }
    changed = await faq("PATCH", f"/articles/{article['id']}", {"body": "Позвоните нам"})
    assert "".join(piece["text"] for piece in changed.body["extract"]) == "Позвоните нам"
    assert (await _kept(faq, article))["text"] == "Позвоните нам"


async def test_nothing_is_read_out_of_the_markdown_to_show_what_was_found(
    faq: Faq, monkeypatch: pytest.MonkeyPatch
) -> None:
    await faq.article("Служба печати", BODY)

    def read(_markdown: str) -> Plain:
        raise AssertionError

    monkeypatch.setattr(article_room, "plain_of", read)
    (found,) = (await faq("GET", "/articles?q=службы")).body["items"]
    assert {"text": "Службы", "hit": True} in found["extract"]
    (suggested,) = (await faq("POST", "/suggestions", {"title": "Служба печати"})).body["items"]
    assert suggested["steps"].startswith("1. Откройте Службы")


async def test_articles_from_before_are_read_once_at_the_start(faq: Faq) -> None:
    article = await faq.article("Служба печати", BODY)
    kept = await _kept(faq, article)
    await faq.kept["articles"].update_many({}, {"$unset": {"plain": 1}})
    await faq.kept["marks"].delete_many({})
    await faq.library.prepare()
    assert await _kept(faq, article) == kept
    await faq.kept["articles"].update_many({}, {"$unset": {"plain": 1}})
    await faq.library.prepare()
    assert await _kept(faq, article) is None


async def test_what_was_kept_of_another_version_is_not_shown(faq: Faq) -> None:
    """A replica of the release before may write an article meanwhile."""
    article = await faq.article("Служба печати", BODY)
    await faq.kept["articles"].update_many({}, {"$set": {"body": "Новые слова", "version": 2}})
    shown = (await faq("GET", f"/articles/{article['id']}")).body
    assert "".join(piece["text"] for piece in shown["extract"]) == "Новые слова"
