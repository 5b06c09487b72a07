"""Open tickets that look like the one being typed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from contracts.people import PersonRef
from contracts.tickets import Status
from services.tickets.domain.alike import Candidate, alike
from services.tickets.domain.search import words_of

PERSON = PersonRef(id=new_id(), full_name="Иванова Мария")
TITLES = [
    "Не печатает принтер в бухгалтерии",
    "Нет интернета во всём офисе",
    "1С не открывается: ключ защиты",
    "Не приходит почта от клиента",
    "Принтер жуёт бумагу на складе",
]


def candidate(number: int, title: str, person: PersonRef | None = None) -> Candidate:
    somebody = person or PersonRef(id=new_id(), full_name="Кто-то")
    return Candidate(
        number=number, title=title, status=Status.NEW, person=somebody,
        received_at=datetime(2026, 11, 23, tzinfo=UTC), words=frozenset(words_of([title])),
    )  # fmt: skip


OPEN = [candidate(number, title) for number, title in enumerate(TITLES, 1)]


@pytest.mark.parametrize(
    ("typed", "likest"),
    [
        ("принтеры в бухгалтерии не печатают", 1),
        ("интернет отвалился в офисе", 2),
        ("не открыв", 3),
        ("почту от клиентов не получаем", 4),
    ],
)
def test_the_same_fault_in_other_words_is_found(typed: str, likest: int) -> None:
    assert alike(typed, None, OPEN, 5)[0][0].number == likest


@pytest.mark.parametrize("typed", ["монитор мигает", "не", "у нас на", "???"])
def test_what_is_something_else_offers_nothing(typed: str) -> None:
    assert alike(typed, None, OPEN, 5) == []


def test_while_nothing_is_typed_it_is_what_the_person_has_open() -> None:
    own = candidate(9, "Своя", PERSON)
    assert [one.number for one, _ in alike("", PERSON.id, [*OPEN, own], 5)] == [9]
    assert alike("", None, [*OPEN, own], 5) == []


@given(st.text(max_size=200), st.integers(0, 5))
def test_whatever_is_typed_no_more_are_offered_than_asked_and_the_likest_first(typed: str, most: int) -> None:
    found = alike(typed, PERSON.id, OPEN, most)
    assert len(found) <= most
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
