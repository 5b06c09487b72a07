"""The three ways a call to the server can fail, each with its own cure."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class NotNowError(Exception):
    """Try again later: no network (`offline`), the server asks to wait (`busy`) or has a fault (`fault`)."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class RevokedError(Exception):
    """The server does not know this device's token any more."""


class RefusedError(Exception):
    """It will never be taken as it is; `problem` is the server's RFC 9457 answer."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(f"{status} {problem.get('title', '')}")
        self.status = status
        self.problem = problem
