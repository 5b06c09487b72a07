"""Names of programs and makers are found however people spell them."""

from __future__ import annotations

from collections import Counter

import pytest

from services.faq.domain.names import (
    NAMES,
    names_begun,
    names_near,
    parted,
    put_together,
    with_namesakes,
)
from services.faq.domain.search import asked, spoken, stem, telling

WHOLE = [(name[0], one) for name in NAMES for one in name[1:] if " " not in one]
IN_TWO = [(name[0], one) for name in NAMES for one in name if " " in one]


@pytest.mark.parametrize(("name", "spelled"), WHOLE)
def test_each_spelling_leads_to_every_other(name: str, spelled: str) -> None:
    assert stem(name) in with_namesakes([stem(spelled)])
    assert stem(spelled) in with_namesakes([stem(name)])


@pytest.mark.parametrize(("name", "spelled"), IN_TWO)
def test_what_people_part_is_put_together(name: str, spelled: str) -> None:
    words = asked(f"настроить {spelled} дома")
    assert put_together(words) == ["настроить", name, "дома"]
    assert parted(words) == [name]


def test_a_spelling_means_one_thing() -> None:
    names = Counter(found for name in NAMES for found in {stem(one) for one in name if " " not in one})
    assert [one for one, times in names.items() if times > 1] == []


@pytest.mark.parametrize("name", [one for name in NAMES for one in name])
def test_a_name_is_written_as_words_are_kept(name: str) -> None:
    assert name.split(" ") == [word for word in spoken(name) if word in name.split(" ")]
    assert telling([name]) != []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("аутлука", "outlook"),
        ("аутлуком", "outlook"),
        ("экселя", "excel"),
        ("винде", "windows"),
        ("виндовса", "windows"),
        ("вайфаю", "wi-fi"),
        ("вайфая", "wi-fi"),
        ("вай-фаем", "wi-fi"),
        ("касперского", "kaspersky"),
        ("телеге", "telegram"),
    ],
)
def test_a_name_is_declined(said: str, name: str) -> None:
    assert stem(name) in with_namesakes([stem(said)])


def test_other_words_have_no_namesakes() -> None:
    assert with_namesakes([stem(word) for word in ("офис", "окно", "принтер")]) == [
        stem(word) for word in ("офис", "окно", "принтер")
    ]


def test_a_name_that_is_being_typed_or_has_a_slip_is_guessed() -> None:
    assert stem("outlook") in names_begun("аутл")
    assert names_begun("аутлукс") == names_begun("ау") == []
    assert stem("outlook") in names_near("аутлукк")
    assert stem("windows") in names_near("виндоввс")
    assert names_near("кроме") == names_near("видна") == []
