"""Answer templates over HTTP: one's own and shared, filled for a ticket."""

from __future__ import annotations

from chassis.clock import new_id
from chassis.principal import Principal
from tests.contract.tickets.conftest import DEVICE, LIMITED, OTHER_COMPANY, SPECIALIST, Desk


def _somebody(role: str = "specialist") -> Principal:
    return SPECIALIST.model_copy(update={"id": new_id(), "roles": (role,)})


async def test_a_template_is_filled_for_the_ticket(desk: Desk) -> None:
    number, me = await desk.receive(), _somebody()
    said = {"name": "Принято", "text": "{person.name}, заявка № {ticket.number} принята."}
    assert (await desk("POST", "/templates", said, who=me)).status == 201
    items = (await desk("GET", f"/tickets/{number}/templates", who=me)).body["items"]
    assert [one["text"] for one in items if one["name"] == "Принято"] == [
        f"Мария Петровна, заявка № {number} принята."
    ]


async def test_an_unknown_field_is_refused(desk: Desk) -> None:
    for said in ({"name": "x", "text": "{person.password}"}, {"name": "x"}, {"text": "x"}):
        assert (await desk("POST", "/templates", said)).status == 422


async def test_ones_own_is_ones_own_and_the_shared_is_everybodys_to_read(desk: Desk) -> None:
    me, other, dispatcher = _somebody(), _somebody(), _somebody("dispatcher")
    own = (await desk("POST", "/templates", {"name": "моё", "text": "x"}, who=me)).body["id"]
    shared = (await desk("POST", "/templates", {"name": "общее", "text": "x", "shared": True}, who=me)).body
    path = f"/templates/{shared['id']}"
    for method, body in (("GET", None), ("PATCH", {"name": "y"}), ("DELETE", None)):
        assert (await desk(method, f"/templates/{own}", body, who=other)).status == 404
    assert not (await desk("GET", path, who=other)).body["mine"]
    assert (await desk("PATCH", path, {"name": "y"}, who=other)).status == 422
    assert (await desk("PATCH", path, {"name": "y"}, who=dispatcher)).body["version"] == 2
    assert (await desk("PATCH", path, {"name": "z"}, who=me, If_Match='"1"')).status == 409
    assert (await desk("DELETE", path, who=me, If_Match='"2"')).status == 204
    seen = (await desk("GET", "/templates", who=me)).body["items"]
    assert [one["name"] for one in seen if one["owner"]["id"] == str(me.id)] == ["моё"]


async def test_the_same_key_again_is_the_same_template(desk: Desk) -> None:
    me, key = _somebody(), str(new_id())
    first = await desk("POST", "/templates", {"name": "a", "text": "x"}, who=me, Idempotency_Key=key)
    again = await desk("POST", "/templates", {"name": "a", "text": "x"}, who=me, Idempotency_Key=key)
    other = await desk("POST", "/templates", {"name": "b", "text": "x"}, who=me, Idempotency_Key=key)
    assert (first.body["id"], again.status, other.status) == (again.body["id"], 201, 409)


async def test_another_companys_ticket_fills_nothing(desk: Desk) -> None:
    theirs = await desk.receive(company=OTHER_COMPANY)
    assert (await desk("GET", f"/tickets/{theirs}/templates", who=LIMITED)).status == 404
    assert (await desk("GET", "/templates", who=DEVICE)).status == 403
