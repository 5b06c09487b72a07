"""What a search costs is what it finds, not what there is."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id, now
from chassis.mongo import Document
from services.faq.domain.listing import Listed
from services.faq.store.queries import NEWEST, filtered, with_all
from tests.contract.faq.conftest import Faq

_ARTICLES, _RARE = 2000, 10


@pytest.fixture
async def many(faq: Faq) -> Faq:
    """Each with many words; a few with a rare one, in title and body."""
    moment = now()
    await faq.kept["articles"].insert_many(
        {
            "_id": new_id(),
            "title": "Статья",
            "status": "draft" if number % 3 else "published",
            "category": "Редкая" if number < _RARE else "Частая",
            "tags": [],
            "check_by": "2020-01-01" if number < _RARE else None,
            "ticket": 1 if number < _RARE else None,
            "updated_at": moment,
            "words": [f"w{(number * k) % 997}" for k in range(1, 40)] + (["редк"] if number < _RARE else []),
            "title_words": ["стат"] + (["редк"] if number < _RARE else []),
            "head_words": ["стат"] + (["редк"] if number < _RARE else []),
        }
        for number in range(_ARTICLES)
    )
    return faq


async def _cost(faq: Faq, query: Document, **more: Any) -> tuple[set[str], int]:
    """The stages of the plan, and how many documents are read."""
    find = {"find": "articles", "filter": query, **more}
    told = await faq.kept.command(
        "explain", find, verbosity="executionStats", codec_options=faq.kept.codec_options
    )
    return set(_stages(told["queryPlanner"]["winningPlan"])), told["executionStats"]["totalDocsExamined"]


def _stages(plan: dict[str, Any]) -> list[str]:
    below = [*plan.get("inputStages", []), *([plan["inputStage"]] if "inputStage" in plan else [])]
    return [plan["stage"], *(stage for one in below for stage in _stages(one))]


@pytest.mark.parametrize("field", ["words", "title_words", "head_words"])
async def test_a_rare_word_is_not_sought_among_all(many: Faq, field: str) -> None:
    query = {"$and": [*with_all(field, [["редк"]]), filtered(Listed())]}
    stages, read = await _cost(many, query)
    assert "COLLSCAN" not in stages
    assert read == _RARE


async def test_a_suggestion_reads_what_has_its_words(many: Faq) -> None:
    query = {"$and": [{"$or": [{"head_words": {"$in": ["редк"]}}, {"_id": {"$in": []}}]}, filtered(Listed())]}
    stages, read = await _cost(many, query)
    assert "COLLSCAN" not in stages
    assert read == _RARE


@pytest.mark.parametrize("listed", [Listed(), Listed(statuses=("draft",)), Listed(category="Редкая")])
async def test_the_list_is_read_in_the_order_of_an_index(many: Faq, listed: Listed) -> None:
    stages, read = await _cost(many, filtered(listed), sort=dict(NEWEST), limit=50)
    assert not {"COLLSCAN", "SORT"} & stages
    assert read <= 50


async def test_stale_articles_are_not_sought_among_all(many: Faq) -> None:
    stages, read = await _cost(many, filtered(Listed(stale_on=now().date())))
    assert "COLLSCAN" not in stages
    assert read <= _RARE


async def test_articles_of_a_ticket_are_not_sought_among_all(many: Faq) -> None:
    stages, read = await _cost(many, filtered(Listed(ticket=1)), sort=dict(NEWEST), limit=5)
    assert "COLLSCAN" not in stages
    assert read <= _RARE


async def test_the_beginning_of_a_word_is_looked_up_in_its_place(many: Faq) -> None:
    words = many.kept["words"]
    await words.insert_many({"_id": f"слово{number}", "stem": "слов"} for number in range(2000))
    await many.kept.command("profile", 2)
    try:
        await many.library.words.beginning_with("слово199")
    finally:
        await many.kept.command("profile", 0)
    told = await many.kept["system.profile"].find_one({"ns": words.full_name, "op": "query"})
    assert told
    assert told["keysExamined"] <= 20
