"""How things are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.text import clean_line
from services.clients.domain.search import (
    email_keys,
    name_keys,
    phone_keys,
    sort_key,
    wanted_words,
)


def _finds(query: str, keys: set[str]) -> bool:
    return all(any(key.startswith(word) for key in keys) for word in wanted_words(query))


@given(st.text(max_size=200).map(clean_line))
def test_a_name_is_found_by_itself(name: str) -> None:
    """But for figures alone, which are looked for as a phone."""
    is_a_name = any(map(str.isalpha, name)) and name_keys(name)
    assert not is_a_name or _finds(name, name_keys(name))


@given(st.text(max_size=200).map(clean_line))
def test_keys_are_bounded_whatever_the_text(name: str) -> None:
    assert all(0 < len(key) <= 64 for key in name_keys(name) | email_keys(name) | phone_keys(name))
    assert len(sort_key(name)) <= 80
    assert len(wanted_words(name)) <= 8


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ромаш", "ООО «Ромашка»"),
        ("сервис", "Ромашка-Сервис"),
        ("ромашка-с", "Ромашка-Сервис"),
        ("щепкин", "Щёпкин Пётр"),
        ("петр щеп", "Щёпкин Пётр"),
        ("O'Neil", "Shaun O'Neil"),
        ("«Зима»", "ООО Зима"),
        ("№7", "Школа №7"),
    ],
)
def test_a_beginning_of_each_word_is_enough(query: str, name: str) -> None:
    assert _finds(query, name_keys(name))


@pytest.mark.parametrize(
    "query", ["+7 916 010-20-30", "8 (916) 010 20 30", "89160102030", "916 010", "0102030", "2030", "+7916"]
)
def test_a_phone_is_found_however_it_is_typed(query: str) -> None:
    assert _finds(query, phone_keys("8 916 010 20 30"))
    assert _finds(query, phone_keys("+7 (916) 010-20-30"))
    assert _finds(query, phone_keys("8 (916) 010-20-30 доб. 15"))


@given(st.text(min_size=1, max_size=30).map(clean_line).filter(bool))
def test_no_query_finds_everything(query: str) -> None:
    assert wanted_words(query)


def test_an_address_is_found_by_its_parts() -> None:
    keys = email_keys("Ivan.Petrov@Mail.Romashka.example")
    for query in (
        "ivan.pet",
        "petrov",
        "romashka",
        "mail.romashka.example",
        "IVAN.PETROV@MAIL.ROMASHKA.EXAMPLE",
    ):
        assert _finds(query, keys), query


def test_names_sort_as_in_the_alphabet() -> None:
    assert sorted(["Жуков", "Ёлкин", "Егоров", "ежов"], key=sort_key) == ["Егоров", "ежов", "Ёлкин", "Жуков"]
