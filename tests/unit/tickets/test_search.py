"""The words a ticket is found by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tickets.domain.listing import Wanted
from services.tickets.domain.search import spoken, stem, words_of
from services.tickets.store.queries import query_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("принтер", "принтеры"),
        ("принтером", "принтеру"),
        ("заявка", "заявками"),
        ("ёлка", "елки"),
        ("печатает", "печатают"),
        ("printer", "printers"),
        ("printing", "printed"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_addresses_host_names_and_models_stay_whole() -> None:
    said = spoken("Пишу на m.ivanova@romashka.example с PC-17.local, HP LaserJet-1020!")
    assert said == ["пишу", "на", "m.ivanova@romashka.example", "с", "pc-17.local", "hp", "laserjet-1020"]


def test_punctuation_has_no_words() -> None:
    assert words_of(["… — !!! ((( $ {} .* _"]) == []


def test_the_words_of_an_endless_text_are_bounded() -> None:
    endless = " ".join(f"слово{n}" for n in range(10_000)) + "я" * 10_000
    words = words_of([endless, "я" * 100_000])
    assert len(words) == 3000
    assert max(map(len, words)) <= 40


@given(st.text())
def test_any_text_yields_different_stems_within_bounds(text: str) -> None:
    words = words_of([text])
    assert len(words) == len(set(words))


@pytest.mark.parametrize("text", [".*", "(((", "$where", "^.{1,99}$", "(a+)+$", "[[:alpha:]]", "\\"])
def test_patterns_in_a_search_are_only_characters(text: str) -> None:
    (word,) = query_of(Wanted(text=f"{text}слон"))["$and"][-1:]
    for alternative in word["words"]["$in"]:
        pattern = getattr(alternative, "pattern", alternative)
        assert not set(pattern.lstrip("^")) & set(".*+()[]${}\\")


def test_a_search_for_no_words_finds_nothing() -> None:
    assert query_of(Wanted(text="!!!"))["$and"] == [{"_id": None}]


def test_a_word_being_typed_with_yo_finds_what_is_kept_without() -> None:
    (typed,) = query_of(Wanted(text="самолётн"))["$and"]
    assert any(getattr(choice, "pattern", "") == "^самолетн" for choice in typed["words"]["$in"])
