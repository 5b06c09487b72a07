"""Histories of the registry's things: who changed what, and how it stood before."""

from __future__ import annotations

from contracts.history_http import HistoryPage
from gateway.api.calls import Call
from gateway.api.passing import for_staff
from gateway.api.queries import PageQuery

_THINGS = {
    "companies": "a company",
    "people": "a person",
    "devices": "a device",
    "equipment": "a piece of equipment",
    "licences": "a licence",
    "contracts": "a contract",
    "credentials": "a credential, without what is secret",
}

CALLS = tuple(
    Call(
        "GET", f"/{tag}/{{id:id}}/history", for_staff("clients", f"/{tag}/{{id}}/history"),
        f"The history of {thing}, the newest first", "staff", tag,
        query=PageQuery, answer=HistoryPage, also=(404,),
    )
    for tag, thing in _THINGS.items()
)  # fmt: skip
