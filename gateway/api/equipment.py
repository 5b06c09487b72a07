"""Equipment: what a client has, and what a computer says of itself."""

from __future__ import annotations

from uuid import UUID

from contracts.equipment import EquipmentKind
from contracts.equipment_http import (
    EquipmentPage,
    EquipmentPatch,
    EquipmentView,
    NewEquipment,
    PlaceList,
    Recognised,
    Seen,
)
from gateway.api.calls import Call
from gateway.api.passing import for_staff
from gateway.api.queries import PeopleQuery


class EquipmentQuery(PeopleQuery):
    """`person`: what they use; `connected_to`: what hangs on that piece."""

    kind: EquipmentKind | None = None
    person: UUID | None = None
    connected_to: UUID | None = None


CALLS = (
    Call(
        "GET", "/equipment", for_staff("clients", "/equipment"), "List equipment", "staff", "equipment",
        query=EquipmentQuery, answer=EquipmentPage,
    ),
    Call(
        "POST", "/equipment", for_staff("clients", "/equipment"), "Add a piece of equipment",
        "staff", "equipment",
        status=201, body=NewEquipment, answer=EquipmentView, headers=("Idempotency-Key",), also=(409,),
        etag=True,
    ),
    Call(
        "GET", "/companies/{id:id}/places", for_staff("clients", "/companies/{id}/places"),
        "Where a company's equipment stands", "staff", "equipment", answer=PlaceList, also=(404,),
    ),
    Call(
        "POST", "/equipment/recognise", for_staff("clients", "/equipment/recognise"),
        "Which piece a computer is, by what it says of itself; nothing is written", "staff", "equipment",
        body=Seen, answer=Recognised, also=(404,),
    ),
    Call(
        "GET", "/equipment/{id:id}", for_staff("clients", "/equipment/{id}"),
        "One piece of equipment", "staff", "equipment", answer=EquipmentView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", "/equipment/{id:id}", for_staff("clients", "/equipment/{id}"),
        "Change a piece of equipment", "staff", "equipment",
        body=EquipmentPatch, answer=EquipmentView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "DELETE", "/equipment/{id:id}", for_staff("clients", "/equipment/{id}"),
        "Archive a piece of equipment", "staff", "equipment",
        status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
)  # fmt: skip
