"""Suggestions find the right article for problems they never saw, and better than plain text search."""

from __future__ import annotations

from tests.load.suggestions import measure


async def test_the_right_article_is_among_the_first_three(mongo_url: str) -> None:
    told = await measure(mongo_url)
    assert told.ours.first_three >= 0.95, told.missed
    assert told.categorised.first_three >= told.ours.first_three
    assert told.ours.first_three >= told.baseline.first_three
    assert told.ours.first >= told.baseline.first
