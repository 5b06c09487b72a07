"""What colleagues have reported already is offered; what is over, one's own or nothing alike is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id, now
from contracts.intake import Requester
from contracts.people import CompanyRef, PersonRef
from contracts.tickets import Status
from services.intake.domain.alike import alike, may_be_joined
from services.intake.domain.submission import Progress, Submission

_AT, _ME = now(), new_id()


def reported(title: str, status: Status | None = Status.NEW, **fields: Any) -> Submission:
    progress = status and Progress(number=1, version=1, status=status, reaction_due=_AT, resolution_due=_AT)
    requester = Requester(
        person=PersonRef(id=fields.pop("person", new_id()), full_name="Иванова"),
        company=CompanyRef(id=new_id(), name="ООО"),
    )
    said: dict[str, Any] = {
        "id": new_id(),
        "fingerprint": "",
        "channel": "api",
        "title": title,
        "description": "",
        "requester": requester,
        "received_at": _AT,
        "updated_at": _AT,
        "progress": progress,
    }
    return Submission(**{**said, **fields})


def test_other_forms_of_the_words_are_alike_and_the_likest_come_first() -> None:
    printer, both = reported("Сломался принтер"), reported("Принтер в бухгалтерии сломался")
    found = alike("не печатает принтер бухгалтерии", _ME, [reported("Нет сети"), printer, both], 3)
    assert found == [both, printer]


def test_of_equals_the_newest_comes_first_and_only_so_many() -> None:
    older = [reported("Нет интернета", received_at=_AT - timedelta(hours=n)) for n in range(5)]
    assert alike("нет интернета", _ME, reversed(older), 2) == older[:2]


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED, Status.CANCELLED, Status.MERGED, None])
def test_what_is_over_or_has_no_number_yet_is_not_offered(status: Status | None) -> None:
    one = reported("Нет интернета", status)
    assert not may_be_joined(one)
    assert alike("нет интернета", _ME, [one], 3) == []


def test_ones_own_and_what_joined_another_itself_are_not_offered() -> None:
    own, joined = reported("Нет интернета", person=_ME), reported("Нет интернета", joined=new_id())
    assert alike("нет интернета", _ME, [own, joined], 3) == []


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert len(alike(one, _ME, [reported(other)], 3)) <= 1
