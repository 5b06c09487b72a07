"""One search over companies, people, equipment and credentials."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from contracts.search_http import SearchAnswer
from gateway.api.calls import Call
from gateway.api.passing import for_staff
from gateway.api.queries import Text


class SearchQuery(BaseModel):
    """`limit`: of each kind. A slip and the wrong layout are forgiven where nothing else is found."""

    q: Text = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 8


CALLS = (
    Call(
        "GET", "/search", for_staff("clients", "/search"),
        "All of the clients by the beginnings of words, as one types", "staff", "search",
        query=SearchQuery, answer=SearchAnswer,
    ),
)  # fmt: skip
