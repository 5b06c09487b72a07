"""Each answer and each change of status is news exactly once, also after a restart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bureaucrat.my_tickets import MyTickets

ME = "person-1"


def submission(*entries: dict[str, Any], **fields: Any) -> dict[str, Any]:
    about = {"id": "s1", "number": 7, "title": "Принтер", "status": "new", "person": {"id": ME}}
    updated = f"2026-11-23T09:00:{len(entries):02}Z"
    return (
        about | {"received_at": "2026-11-23T09:00:00Z", "updated_at": updated, "log": list(entries)} | fields
    )


def entry(number: int, kind: str = "answer", author: str = "staff", **fields: Any) -> dict[str, Any]:
    who = {"kind": author, "id": ME if author == "person" else "staff-1", "full_name": "Петров Пётр"}
    return {
        "id": f"e{number}",
        "kind": kind,
        "author": who,
        "text": f"текст {number}",
        "status": None,
    } | fields


@pytest.fixture
def tickets(tmp_path: Path) -> MyTickets:
    return MyTickets(tmp_path)


def test_what_is_new_to_the_program_itself_is_no_news(tickets: MyTickets) -> None:
    changed, news = tickets.hear([submission(entry(1))], person_id=ME)
    assert len(changed) == 1
    assert news == []


def test_an_answer_is_news_once(tickets: MyTickets, tmp_path: Path) -> None:
    tickets.hear([submission()], person_id=ME)
    [news] = tickets.hear([submission(entry(1))], person_id=ME)[1]
    assert (news.kind, news.text, news.author, news.number) == ("answer", "текст 1", "Петров Пётр", 7)
    assert tickets.hear([submission(entry(1))], person_id=ME) == ([], [])
    tickets.keep()
    assert MyTickets(tmp_path).hear([submission(entry(1))], person_id=ME) == ([], [])


def test_what_came_while_the_program_was_off_is_told_at_its_start(tickets: MyTickets, tmp_path: Path) -> None:
    tickets.hear([submission(entry(1))], person_id=ME)
    tickets.keep()
    later = submission(entry(1), entry(2), entry(3, "status", status="resolved"))
    news = MyTickets(tmp_path).hear([later], person_id=ME)[1]
    assert [(one.kind, one.status) for one in news] == [("answer", None), ("status", "resolved")]


def test_ones_own_words_are_no_news(tickets: MyTickets) -> None:
    tickets.hear([submission()], person_id=ME)
    later = submission(entry(1, "reply", "person"), entry(2, "reopening", "person"))
    assert tickets.hear([later], person_id=ME)[1] == []


def test_a_managers_colleagues_tickets_are_shown_but_not_told(tickets: MyTickets) -> None:
    tickets.hear([submission(person={"id": "colleague"})], person_id=ME)
    changed, news = tickets.hear([submission(entry(1), person={"id": "colleague"})], person_id=ME)
    assert len(changed) == 1
    assert news == []


def test_an_answer_that_was_overtaken_does_not_take_anything_back(tickets: MyTickets) -> None:
    tickets.hear([submission(entry(1), entry(2))], person_id=ME)
    assert tickets.hear([submission(entry(1))], person_id=ME) == ([], [])
    known = tickets.get("s1")
    assert known is not None
    assert len(known["log"]) == 2


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": 1}', b"\xff\xfe", b"null"])
def test_a_damaged_copy_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tickets.json").write_bytes(content)
    assert MyTickets(tmp_path).all() == []


@pytest.mark.parametrize("odd", [{}, {"id": "s1", "log": None}, {"id": "s1", "log": [{}], "person": None}])
def test_an_odd_answer_of_the_server_breaks_nothing(tickets: MyTickets, odd: dict[str, Any]) -> None:
    tickets.hear([submission()], person_id=ME)
    tickets.hear([odd], person_id=ME)
    assert len(tickets.all()) == 1
