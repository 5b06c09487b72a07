"""Which commands fit what is typed into the palette."""

from __future__ import annotations

import pytest

from gateway.web.palette_views import PLACES, fitting


@pytest.mark.parametrize(
    ("asked", "lang", "first"),
    [
        ("катег", "ru", "/categories"),
        ("СРОКИ", "ru", "/terms"),
        ("заявка нов", "ru", "/new"),
        ("new", "ru", "/new"),
        ("sla", "ru", "/plans"),
        ("article write", "en", "/faq/new"),
    ],
)
def test_a_command_is_found_by_the_beginnings_of_its_words(asked: str, lang: str, first: str) -> None:
    assert fitting(PLACES, asked, lang)[0].href == first


def test_nothing_asked_offers_all_and_a_foreign_word_nothing() -> None:
    assert fitting(PLACES, " ", "ru") == list(PLACES)
    assert fitting(PLACES, "принтер", "ru") == []
