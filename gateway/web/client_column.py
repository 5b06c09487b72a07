"""The client's column beside a ticket: what clients answered, with what tickets knows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.contracts_http import ContractView, WorkedMinutes
from gateway.hours import composed

_PARTS = ("company", "person", "contract", "equipment", "credentials", "licences")
_OF_COMPANY, _OF_OTHERS = 5, 3


def column_of(desk: Mapping[str, Any], context: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the column's template shows; a part that is None says that it could not be loaded."""
    parts = dict.fromkeys(_PARTS) if context is None else {name: context.get(name) for name in _PARTS}
    holding = parts["contract"]
    return {
        **parts,
        "hours": _hours(desk, holding) if holding else None,
        "earlier": _earlier(desk["ticket"], desk["latest"]),
    }


def _hours(desk: Mapping[str, Any], holding: Mapping[str, Any]) -> dict[str, Any]:
    worked = WorkedMinutes.model_validate(desk["worked"])
    contract = ContractView.model_validate(holding["contract"]) if holding["contract"] else None
    return composed(str(worked.company_id), worked.month, contract, worked).model_dump()


def _earlier(
    ticket: Mapping[str, Any], latest: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, list[Mapping[str, Any]]]:
    """The latest others of the person, of the equipment and of the company, each only once."""
    shown = {ticket["number"]}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for whose, most in (("equipment", _OF_OTHERS), ("person", _OF_OTHERS), ("company", _OF_COMPANY)):
        others = [one for one in latest.get(whose, ()) if one["number"] not in shown][:most]
        shown.update(one["number"] for one in others)
        found[whose] = others
    return found
