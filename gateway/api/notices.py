"""What one wants to be told of by the browser."""

from __future__ import annotations

from contracts.notices_http import NoticeSettings
from gateway.api.calls import Call
from gateway.api.passing import for_staff

CALLS = (
    Call(
        "GET", "/notices", for_staff("tickets", "/notices"), "What one wants to be told of",
        "staff", "views", answer=NoticeSettings,
    ),
    Call(
        "PUT", "/notices", for_staff("tickets", "/notices"), "Choose what one wants to be told of",
        "staff", "views", body=NoticeSettings, answer=NoticeSettings,
    ),
)  # fmt: skip
