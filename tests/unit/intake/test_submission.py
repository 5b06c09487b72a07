"""What a submission is told apart by, and who may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from chassis.clock import new_id, now
from contracts.intake import Requester
from contracts.intake_http import NewSubmission
from contracts.people import CompanyRef, PersonRef
from contracts.tickets import Status
from services.intake.domain.access import Scope
from services.intake.domain.submission import Progress, Submission, fingerprint

_COMPANY, _PERSON, _DEVICE = new_id(), new_id(), new_id()


def _requester(person: UUID = _PERSON, device: UUID | None = _DEVICE) -> Requester:
    return Requester(
        person=PersonRef(id=person, full_name="Иванова М. П."),
        company=CompanyRef(id=_COMPANY, name="ООО «Ромашка»"),
        device_id=device,
    )


def _new(**fields: Any) -> NewSubmission:
    said = {"title": "Не печатает", "description": "совсем", "diagnostics": {"os": "Windows 11", "ram": 16}}
    return NewSubmission(**{**said, **fields})


def _submission(**fields: Any) -> Submission:
    said: dict[str, Any] = {
        "id": new_id(),
        "fingerprint": "",
        "channel": "bureaucrat",
        "title": "Не печатает",
        "description": "",
        "requester": _requester(),
        "received_at": now(),
        "updated_at": now(),
    }
    return Submission(**{**said, **fields})


def test_the_same_said_twice_has_one_fingerprint() -> None:
    other_order = _new(diagnostics={"ram": 16, "os": "Windows 11"})
    assert fingerprint(_new(), _requester(), ["a", "b"]) == fingerprint(other_order, _requester(), ["a", "b"])


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Не сканирует"},
        {"description": ""},
        {"diagnostics": {"os": "Windows 11", "ram": 8}},
        {"channel": "portal"},
    ],
)
def test_another_word_is_another_fingerprint(changed: dict[str, Any]) -> None:
    assert fingerprint(_new(**changed), _requester(), []) != fingerprint(_new(), _requester(), [])


@pytest.mark.parametrize("digests", [[], ["a"], ["b", "a"], ["a", "b", "c"]])
def test_other_files_are_another_fingerprint(digests: list[str]) -> None:
    assert fingerprint(_new(), _requester(), digests) != fingerprint(_new(), _requester(), ["a", "b"])


def test_somebody_else_saying_the_same_is_another_fingerprint() -> None:
    other = _requester(person=new_id())
    assert fingerprint(_new(), other, []) != fingerprint(_new(), _requester(), [])


def test_the_same_person_on_a_device_enrolled_again_is_the_same_fingerprint() -> None:
    again = _requester(device=new_id())
    assert fingerprint(_new(), again, []) == fingerprint(_new(), _requester(), [])


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        (Scope(), True),
        (Scope(companies=(_COMPANY,)), True),
        (Scope(companies=(new_id(), _COMPANY)), True),
        (Scope(companies=(new_id(),)), False),
        (Scope(companies=()), False),
        (Scope(person=_PERSON), True),
        (Scope(person=new_id()), False),
        (Scope(device=_DEVICE), True),
        (Scope(device=new_id()), False),
        (Scope(device=new_id(), person=_PERSON, companies=(_COMPANY,)), False),
    ],
)
def test_who_may_see_a_submission(scope: Scope, *, holds: bool) -> None:
    assert scope.holds(_submission()) is holds


def test_a_submission_by_phone_is_no_devices() -> None:
    assert not Scope(device=_DEVICE).holds(_submission(requester=_requester(device=None)))


def test_a_submission_is_received_until_its_ticket_is_known() -> None:
    submission = _submission()
    assert submission.status == "received"
    submission.progress = Progress(
        number=1, version=1, status=Status.NEW, reaction_due=now(), resolution_due=now()
    )
    assert submission.status is Status.NEW


def test_the_event_says_all_that_was_submitted() -> None:
    submission = _submission(diagnostics={"os": "Windows 11"})
    event = submission.received()
    assert event.subject == str(submission.id)
    assert {**event.model_dump(), "id": submission.id}.items() >= {
        "id": submission.id,
        "title": submission.title,
        "diagnostics": {"os": "Windows 11"},
        "received_at": submission.received_at,
    }.items()
