"""A specialist's own drafts and timer."""

from __future__ import annotations

from contracts.drafts_http import DraftBody, DraftView, TimerBody, TimerStopped, TimerView
from gateway.api.calls import Call
from gateway.api.passing import for_staff

CALLS = (
    Call(
        "GET", "/tickets/{number:number}/draft", for_staff("tickets", "/tickets/{number}/draft"),
        "What one is writing on a ticket", "staff", "tickets", answer=DraftView, also=(404,), etag=True,
    ),
    Call(
        "PUT", "/tickets/{number:number}/draft", for_staff("tickets", "/tickets/{number}/draft"),
        "Keep what one is writing; sending it empties it", "staff", "tickets",
        body=DraftBody, answer=DraftView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "GET", "/timer", for_staff("tickets", "/timer"), "One's own timer", "staff", "tickets",
        answer=TimerView,
    ),
    Call(
        "PUT", "/timer", for_staff("tickets", "/timer"), "Let one's timer run on a ticket, or rest there",
        "staff", "tickets", body=TimerBody, answer=TimerView, also=(404, 409),
    ),
    Call(
        "DELETE", "/timer", for_staff("tickets", "/timer"),
        "Stop one's timer; its minutes go into the draft of its ticket", "staff", "tickets",
        answer=TimerStopped, also=(409,),
    ),
)  # fmt: skip
