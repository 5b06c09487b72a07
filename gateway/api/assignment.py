"""Rules of assignment: who gets a new ticket."""

from __future__ import annotations

from contracts.assignment_http import NewRules, RulesView, Trial, TrialView
from gateway.api.calls import Call
from gateway.api.passing import for_staff

CALLS = (
    Call(
        "GET", "/assignment-rules", for_staff("tickets", "/assignment-rules"),
        "The rules of assignment in their order", "staff", "assignment", answer=RulesView, etag=True,
    ),
    Call(
        "PUT", "/assignment-rules", for_staff("tickets", "/assignment-rules"),
        "Set the rules of assignment, all of them in their order", "staff", "assignment",
        body=NewRules, answer=RulesView, headers=("If-Match",), also=(409, 412), etag=True,
    ),
    Call(
        "POST", "/assignment-rules/trial", for_staff("tickets", "/assignment-rules/trial"),
        "Who would get a ticket; nothing is changed", "staff", "assignment", body=Trial, answer=TrialView,
    ),
)  # fmt: skip
