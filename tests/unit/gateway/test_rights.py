from uuid import UUID

import orjson
import pytest

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.tickets import TicketAnswered, TicketChanged, TicketNoted, TicketWorkLogged
from gateway.live.heard import Heard, for_requester, for_staff, may_hear
from tests.unit.gateway.tickets import COMPANY, PERSON, change, entry, happened, heard


def staff(*companies: UUID) -> Principal:
    return Principal(kind="staff", id=new_id(), full_name="Кто-то", companies=companies or None)


def device(person: UUID, *, confirmed: bool = True) -> Principal:
    return Principal(
        kind="device",
        id=new_id(),
        full_name="Кто-то",
        person_id=person,
        company_id=COMPANY,
        confirmed=confirmed,
    )


def test_staff_hear_of_all_companies_or_of_those_they_are_limited_to() -> None:
    assert may_hear(staff(), happened())
    assert may_hear(staff(COMPANY), happened())
    assert not may_hear(staff(new_id()), happened())


def test_a_device_hears_only_of_its_own_person() -> None:
    assert may_hear(device(PERSON), happened())
    assert not may_hear(device(new_id()), happened())


def test_a_device_whose_person_nobody_confirmed_hears_nothing() -> None:
    assert not may_hear(device(PERSON, confirmed=False), happened())


def test_a_requester_never_sees_an_internal_note() -> None:
    assert for_requester(heard(happened(TicketNoted, entry=entry("секрет", public=False)))) is None
    assert for_requester(heard(happened(TicketWorkLogged, entry=entry("секрет", public=False)))) is None


def test_a_requester_sees_a_status_that_changed_together_with_an_internal_entry_but_not_the_entry() -> None:
    event = happened(
        TicketWorkLogged,
        entry=entry("секрет", public=False),
        changes=[change("status", "new", "in_progress")],
    )

    shown = for_requester(heard(event))

    assert shown is not None
    assert "секрет" not in orjson.dumps(shown).decode()
    assert "text" not in shown


@pytest.mark.parametrize("field", ["assignee", "priority", "category"])
def test_a_change_of_what_is_internal_is_not_the_requesters_business(field: str) -> None:
    assert for_requester(heard(happened(TicketChanged, changes=[change(field, None, "x")]))) is None


def test_a_public_answer_comes_with_its_text_and_author() -> None:
    shown = for_requester(heard(happened(TicketAnswered, entry=entry("Готово", public=True))))

    assert shown is not None
    assert shown["text"] == "Готово"
    assert shown["author"] == {"kind": "staff", "full_name": "Ковалёв Дмитрий Андреевич"}
    assert shown["number"] == 7


def test_staff_see_the_whole_state_and_what_happened() -> None:
    shown = for_staff(heard(happened(TicketChanged, changes=[change("priority", "normal", "high")])))

    assert shown["person"]["id"] == str(PERSON)
    assert shown["changes"] == [{"field": "priority", "before": "normal", "after": "high"}]


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff", b'{"type": "x"}', b" " * 300_000], ids=lambda body: repr(body[:10])
)
def test_what_is_no_event_of_ours_is_not_heard(body: bytes) -> None:
    assert Heard.parse(body) is None
