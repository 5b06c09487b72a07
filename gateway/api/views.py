"""Saved views of the list: one's own and those shared, with how many tickets each has."""

from __future__ import annotations

from contracts.views_http import Arrangement, NewView, SavedView, SavedViews, ViewCounts, ViewPatch
from gateway.api.calls import Call
from gateway.api.passing import for_staff

CALLS = (
    Call(
        "GET", "/views", for_staff("tickets", "/views"), "Saved views of the list, in one's own order",
        "staff", "views", answer=SavedViews,
    ),
    Call(
        "POST", "/views", for_staff("tickets", "/views"), "Save a view", "staff", "views",
        status=201, body=NewView, answer=SavedView, headers=("Idempotency-Key",), also=(409,), etag=True,
    ),
    Call(
        "GET", "/views/counts", for_staff("tickets", "/views/counts"),
        "How many tickets each view has, up to 99", "staff", "views", answer=ViewCounts,
    ),
    Call(
        "PUT", "/views/arrangement", for_staff("tickets", "/views/arrangement"),
        "One's own order of the views, and the one to begin with", "staff", "views",
        body=Arrangement, answer=SavedViews,
    ),
    Call(
        "GET", "/views/{id:id}", for_staff("tickets", "/views/{id}"), "One saved view", "staff", "views",
        answer=SavedView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", "/views/{id:id}", for_staff("tickets", "/views/{id}"), "Change a saved view",
        "staff", "views", body=ViewPatch, answer=SavedView, headers=("If-Match",), also=(404, 409, 412),
        etag=True,
    ),
    Call(
        "DELETE", "/views/{id:id}", for_staff("tickets", "/views/{id}"), "Remove a saved view",
        "staff", "views", status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
)  # fmt: skip
