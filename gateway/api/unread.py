"""What a specialist is told of: tickets that somebody gave them."""

from __future__ import annotations

from contracts.unread_http import UnreadList, UnreadSeen
from gateway.api.calls import Call
from gateway.api.passing import for_staff

CALLS = (
    Call(
        "GET", "/unread", for_staff("tickets", "/unread"), "Tickets that somebody else gave the caller",
        "staff", "unread", answer=UnreadList,
    ),
    Call(
        "POST", "/unread/seen", for_staff("tickets", "/unread/seen"), "Count them as read",
        "staff", "unread", body=UnreadSeen, answer=UnreadList,
    ),
)  # fmt: skip
