"""What the public API consists of: each call once, for its route and for its documentation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Awaitable[Response]]
Who = Literal["anyone", "staff", "admin", "device", "both"]
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

PREFIX = "/api/v1"


@dataclass(frozen=True)
class Call:
    """`path` is under /api/v1; `also` are further statuses that a caller has to expect.

    `form` describes a multipart body beside the JSON one; `media` is what is answered when not JSON,
    several joined by a comma. `instead`: what a 200 says where something is there that would have been made.
    """

    method: Method
    path: str
    handle: Handler
    summary: str
    who: Who
    tag: str
    status: int = 200
    instead: str = ""
    answer: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    form: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    headers: tuple[str, ...] = ()
    also: tuple[int, ...] = ()
    media: str = "application/json"
    etag: bool = False
    unbounded: bool = False

    @property
    def template(self) -> str:
        """The path as documented, without what kind each parameter is."""
        parts = [part.partition(":")[0] + "}" if ":" in part else part for part in self.path.split("/")]
        return "/".join(parts)
