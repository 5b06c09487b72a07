"""A password read out on the phone cannot be misheard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.web.card.revealing import reason_in
from gateway.web.card.spelling import spelled


def test_each_sign_has_a_word_of_its_own() -> None:
    said = [one.said for one in spelled("aA1дД-_", "ru")]
    assert said == [
        "Alfa, латинская, строчная",
        "Alfa, латинская, заглавная",
        "цифра 1",
        "Дмитрий, русская, строчная",
        "Дмитрий, русская, заглавная",
        "дефис",
        "подчёркивание",
    ]


def test_letters_that_look_alike_are_told_apart() -> None:
    """Latin and Cyrillic, zero and o."""
    said = [one.said for one in spelled("cсOО0", "en")]
    assert len(set(said)) == 5


@given(st.text())
def test_whatever_a_password_is_made_of_is_spelled_sign_by_sign(secret: str) -> None:
    found = spelled(secret, "ru")
    assert "".join(one.sign for one in found) == secret
    assert all(one.said for one in found)


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"ticket": "12"}, {"ticket": 12}),
        ({"reason": "№ 34"}, {"ticket": 34}),
        ({"reason": "35"}, {"ticket": 35}),
        ({"reason": " звонил директор "}, {"reason": "звонил директор"}),
        ({"reason": "0"}, {"reason": "0"}),
        ({}, {"reason": ""}),
    ],
)
def test_a_number_alone_is_a_tickets(form: dict[str, str], reason: dict[str, object]) -> None:
    assert reason_in(form) == reason
